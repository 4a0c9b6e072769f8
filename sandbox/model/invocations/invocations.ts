import { accountInvocations } from "./account";
import type { Invocation } from "./invocation";
import { lookUpInvocations } from "./look-ups";

/** The functions the model knows, by token. */
export const invocations: { readonly [token: string]: Invocation } = {
  ...accountInvocations,
  ...lookUpInvocations,
};
