import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { stackFileSchema } from "./json-schema";
import { configurationPage } from "./markdown";

/** The namespace of this program's keys: the name in `Pulumi.yaml`. */
const project = "evenkeel";

/** Every generated file of the reference: its path in the repository and its text. */
export function referenceFiles(): { readonly [path: string]: string } {
  return {
    "settings/stack.schema.json": `${JSON.stringify(stackFileSchema(project), undefined, 2)}\n`,
    "docs/configuration.md": configurationPage(project),
  };
}

/** Writes the files whose text has changed and names them. */
export function writeReference(folder: string): string[] {
  const stale = Object.entries(referenceFiles()).filter(([path, text]) => read(join(folder, path)) !== text);
  for (const [path, text] of stale) writeFileSync(join(folder, path), text);
  return stale.map(([path]) => path);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

if (require.main === module) {
  for (const path of writeReference(resolve(__dirname, "../.."))) console.log(`wrote ${path}`);
}
