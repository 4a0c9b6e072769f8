/** What the user has to know when there is no plan: one message, without a stack. */
export class Failure extends Error {
  constructor(
    message: string,
    /** What `--verbose` adds: the stack of what was thrown, or all that a process wrote. */
    readonly detail?: string,
  ) {
    super(message);
    this.name = "Failure";
  }
}

/** Code of an error of the file system: `ENOENT`. */
function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}

const reasons: { readonly [code: string]: string } = {
  EACCES: "no permission to read it",
  EISDIR: "it is a directory",
  ENOENT: "there is no such file",
  ENOTDIR: "a part of its path is not a directory",
};

/** Why a file could not be read, in words. */
export function readingProblem(error: unknown): string {
  const code = codeOf(error);
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
