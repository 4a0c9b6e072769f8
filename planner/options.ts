import { parseArgs } from "node:util";
import { Failure } from "./failure";
import { nearest } from "./nearest";

/** What the user asked for. */
export interface Options {
  /** Name of the stack; may be left out when there is only one. */
  readonly stack?: string;
  /** File with the stack's config, instead of `Pulumi.<stack>.yaml`. */
  readonly config?: string;
  /** Folder of the policy pack, instead of `policies` beside `Pulumi.yaml`. */
  readonly policyPack?: string;
  /** File with the policy pack's config, instead of `config/<stack>.json` in the pack. */
  readonly policyConfig?: string;
  /** Print one JSON object. */
  readonly json: boolean;
  /** Print the inputs of each resource, and stack traces. */
  readonly verbose: boolean;
  /** Print how it is used. */
  readonly help: boolean;
}

const specification = {
  stack: { type: "string", short: "s" },
  config: { type: "string" },
  "policy-pack": { type: "string" },
  "policy-config": { type: "string" },
  json: { type: "boolean" },
  verbose: { type: "boolean", short: "v" },
  help: { type: "boolean", short: "h" },
} as const;

/** How `plan` is used. */
export const usage = `Usage: npm run plan -- [options]

Shows what a stack would create and whether the policies allow it.
Needs no AWS account, no Pulumi CLI and no network.

  -s, --stack NAME        the stack to plan; may be left out when there is only one
  --config FILE           the stack's config, instead of Pulumi.<stack>.yaml
  --policy-pack DIR       the policy pack, instead of policies beside Pulumi.yaml
  --policy-config FILE    the policies' config, instead of config/<stack>.json in the pack
  --json                  print one JSON object (see planner/README.md)
  -v, --verbose           print the inputs of each resource, and stack traces
  -h, --help              print this

Exit code: 0 allowed, 1 a mandatory policy is violated, 2 bad input or a program error.
`;

/** The options on a command line. */
export function parseOptions(argv: readonly string[]): Options {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    options: specification,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string>();
  for (const token of tokens) if (token.kind === "option") values.set(token.name, checked(token));
  const [extra] = positionals;
  if (extra !== undefined) throw new Failure(`unexpected argument "${extra}": ${afterDashes}`);
  const text = (name: keyof typeof specification) => values.get(name);
  const [stack, config] = [text("stack"), text("config")];
  const [policyPack, policyConfig] = [text("policy-pack"), text("policy-config")];
  return {
    ...(stack === undefined ? {} : { stack }),
    ...(config === undefined ? {} : { config }),
    ...(policyPack === undefined ? {} : { policyPack }),
    ...(policyConfig === undefined ? {} : { policyConfig }),
    json: values.has("json"),
    verbose: values.has("verbose"),
    help: values.has("help"),
  };
}

// npm keeps options before `--` for itself, so that only their values arrive.
const afterDashes = "options come after two dashes, as in `npm run plan -- --stack production`";

/** The value of an option, if the option exists and takes what it was given. */
function checked(token: { name: string; rawName: string; value: string | undefined }): string {
  const option = Object.entries(specification).find(([name]) => name === token.name)?.[1];
  if (option === undefined) {
    const near = nearest(token.name, Object.keys(specification));
    throw new Failure(`unknown option ${token.rawName}, ${near ? `did you mean --${near}` : "see --help"}`);
  }
  if (option.type === "boolean") {
    if (token.value === undefined) return "";
    throw new Failure(`option ${token.rawName} takes no value, got "${token.value}"`);
  }
  // Not strict, the parser takes the next option for the value.
  if (token.value === undefined || token.value === "" || /^--?[a-z]/.test(token.value)) {
    throw new Failure(`option ${token.rawName} needs a value`);
  }
  return token.value;
}
