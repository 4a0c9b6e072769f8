import type { Project } from "./project";

/** Where text goes. */
export interface Output {
  write(text: string): unknown;
}

/** What a command line knows of the world around it. */
export interface Terminal {
  /** Folder the user is in. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** What one of the sandbox's own commands is given. */
export interface Context extends Terminal {
  readonly project: Project;
  /** The sandbox's folder, `.sandbox` in the project's; it exists. */
  readonly folder: string;
  /** The AWS account: `world.json` in that folder, which need not exist yet. */
  readonly worldFile: string;
}

/** Runs a command with the arguments after its name; the result is the exit code. */
export type Run = (args: readonly string[], context: Context) => Promise<number>;

/** A command that needs no Pulumi CLI. */
export interface OwnCommand {
  /** What it does, in half a line of the help. */
  readonly summary: string;
  /** Loads what runs it, so that no other command waits for that. */
  readonly load: () => Promise<Run>;
}
