import { statSync, writeSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Composition, compose } from "../sandbox/monitor/compose";
import type { Registration } from "../sandbox/monitor/registration";
import { Failure } from "./failure";
import { Progress } from "./progress";
import type { Project } from "./project";
import type { StackConfig } from "./stack-config";

/** What a program is run under. */
export interface ComposeSettings {
  /** Take stack traces, which doubles the time a program takes. */
  readonly traces: boolean;
  /** Where goes what the program itself prints. */
  readonly stderr: Progress;
  /** Told of each resource as soon as it is registered. */
  readonly onRegistered: (registration: Registration) => void;
}

/** Runs a project's program in preview mode and waits until everything it started has settled. */
export async function composeStack(
  project: Project,
  config: StackConfig,
  settings: ComposeSettings,
): Promise<Composition> {
  const composition = await run(project, config, settings);
  if (composition.error === undefined) return composition;
  if (composition.refusals.length > 0 || settings.traces || isExpected(composition.error)) {
    throw failureOf(project, composition);
  }
  // Nobody foresaw this one, so the reader needs the line: once more, with traces. A library that cannot do without
  // traces works the second time.
  let printed = "";
  const stderr = new Progress({ write: (text) => (printed += text) }, {});
  const again = await run(project, config, { ...settings, stderr, traces: true });
  if (again.error === undefined) {
    settings.stderr.write(printed);
    return again;
  }
  throw failureOf(project, again);
}

async function run(project: Project, config: StackConfig, settings: ComposeSettings): Promise<Composition> {
  const { stderr } = settings;
  const restore = [
    intoProgramFolder(project),
    withTraces(settings.traces),
    diverted(process.stdout, stderr),
    diverted(process.stderr, stderr),
  ];
  const watch = watchForEnd(stderr);
  try {
    return await Promise.race([
      compose(() => load(project), {
        project: project.name,
        stack: config.stack,
        organization: config.organization,
        preview: true,
        // Only a backend could tell what another stack gives out.
        unknownStacks: true,
        config: config.values,
        secretConfigKeys: config.secretKeys,
        onRegistered: settings.onRegistered,
      }),
      watch.ended,
    ]);
  } finally {
    watch.stop();
    for (const undo of restore.reverse()) undo();
  }
}

/** Loads the program the way the SDK's own launcher does; what it exports becomes the stack's outputs. */
function load({ entry, root }: Project): unknown {
  forget(root);
  const isFolder = statSync(entry, { throwIfNoEntry: false })?.isDirectory() ?? false;
  // With the slash it is the folder's index, never a `.json` file next to it.
  const loaded: unknown = require(isFolder ? `${entry}${path.sep}` : entry);
  return loaded instanceof Function ? loaded() : loaded;
}

/** Forgets the modules of a program, so that it runs anew and not from memory. */
function forget(root: string): void {
  const own = path.resolve(__dirname, "..");
  const kept = ["planner", "sandbox", "node_modules"].map((folder) => path.join(own, folder) + path.sep);
  for (const file of Object.keys(require.cache)) {
    const isProgram =
      file.startsWith(root + path.sep) && !file.includes(`${path.sep}node_modules${path.sep}`);
    if (isProgram && !kept.some((folder) => file.startsWith(folder))) delete require.cache[file];
  }
}

function intoProgramFolder({ programFolder }: Project): () => void {
  const before = process.cwd();
  process.chdir(programFolder);
  return () => process.chdir(before);
}

/** Has V8 take stack traces, or not. */
function withTraces(on: boolean): () => void {
  const before = Error.stackTraceLimit;
  const plain = { configurable: true, enumerable: true, writable: true };
  // For every resource the SDK raises the limit to take a whole trace. V8 takes none while the limit is no plain value.
  const none = { configurable: true, enumerable: true, get: () => 0, set: () => undefined };
  Object.defineProperty(Error, "stackTraceLimit", on ? { ...plain, value: 50 } : none);
  return () => {
    Object.defineProperty(Error, "stackTraceLimit", { ...plain, value: before });
  };
}

/** Keeps what a program prints out of the plan, which may be read by a machine, and off the line of the progress. */
function diverted(stream: NodeJS.WriteStream, stderr: Progress): () => void {
  const { write } = stream;
  stream.write = (chunk: string | Uint8Array, ...more: unknown[]) => {
    stderr.write(typeof chunk === "string" ? chunk : Buffer.from(chunk).toString());
    // Somebody may wait for it to be written.
    const done = more.at(-1);
    if (typeof done === "function") process.nextTick(done);
    return true;
  };
  return () => {
    stream.write = write;
  };
}

/** Notices a program that leaves: one that ends the process, and one that waits for what never comes. */
function watchForEnd(stderr: Progress): { readonly ended: Promise<never>; stop(): void } {
  let idle: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    idle = () =>
      reject(new Failure("the program never finished: something it waits for cannot happen any more"));
  });
  const exit = (code: number) => {
    stderr.clear();
    // A signal ended it; the user knows.
    if (code > 128) return;
    writeSync(2, `error: the program ended the process, with code ${code}\n`);
    process.exitCode = 2;
  };
  process.once("beforeExit", idle);
  process.once("exit", exit);
  return {
    ended,
    stop() {
      process.removeListener("beforeExit", idle);
      process.removeListener("exit", exit);
    },
  };
}

/** Whether an error was written for the reader: it says all there is to say. */
function isExpected(error: unknown): boolean {
  return (
    pulumi.RunError.isInstance(error) || (pulumi.ResourceError.isInstance(error) && error.hideStack === true)
  );
}

function failureOf(project: Project, { error, refusals }: Composition): Failure {
  const stack = error instanceof Error ? error.stack : undefined;
  if (refusals.length > 0) return new Failure(refusals.map(({ message }) => message).join("\n"), stack);
  if (pulumi.ResourceError.isInstance(error))
    return new Failure(`${resourceOf(error)}${error.message}`, stack);
  if (pulumi.RunError.isInstance(error)) return new Failure(error.message, stack);
  if (error instanceof Failure) return error;
  if (!(error instanceof Error)) return new Failure(`the program failed: it threw ${String(error)}`);
  // The message of a syntax error names its place.
  if (error.name === "SyntaxError") return new Failure(`the program failed: ${error.message}`, stack);
  // Node.js adds by which modules it came to one that is missing.
  const [message] = error.message.split("\nRequire stack:");
  return new Failure(`the program failed${lineOf(project, error)}: ${error.name}: ${message}`, stack);
}

/** The resource an error is about: `evenkeel:index:Network main: `. */
function resourceOf({ resource }: pulumi.ResourceError): string {
  if (resource === undefined) return "";
  const { __name: name, __pulumiType: type } = resource as unknown as {
    __name?: string;
    __pulumiType: string;
  };
  return `${type} ${name ?? ""}: `;
}

/** The program's own line nearest to where an error was thrown. */
function lineOf({ root }: Project, { stack = "" }: Error): string {
  const isOwn = (file: string) => file.startsWith(root + path.sep) && !file.includes("node_modules");
  for (const [, file = "", line] of stack.matchAll(/\(?((?:\/|[A-Za-z]:\\)[^\n()]*?):(\d+):\d+\)?$/gm)) {
    if (isOwn(file) && !file.startsWith(__dirname)) return ` at ${path.relative(root, file)}:${line}`;
  }
  return "";
}
