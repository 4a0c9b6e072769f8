import { existsSync } from "node:fs";
import path from "node:path";
import { isScalar, type ParsedNode } from "yaml";
import { fullKey } from "./config-key";
import { type ConfigValue, configValue } from "./config-value";
import { Failure } from "./failure";
import { nearest } from "./nearest";
import { type Project, stacksOf } from "./project";
import { applyProjectConfig } from "./project-config";
import { YamlFile } from "./yaml-file";

/** What a stack's program is given. */
export interface StackConfig {
  readonly stack: string;
  /** "organization" when the stack is named without one, as the CLI has it without an account. */
  readonly organization: string;
  /** Values by full key, `evenkeel:environment`, as texts; structured ones as JSON; secrets as `[secret]`. */
  readonly values: { readonly [key: string]: string };
  /** Keys whose value is secret, or holds a secret. */
  readonly secretKeys: readonly string[];
  /** What is legal and probably not meant. */
  readonly warnings: readonly string[];
}

/** Which stack is wanted, and where its config is when that is not the usual place. */
export interface StackChoice {
  readonly stack?: string;
  readonly config?: string;
}

/** Reads the config of the stack that was asked for. */
export async function readStackConfig(
  project: Project,
  choice: StackChoice,
  cwd: string,
): Promise<StackConfig> {
  const name = chosen(project, choice);
  const location =
    choice.config === undefined ? stackFile(project, name.stack) : path.resolve(cwd, choice.config);
  const file = await YamlFile.read(location, cwd, "the config");
  const warnings: string[] = [];
  const values = valuesIn(file, project, warnings);
  applyProjectConfig(project, file.label, values);
  return {
    ...name,
    values: Object.fromEntries([...values].map(([key, { text }]) => [key, text])),
    secretKeys: [...values].filter(([, { secret }]) => secret).map(([key]) => key),
    warnings,
  };
}

/** The stack as asked for, or the only one there is. */
function chosen(project: Project, { stack, config }: StackChoice): { stack: string; organization: string } {
  if (stack === undefined) return { stack: onlyStack(project, config), organization: "organization" };
  // `organization/project/stack` is how the CLI writes a stack in full.
  const parts = stack.split("/");
  const name = parts.at(-1) ?? "";
  if (!/^[\w.-]{1,100}$/.test(name)) {
    throw new Failure(`"${stack}" cannot be a stack: letters, digits, hyphens, underscores and periods`);
  }
  return { stack: name, organization: parts.length > 1 ? (parts[0] ?? "") : "organization" };
}

function onlyStack(project: Project, config: string | undefined): string {
  const named = config === undefined ? undefined : /^Pulumi\.(.+)\.ya?ml$/.exec(path.basename(config))?.[1];
  if (named !== undefined) return named;
  const stacks = stacksOf(project);
  const [only] = stacks;
  if (only !== undefined && stacks.length === 1) return only;
  throw new Failure(`which stack? Say --stack NAME. ${listed(project, stacks)}`);
}

function stackFile(project: Project, stack: string): string {
  const candidates = [".yaml", ".yml"].map((end) => path.join(project.stackFolder, `Pulumi.${stack}${end}`));
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  const stacks = stacksOf(project);
  const near = nearest(stack, stacks);
  const hint = near === undefined ? "." : `, did you mean "${near}"?`;
  throw new Failure(`unknown stack "${stack}"${hint} ${listed(project, stacks)}`);
}

function listed(project: Project, stacks: readonly string[]): string {
  if (stacks.length === 0) return `There is no Pulumi.<stack>.yaml in ${project.stackFolder}.`;
  return `The stacks are ${stacks.join(", ")}.`;
}

const rootKeys = ["config", "secretsprovider", "encryptedkey", "encryptionsalt", "environment"];

function valuesIn(file: YamlFile, project: Project, warnings: string[]): Map<string, ConfigValue> {
  const values = new Map<string, ConfigValue>();
  for (const { key, value } of file.root()?.items ?? []) {
    const name = String(file.plain(key as ParsedNode));
    const place = file.place(key as ParsedNode);
    if (name === "environment") {
      warnings.push(`${place}: \`environment\` is left out, its values come from a Pulumi account`);
    } else if (!rootKeys.includes(name)) {
      const near = nearest(name, rootKeys);
      const hint = near === undefined ? "" : `, did you mean \`${near}\`?`;
      warnings.push(`${place}: \`${name}\` means nothing here and is left out${hint}`);
    }
    if (name === "config") readConfig(file, project, value, values, warnings);
  }
  return values;
}

function readConfig(
  file: YamlFile,
  project: Project,
  node: ParsedNode | null,
  values: Map<string, ConfigValue>,
  warnings: string[],
): void {
  if (node === null || (isScalar(node) && node.value === null)) return;
  for (const { key, value } of file.mapping(node, "`config`").items) {
    const written = String(file.plain(key));
    const name = fullKey(project.name, written);
    if (name === undefined) {
      throw file.problem(key, `a config key is written <namespace>:<name>, found \`${written}\``);
    }
    if (value === null || (isScalar(value) && value.value === null)) {
      warnings.push(`${file.place(key)}: \`${written}\` has no value and is read as an empty text`);
    }
    values.set(name, configValue(file, value));
  }
}
