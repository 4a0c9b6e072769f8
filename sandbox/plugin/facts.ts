import { kinds } from "../model/kinds/kinds";
import { type Changes, changesOf } from "../model/type-changes";
import { type PropertySchemas, schema } from "../model/type-schema";

/** What has to be known of a resource type to compare. */
export interface Facts extends Changes {
  /** Properties that hold JSON texts, which may be written in several ways. */
  readonly json: readonly string[];
  /** Properties whose outputs may be missing. */
  readonly optional: ReadonlySet<string>;
  /** Properties with keys of the program's own, however deep. */
  readonly maps: ReadonlySet<string>;
}

const known = new Map<string, Facts>();

/** What is known of a type, looked together once. */
export function factsOf(type: string): Facts {
  const before = known.get(type);
  if (before) return before;
  const { inputs = {}, outputs = {} } = schema().types[type] ?? {};
  const optional = Object.entries(outputs).flatMap(([property, form]) =>
    form.endsWith("?") ? [property] : [],
  );
  const facts: Facts = {
    ...changesOf(type),
    json: kinds[type]?.json ?? [],
    optional: new Set(optional),
    maps: new Set(["tagsAll", ...mapsIn(inputs, "", new Set())]),
  };
  known.set(type, facts);
  return facts;
}

/** Paths of maps, without list indexes. An object inside one of its own kind is not entered again. */
function* mapsIn(properties: PropertySchemas, place: string, around: ReadonlySet<string>): Iterable<string> {
  for (const [property, form] of Object.entries(properties)) {
    const path = place === "" ? property : `${place}.${property}`;
    if (form.startsWith("{")) yield path;
    const [, name] = /#([\w./]+)/.exec(form) ?? [];
    if (name === undefined || around.has(name)) continue;
    yield* mapsIn(schema().objects[name] ?? {}, path, new Set([...around, name]));
  }
}
