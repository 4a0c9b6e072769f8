import * as pulumi from "@pulumi/pulumi";

/** Where a value stands: the configuration key with its namespace, then the way into its value. */
export type Path = readonly [key: string, ...rest: (string | number)[]];

/**
 * Stands for an encrypted value wherever it must not or cannot be decrypted: the planner hands it to the program in the
 * place of every such value, and no message shows more of one than this. `secretable` accepts it for every format.
 */
export const secretPlaceholder = "[secret]";

/** A check of values against each other. */
export interface Check {
  /** The values it looks at. It is not made when one of them is at fault already. */
  readonly about: readonly Path[];
  readonly holds: boolean;
  /** The value to change. */
  readonly path: Path;
  /** What is there now. */
  readonly found: unknown;
  /** What is allowed, beginning with "must". */
  readonly must: string;
}

interface Fault {
  readonly path: Path;
  readonly text: string;
}

const plainWord = /^[A-Za-z_][\w-]*$/;
const longestShown = 60;

/** A path as `pulumi config set --path` takes it: `evenkeel:network.zones[1]`. */
export function formatPath([key, ...rest]: Path): string {
  const steps = rest.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    return plainWord.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
  });
  return key + steps.join("");
}

/** A value as a message shows it. */
function formatValue(value: unknown): string {
  if (value === undefined) return "not set";
  if (value === null) return "empty";
  if (value === secretPlaceholder) return secretPlaceholder;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "a map";
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function begins(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step);
}

/** Collects what is wrong with a stack's configuration, so that one run says it all. */
export class Faults {
  readonly #found: Fault[] = [];

  /** @param secretKeys Keys with an encrypted value in them, of which no message shows anything. */
  constructor(private readonly secretKeys: ReadonlySet<string>) {}

  /** Notes a fault at `path`. */
  add(path: Path, text: string): void {
    this.#found.push({ path, text });
  }

  /** Notes a fault unless the check holds, or cannot be made because something it looks at is at fault. */
  check({ about, holds, path, found, must }: Check): void {
    if (holds || about.some((each) => this.touches(each))) return;
    this.add(path, `${this.show(path, found)}, ${must}`);
  }

  /** Whether something at this path, in it or around it is at fault. */
  touches(path: Path): boolean {
    return this.#found.some((fault) => begins(fault.path, path) || begins(path, fault.path));
  }

  /** Whether something under the key of this path is encrypted. */
  hides([key]: Path): boolean {
    return this.secretKeys.has(key);
  }

  /** What a message may show of the value at this path. */
  show([key]: Path, value: unknown): string {
    const hidden = this.secretKeys.has(key) && value !== undefined && value !== null;
    return hidden ? secretPlaceholder : formatValue(value);
  }

  /** Throws one error that names every fault, if there is any, key by key in the order given. */
  throwFor(stack: string, keys: readonly string[]): void {
    if (this.#found.length === 0) return;
    const rank = ({ path: [key] }: Fault) => (keys.includes(key) ? keys.indexOf(key) : keys.length);
    const lines = [...this.#found]
      .sort((one, other) => rank(one) - rank(other))
      .map(({ path, text }) => `  ${formatPath(path)}: ${text}`);
    const title = `invalid configuration of stack ${stack}`;
    throw new pulumi.RunError([title, ...lines].join("\n"));
  }
}
