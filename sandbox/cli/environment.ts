import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Folder } from "./folder";

/**
 * What is not handed on, because it leads to an account, a login, a state or a secret of the user's, or says where the
 * CLI's files are: the sandbox says so itself.
 *
 * - `AWS_*`: nothing that starts from here can reach an AWS account. The region stays, a program may depend on it.
 * - `PULUMI_OPTION_*` are options of every command; the ones here would undo what the sandbox gives it.
 * - `PULUMI_DIY_BACKEND_*` and their older names change how the state is laid out.
 */
const withheld: readonly RegExp[] = [
  /^AWS_(?!(DEFAULT_)?REGION$)/,
  /^PULUMI_(HOME|BACKEND_URL|API|ACCESS_TOKEN|CREDENTIALS_PATH|CREDENTIAL_STORE|STACK|DEFAULT_ORGANIZATION)$/,
  /^PULUMI_(CONFIG_PASSPHRASE|CONFIG_PASSPHRASE_FILE|FALLBACK_TO_STATE_SECRETS_MANAGER)$/,
  /^PULUMI_OPTION_(STACK|CONFIG_FILE|CWD|REMOVE|SECRETS_PROVIDER|POLICY_PACK|POLICY_PACK_CONFIG)$/,
  /^PULUMI_(DIY_BACKEND|SELF_MANAGED_STATE)_/,
];

/**
 * The environment the CLI is started in.
 *
 * @param debug Whether somebody wants to read what the SDK says of each of its steps.
 */
export function environmentFor(
  folder: Folder,
  env: NodeJS.ProcessEnv,
  { debug = false } = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !withheld.some((pattern) => pattern.test(name)));
  const nowhere = path.join(folder.home, "no-aws-credentials");
  return {
    // Without the network the look for plugins to install takes 2.5 seconds. Whoever has need of it sets it to false.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...Object.fromEntries(kept),
    NODE_OPTIONS: nodeOptions(env.NODE_OPTIONS, debug),
    PULUMI_HOME: folder.home,
    // Metadata are files beside the states, not written as a whole: an engine that dies over one leaves it empty, and the
    // state cannot be read any more, "failed to load checkpoint: EOF". Nothing reads them.
    PULUMI_BACKEND_URL: `${pathToFileURL(folder.state).href}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE_FILE: folder.passphraseFile,
    AWS_ACCESS_KEY_ID: "sandbox",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_SHARED_CREDENTIALS_FILE: nowhere,
    AWS_CONFIG_FILE: nowhere,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** The user's, and what makes programs and packs start and run faster. */
function nodeOptions(former: string | undefined, debug: boolean): string {
  const loaded = [
    require.resolve("#loading/quick-start"),
    ...(debug ? [] : [require.resolve("#loading/spare-aids")]),
  ];
  // In quotes, and with its backslashes doubled, a path may hold blanks.
  return [former ?? "", ...loaded.map((file) => `--require ${JSON.stringify(file)}`)].join(" ").trimStart();
}

/** The value of `PULUMI_DEBUG_PROVIDERS` that has the engine ask the sandbox for AWS; other providers stay as they were. */
export function providersAt(port: number, names: readonly string[], former: string | undefined): string {
  const others = (former ?? "").split(",").filter((one) => one !== "" && !/^awsx?:/.test(one));
  return [...names.map((name) => `${name}:${port}`), ...others].join(",");
}
