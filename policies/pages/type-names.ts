import { code } from "./markdown";

/** A type token as a program writes the type: `aws.lb.Listener`. */
export function typeName(token: string): string {
  const { module, name } = partsOf(token);
  return module === undefined ? name : `aws.${module}.${name}`;
}

/** Types as a program writes them; what is the same type in several modules is told once. */
export function typeNames(tokens: readonly string[]): readonly string[] {
  const parts = tokens.map(partsOf);
  const names = [...new Set(parts.map(({ name }) => name))];
  return names.map((name) => {
    const modules = parts.flatMap((part) => (part.name === name ? (part.module ?? []) : []));
    const [first, ...others] = modules;
    const also = others.length === 0 ? "" : ` (also in ${others.map(code).join(", ")})`;
    return `${code(first === undefined ? name : `aws.${first}.${name}`)}${also}`;
  });
}

/** Module and class of `aws:lb/listener:Listener`; a token of another form is its own name. */
function partsOf(token: string): { readonly module?: string; readonly name: string } {
  const [, module, name] = /^aws:([^/:]+)\/[^:]*:(\w+)$/.exec(token) ?? [];
  return module === undefined || name === undefined ? { name: token } : { module, name };
}
