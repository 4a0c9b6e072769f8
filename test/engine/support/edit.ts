import { isMap, parseDocument } from "yaml";
import { type SandboxProject, stackFile } from "./sandbox-project";

/** Changes something of a project, as a user does before the next `up`. */
export type Change = (project: SandboxProject, stack: string) => void;

/** A typical edit. */
export interface Edit {
  /** What is edited, after "of": "a longer drain on one endpoint". */
  readonly title: string;
  readonly change: Change;
  /** Policies that stop it, so that it takes an `up` without them; in the order of the alphabet. */
  readonly refusedBy?: readonly string[];
  /** All that an `up` then does, as `stepsOf` writes it, in any order. */
  readonly steps: readonly string[];
}

/** Gives a key of the stack's config a value: `set("evenkeel:services.web.sizing.max", 12)`. */
export function set(path: string, value: unknown): Change {
  return inConfig((document) => document.setIn(["config", ...path.split(".")], document.createNode(value)));
}

/** Takes a key out of the stack's config. */
export function unset(path: string): Change {
  return inConfig((document) => {
    const steps = ["config", ...path.split(".")];
    if (!isMap(document.getIn(steps.slice(0, -1))) || !document.deleteIn(steps)) {
      throw new Error(`the stack says nothing of ${path}`);
    }
  });
}

/** Adds a line to a file. */
export function addLine(file: string, line: string): Change {
  return (project) => project.write(file, `${project.read(file)}${line}\n`);
}

function inConfig(change: (document: ReturnType<typeof parseDocument>) => void): Change {
  return (project, stack) => {
    const document = parseDocument(project.read(stackFile(stack)));
    change(document);
    project.write(stackFile(stack), document.toString());
  };
}
