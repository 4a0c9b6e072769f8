/** How a terminal is written to. */
export interface Style {
  /** Columns there are for text. */
  readonly width: number;
  /** Whether lines are shown to a person as they are, so that a longer one has to be cut. */
  readonly cut: boolean;
  /** Puts a colour around a text, or leaves it as it is. */
  readonly paint: (colour: Colour, text: string) => string;
}

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** What a text can look like. */
export type Colour = keyof typeof codes;

/** A stream that may be a terminal. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The style for a stream: colours only on a terminal, and only where nobody objects (https://no-color.org). */
export function styleFor({ isTTY = false, columns }: Output, env: NodeJS.ProcessEnv): Style {
  const coloured = isTTY && !env.NO_COLOR && env.TERM !== "dumb";
  return {
    width: Math.max(columns ?? 100, 40),
    cut: isTTY,
    paint: (colour, text) => (coloured && text !== "" ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text),
  };
}

// Controls of both sets, what turns the direction of writing, and what breaks a line without looking like it.
const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text that cannot do anything to a terminal: what is not plain writing is shown as its number. */
export function harmless(text: string): string {
  return text.replace(unsafe, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

/** Several lines that cannot do anything to a terminal. */
export function harmlessLines(text: string): string[] {
  return text.split(/\r?\n/).map((line) => harmless(line.replaceAll("\t", "  ")));
}

/** Columns a text takes. */
export function widthOf(text: string): number {
  return [...text].length;
}

/** A text filled up to a number of columns. */
export function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** A text with at most so many columns; where something is left out is visible. */
export function shortened(text: string, width: number): string {
  const chars = [...text];
  return chars.length <= width ? text : `${chars.slice(0, Math.max(0, width - 1)).join("")}…`;
}

/** Lines of at most so many columns, broken between words; a longer word is left whole, so that it can be copied. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  const indent = /^ */.exec(text)?.[0] ?? "";
  let line = indent;
  for (const word of text.slice(indent.length).split(/ +/)) {
    if (line.trim() !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = indent;
    }
    line += line.trim() === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}
