import { readFileSync } from "node:fs";
import { resolve } from "node:path";

// Beside the program, wherever it is started from.
const projectFolder = resolve(__dirname, "..");

// Counted before the encoding. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
const mostBytes = 16 * 1024;

/** Text of a file of the project. */
export function readProjectFile(path: string): string {
  return readFileSync(resolve(projectFolder, path), "utf8");
}

/** What makes a file of the project unfit as a start script, or `undefined`. */
export function faultOfFile(path: string): string | undefined {
  let text: string;
  try {
    text = readProjectFile(path);
  } catch {
    return "must be a file of the project that can be read";
  }
  const bytes = Buffer.byteLength(text);
  return bytes <= mostBytes ? undefined : `must have at most ${mostBytes} bytes, and it has ${bytes}`;
}
