import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as ts from "typescript";
import type { Schema, TypeSchema } from "../model/type-schema";

type Members = Map<string, ts.InterfaceDeclaration | ts.ClassDeclaration>;

/** Comments are nine tenths of the SDK's declarations; without them a parse takes a fraction of the time. */
function withoutComments(text: string): string {
  return text.replace(/\/\*\*[\s\S]*?\*\//g, "");
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(
    file,
    withoutComments(readFileSync(file, "utf8")),
    ts.ScriptTarget.ES2022,
    false,
  );
}

/** Interfaces and classes of a file by name, those in namespaces as `namespace.Name`. */
function declarations(file: string): Members {
  const found: Members = new Map();
  const visit = (prefix: string, nodes: readonly ts.Statement[]) => {
    for (const node of nodes) {
      if (ts.isInterfaceDeclaration(node) || (ts.isClassDeclaration(node) && node.name)) {
        found.set(prefix + (node.name?.text ?? ""), node);
      } else if (ts.isModuleDeclaration(node) && node.body && ts.isModuleBlock(node.body)) {
        visit(`${prefix}${node.name.text}.`, node.body.statements);
      }
    }
  };
  visit("", parse(file).statements);
  return found;
}

function entityName(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : `${entityName(name.left)}.${name.right.text}`;
}

/** Reads types as `model/type-schema.ts` writes them, and notes which nested objects they name. */
class TypeReader {
  readonly named = new Set<string>();
  optional = false;

  constructor(readonly prefix: string) {}

  read(node: ts.TypeNode): string {
    if (ts.isUnionTypeNode(node)) return this.union(node);
    if (ts.isArrayTypeNode(node)) return `[${this.read(node.elementType)}]`;
    if (ts.isParenthesizedTypeNode(node)) return this.read(node.type);
    if (ts.isTypeLiteralNode(node)) return this.map(node);
    if (ts.isTypeReferenceNode(node)) return this.reference(node);
    if (node.kind === ts.SyntaxKind.StringKeyword || ts.isLiteralTypeNode(node)) return "s";
    if (node.kind === ts.SyntaxKind.NumberKeyword) return "n";
    if (node.kind === ts.SyntaxKind.BooleanKeyword) return "b";
    return "*";
  }

  private union(node: ts.UnionTypeNode): string {
    const parts = new Set<string>();
    for (const part of node.types) {
      if (part.kind === ts.SyntaxKind.UndefinedKeyword) this.optional = true;
      else parts.add(this.read(part));
    }
    return [...parts].sort().join("|");
  }

  private map(node: ts.TypeLiteralNode): string {
    const member = node.members.find(ts.isIndexSignatureDeclaration);
    return member ? `{${this.read(member.type)}}` : "*";
  }

  private reference(node: ts.TypeReferenceNode): string {
    const name = entityName(node.typeName);
    const [inner] = node.typeArguments ?? [];
    if (inner && /^(pulumi\.)?(Input|Output|Promise)$/.test(name)) return this.read(inner);
    if (name.startsWith("inputs.")) {
      const object = this.prefix + name.slice("inputs.".length);
      this.named.add(object);
      return `#${object}`;
    }
    // Enumerations are open in the SDK (`string | enums.X`); classes such as Topic stand for their ARN or id.
    if (name.startsWith("enums.")) return "s";
    if (name.startsWith("outputs.")) return "o";
    // What is left are ids and resources; a resource goes to the provider as its id.
    return "s";
  }
}

function properties(
  node: ts.InterfaceDeclaration | ts.ClassDeclaration,
  named: Set<string>,
  prefix = "",
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const member of node.members) {
    const declared = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
    if (!declared || !member.type || !ts.isIdentifier(member.name)) continue;
    const reader = new TypeReader(prefix);
    const type = reader.read(member.type);
    const optional = reader.optional || member.questionToken !== undefined;
    found[member.name.text] = optional ? `${type}?` : type;
    for (const name of reader.named) named.add(name);
  }
  return found;
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function declared(from: Members, name: string, file: string) {
  const node = from.get(name);
  if (!node) throw new Error(`no ${name} in ${file}`);
  return node;
}

function readType(sdk: string, path: string, named: Set<string>): [string, TypeSchema] {
  const [module = "", file = ""] = path.split("/");
  const name = upperFirst(file);
  const source = join(sdk, `${path}.d.ts`);
  const found = declarations(source);
  return [
    `aws:${module}/${file}:${name}`,
    {
      inputs: properties(declared(found, `${name}Args`, source), named),
      outputs: properties(declared(found, name, source), named),
    },
  ];
}

type Objects = Record<string, Record<string, string>>;

/** The nested objects `named` leads to. A set being walked takes in what is added on the way. */
function readObjects(sdk: string, named: Set<string>, prefix = ""): Objects {
  const source = join(sdk, "types", "input.d.ts");
  const found = declarations(source);
  const objects: Objects = {};
  for (const name of named) {
    objects[name] = properties(declared(found, name.slice(prefix.length), source), named, prefix);
  }
  return objects;
}

/** The component the model expands; its nested objects are called `awsx/…` to keep them apart. */
function readAwsx(sdk: string): { type: TypeSchema; objects: Objects } {
  const named = new Set<string>();
  const source = join(sdk, "ec2", "vpc.d.ts");
  const found = declarations(source);
  const prefix = "awsx/";
  const type = {
    inputs: properties(declared(found, "VpcArgs", source), named, prefix),
    outputs: properties(declared(found, "Vpc", source), named, prefix),
  };
  return { type, objects: readObjects(sdk, named, prefix) };
}

const sorted = <T>(entries: Record<string, T>) =>
  Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The model's schema as the installed SDKs declare it. By syntax alone: a type check would take minutes. */
export function readSdk(paths: readonly string[]): Schema {
  const manifest = require.resolve("@pulumi/aws/package.json");
  const sdk = dirname(manifest);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const named = new Set<string>();
  const types = Object.fromEntries(paths.map((path) => readType(sdk, path, named)));
  const provider = declarations(join(sdk, "provider.d.ts"));
  types["pulumi:providers:aws"] = {
    inputs: properties(declared(provider, "ProviderArgs", "provider.d.ts"), named),
    outputs: properties(declared(provider, "Provider", "provider.d.ts"), named),
  };
  const awsx = readAwsx(dirname(require.resolve("@pulumi/awsx/package.json")));
  types["awsx:ec2:Vpc"] = awsx.type;
  return { version, types, objects: sorted({ ...readObjects(sdk, named), ...awsx.objects }) };
}

/** The file's text: one line a type, so that a change of SDK can be read in a diff. */
export function written(schema: Schema): string {
  const lines = (entries: object) =>
    Object.entries(entries)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
      .join(",\n");
  return `{"version":${JSON.stringify(schema.version)},\n"types":{\n${lines(schema.types)}},\n"objects":{\n${lines(schema.objects)}}}\n`;
}
