/** Options whose value the sandbox has to know, with their one-letter form. */
const known = {
  "--stack": "s",
  "--config-file": "",
  "--cwd": "C",
  "--file": "",
  "--policy-pack": "",
  "--policy-pack-config": "",
} as const;

/** An option of the CLI with a value that the sandbox reads. */
export type Known = keyof typeof known;

/** One-letter options without a value, which may stand before another in one word: `-ys staging`. */
const flags = /^-[adefhijQruy]*$/;

/** One option found on a command line. */
interface Found {
  readonly name: Known;
  readonly value: string;
  /** Place of its first word, and how many words it has. */
  readonly at: number;
  readonly length: number;
  /** What else is in its first word: `-y` of `-ys`. */
  readonly before: string;
}

/** The command line of a Pulumi command, with the options the sandbox has to know. Never changed: each change is a new one. */
export class Arguments {
  readonly #found: readonly Found[];

  constructor(readonly words: readonly string[]) {
    this.#found = find(words);
  }

  /** First word: the command. */
  get command(): string {
    return this.words[0] ?? "";
  }

  /** The words after the command that are neither options nor the values of options known here. */
  get operands(): string[] {
    const values = new Set(this.#found.filter(({ length }) => length === 2).map(({ at }) => at + 1));
    const end = endOf(this.words);
    return this.words.slice(1, end).filter((word, index) => !word.startsWith("-") && !values.has(index + 1));
  }

  /** Values of an option, in order. */
  all(name: Known): string[] {
    return this.#found.filter((one) => one.name === name).map(({ value }) => value);
  }

  /** Value of an option; the last one counts, as for the CLI. */
  last(name: Known): string | undefined {
    return this.all(name).at(-1);
  }

  /** Whether an option without a value is given. */
  has(...names: readonly string[]): boolean {
    return this.words.slice(0, endOf(this.words)).some((word) => names.includes(word));
  }

  /** The same without an option. */
  without(name: Known): Arguments {
    return this.#changed(name, ({ before }) => (before === "" ? [] : [before]));
  }

  /** The same with an option's values changed. */
  with(name: Known, change: (value: string) => string): Arguments {
    return this.#changed(name, ({ before, value }) => [
      ...(before === "" ? [] : [before]),
      `${name}=${change(value)}`,
    ]);
  }

  /** The same without these words. */
  drop(...dropped: readonly string[]): Arguments {
    const end = endOf(this.words);
    return new Arguments(this.words.filter((word, index) => index >= end || !dropped.includes(word)));
  }

  /** The same with more options, put right after the command: what stands behind `--` is no option. */
  plus(...words: readonly string[]): Arguments {
    return new Arguments([this.command, ...words, ...this.words.slice(1)]);
  }

  #changed(name: Known, words: (found: Found) => string[]): Arguments {
    const changed = [...this.words];
    for (const found of [...this.#found].reverse()) {
      if (found.name === name) changed.splice(found.at, found.length, ...words(found));
    }
    return new Arguments(changed);
  }
}

function endOf(words: readonly string[]): number {
  const end = words.indexOf("--");
  return end === -1 ? words.length : end;
}

function find(words: readonly string[]): Found[] {
  const found: Found[] = [];
  const end = endOf(words);
  for (let at = 1; at < end; at += found.at(-1)?.at === at ? (found.at(-1)?.length ?? 1) : 1) {
    const one = optionAt(words, at);
    if (one !== undefined) found.push(one);
  }
  return found;
}

function optionAt(words: readonly string[], at: number): Found | undefined {
  const word = words[at] ?? "";
  for (const name of Object.keys(known) as Known[]) {
    const read = long(word, name) ?? short(word, known[name]);
    if (read === undefined) continue;
    const { before, value } = read;
    if (value !== undefined) return { name, value, at, length: 1, before };
    return { name, value: words[at + 1] ?? "", at, length: 2, before };
  }
  return undefined;
}

/** What a word holds of an option; its value is the next word if it is left open. */
interface Read {
  readonly before: string;
  readonly value?: string;
}

function long(word: string, name: string): Read | undefined {
  if (word === name) return { before: "" };
  return word.startsWith(`${name}=`) ? { before: "", value: word.slice(name.length + 1) } : undefined;
}

function short(word: string, letter: string): Read | undefined {
  const place = letter !== "" && /^-[A-Za-z]/.test(word) ? word.indexOf(letter, 1) : -1;
  if (place === -1 || !flags.test(word.slice(0, place))) return undefined;
  const before = place === 1 ? "" : word.slice(0, place);
  const rest = word.slice(place + 1).replace(/^=/, "");
  return rest === "" ? { before } : { before, value: rest };
}
