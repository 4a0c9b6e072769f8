import { unknownCheckingProxy } from "@pulumi/policy";
import * as deserialize from "@pulumi/policy/deserialize";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Handover } from "../../../policies/lib/scenario";

/** How the SDK unpacks what the engine sends; its types do not show it. */
const { deserializeProperties } = deserialize as unknown as {
  deserializeProperties(props: Struct, proxySecrets: boolean): object;
};

/** The ways properties reach a rule: as plain objects, behind the SDK's proxy, and as the engine sends them. */
export const handovers: { readonly [name: string]: Handover } = {
  plain: (props) => props,
  proxied: (props) => unknownCheckingProxy(structuredClone(props)),
  sent: (props) =>
    unknownCheckingProxy(
      deserializeProperties(Struct.fromJavaScript(JSON.parse(JSON.stringify(props))), false),
    ),
};
