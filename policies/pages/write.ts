import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { groups, rules } from "../rules";
import { indexPage } from "./index-page";
import { rulePage } from "./rule-page";

/** Every page of the pack: its file's name and its text. */
export function pages(): ReadonlyMap<string, string> {
  return new Map([
    ["README.md", indexPage(groups)],
    ...rules.map((rule) => [`${rule.name}.md`, rulePage(rule)] as const),
  ]);
}

/** Makes a folder hold exactly these pages; returns the names of the files that were written or removed. */
export function writePages(folder: string, wanted = pages()): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const strange = readdirSync(folder).filter((name) => !wanted.has(name));
  for (const name of strange) rmSync(join(folder, name));
  const stale = [...wanted].filter(([name, text]) => read(join(folder, name)) !== text);
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  return [...strange, ...stale.map(([name]) => name)];
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (require.main === module) {
  const folder = resolve(__dirname, "../docs");
  for (const name of writePages(folder)) console.log(`wrote policies/docs/${name}`);
}
