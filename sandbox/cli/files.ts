import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";

/** Only the user may read what is written here. */
const mode = 0o600;

function draftOf(file: string): string {
  return `${file}.${process.pid}`;
}

/** The text of a file, if there is one. */
export function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** Writes a file so that whoever reads it meanwhile finds the old text or the new one; leaves it alone if that is the same. */
export function writeWhole(file: string, text: string): void {
  if (textOf(file) === text) return;
  const draft = draftOf(file);
  writeFileSync(draft, text, { mode });
  renameSync(draft, file);
}

/** Writes a file unless there is one. The result is what it holds then, whoever was first. */
export function writeOnce(file: string, text: string): string {
  const draft = draftOf(file);
  writeFileSync(draft, text, { mode });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, "utf8");
}

/** Whether an error of the file system is of this kind: `ENOENT`. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
