import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { Failure, readingProblem } from "./failure";

/** A YAML file that knows its lines, so that what is wrong with it can be pointed at. */
export class YamlFile {
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;

  private constructor(
    /** The file as messages name it: relative to where the user is. */
    readonly label: string,
    text: string,
  ) {
    this.#lines = new LineCounter();
    // Merge keys and big integers are read as Go's YAML does, which is what the CLI uses.
    this.#document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      merge: true,
      intAsBigInt: true,
      stringKeys: true,
    });
    const [error] = this.#document.errors;
    if (error) throw this.#failure(error.pos[0], `not valid YAML: ${firstLine(error.message)}`);
  }

  /** Reads a file; a failure names it relative to `cwd`. */
  static async read(file: string, cwd: string, what: string): Promise<YamlFile> {
    const label = path.relative(cwd, file) || ".";
    let text: string;
    try {
      text = await readFile(file, "utf8");
    } catch (error) {
      throw new Failure(`cannot read ${what} ${label}: ${readingProblem(error)}`);
    }
    return new YamlFile(label, text);
  }

  /** The file's mapping; an empty file is an empty one. */
  root(): YAMLMap.Parsed | undefined {
    const { contents } = this.#document;
    if (contents === null || (isScalar(contents) && contents.value === null)) return undefined;
    return this.mapping(contents, "the file");
  }

  /** A node that has to be a mapping. */
  mapping(node: ParsedNode, what: string): YAMLMap.Parsed {
    if (isMap(node)) return node as YAMLMap.Parsed;
    throw this.problem(node, `${what} has to be a mapping (\`key: value\`), found ${kindOf(node)}`);
  }

  /** A node as plain data, its aliases and merge keys resolved. */
  plain(node: ParsedNode): unknown {
    try {
      return node.toJS(this.#document);
    } catch (error) {
      // Too many aliases: a small file that grows without end.
      throw this.problem(node, `not readable: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** What is wrong at a node, with file, line and column. */
  problem(node: ParsedNode, reason: string): Failure {
    return this.#failure(node.range[0], reason);
  }

  /** File, line and column of a node. */
  place(node: ParsedNode): string {
    return this.#place(node.range[0]);
  }

  #failure(offset: number, reason: string): Failure {
    return new Failure(`${this.#place(offset)}: ${reason}`);
  }

  #place(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.label}:${line}:${col}`;
  }
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** What a node is, for a message. */
function kindOf(node: ParsedNode): string {
  if (isMap(node)) return "a mapping";
  if (!isScalar(node)) return "a list";
  return node.value === null ? "nothing" : `\`${String(node.source ?? node.value)}\``;
}
