/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A list in Markdown; an item may go on below its line, indented by two. */
export function list(items: readonly string[]): string {
  return items
    .map((item) => `- ${item}`)
    .join("\n")
    .trimEnd();
}

/** Code within a line. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Code in lines of its own. */
export function block(text: string): string {
  return ["```ts", text, "```"].join("\n");
}

/** Text that Markdown leaves as it is. */
export function escaped(text: string): string {
  return text.replace(/[*_<>|`#]/g, "\\$&");
}

/** Several things in a sentence: `a, b or c`. */
export function enumerated(things: readonly string[], word: "and" | "or"): string {
  const last = things.at(-1) ?? "";
  return things.length < 2 ? last : `${things.slice(0, -1).join(", ")} ${word} ${last}`;
}
