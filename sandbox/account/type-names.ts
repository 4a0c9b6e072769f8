import { schema } from "../model/type-schema";
import { Mistake } from "./account-error";
import { didYouMean } from "./nearest";

/** Every way to write a type: `aws:lb/targetGroup:TargetGroup`, `aws:lb:TargetGroup`, `lb.TargetGroup`, `TargetGroup`. */
function waysToWrite(token: string): string[] {
  const [pkg, path = "", name = ""] = token.split(":");
  const [module] = path.split("/");
  return [
    token,
    `${pkg}:${module}:${name}`,
    `${pkg}.${module}.${name}`,
    `${module}.${name}`,
    `${module}:${name}`,
    path,
    name,
  ];
}

/** The short way to write a type: `lb.TargetGroup`. */
export function shortType(token: string): string {
  return waysToWrite(token)[3] ?? token;
}

/** Types AWS makes, by token. */
function known(): string[] {
  return Object.keys(schema().types).filter((token) => token.startsWith("aws:"));
}

/**
 * The token of a type that may be written short.
 *
 * @throws {Mistake} for one the model does not know, or that may be several.
 */
export function typeMeant(written: string, tokens: readonly string[] = known()): string {
  const wanted = written.toLowerCase();
  const found = tokens.filter((token) => waysToWrite(token).some((way) => way.toLowerCase() === wanted));
  const [token] = found;
  if (token === undefined) {
    const hint = didYouMean(written, tokens.flatMap(waysToWrite));
    throw new Mistake(`the model of AWS does not know the type ${JSON.stringify(written)}${hint}`);
  }
  if (found.length === 1) return token;
  throw new Mistake(`${JSON.stringify(written)} may be ${found.map(shortType).join(" or ")}: say which`);
}
