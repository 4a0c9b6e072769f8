import type { Arguments } from "./arguments";
import { Failure } from "./failure";
import { createdStacks, type Folder, selectedStack, shortName } from "./folder";
import { type Project, stackFilesOf } from "./project";
import type { Copy } from "./stack-files";

/** What is known of a project's stacks. */
export interface Known {
  readonly project: Project;
  readonly folder: Folder;
  /** Those with a stack file, or created in the sandbox with one. */
  readonly copies: ReadonlyMap<string, Copy>;
}

/** The stack a command is about: the one it names, the one selected in the sandbox, or the only one there is. */
export function chosenStack(line: Arguments, env: NodeJS.ProcessEnv, known: Known): string | undefined {
  const named = [line.last("--stack"), env.PULUMI_OPTION_STACK, env.PULUMI_STACK].find((one) => one);
  if (named !== undefined) return shortName(named);
  const selected = selectedStack(known.folder, known.project);
  if (selected !== undefined) return selected;
  const [only, ...others] = stackFilesOf(known.project).keys();
  return others.length === 0 ? only : undefined;
}

/** The same for a command that cannot do without; it has to be a stack somebody has heard of. */
export function requiredStack(line: Arguments, env: NodeJS.ProcessEnv, known: Known): string {
  const stack = chosenStack(line, env, known);
  if (stack === undefined) throw new Failure(`which stack? Say --stack NAME. ${listed(known)}`);
  if (allStacks(known).includes(stack) || line.last("--config-file") !== undefined) return stack;
  throw new Failure(
    `unknown stack "${stack}". ${listed(known)} A new one is made by \`stack init ${stack}\`, in the sandbox only.`,
  );
}

function allStacks({ copies, folder, project }: Known): string[] {
  return [...new Set([...copies.keys(), ...createdStacks(folder, project)])].sort();
}

function listed(known: Known): string {
  const stacks = allStacks(known);
  if (stacks.length === 0) return `There is no Pulumi.<stack>.yaml in ${known.project.stackFolder}.`;
  return `The stacks are ${stacks.join(", ")}.`;
}
