import { ListValue, NullValue, Struct, Value as Wire } from "google-protobuf/google/protobuf/struct_pb";
import { secretSignature, signature } from "../monitor/wire";
import { type Bag, isBag, join, memberOf, UNKNOWN, type Value } from "../values";
import { type Steps, stepsOf } from "./paths";

/** What stands on the wire for an unknown value, by the form it will have. */
const unknowns: ReadonlySet<string> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Properties of a request, and where they are secret. */
export interface Opened {
  readonly values: Bag;
  readonly secretPaths: readonly string[];
}

class Reader {
  readonly secretPaths: string[] = [];
  readonly #place: (string | number)[] = [];

  bag(struct: Struct): Bag {
    const members: [string, Value][] = [];
    struct.getFieldsMap().forEach((value, key) => {
      members.push([key, this.#at(key, value)]);
    });
    return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  #at(step: string | number, value: Wire): Value {
    this.#place.push(step);
    const read = this.#value(value);
    this.#place.pop();
    return read;
  }

  #value(value: Wire): Value {
    switch (value.getKindCase()) {
      case Wire.KindCase.STRING_VALUE: {
        const text = value.getStringValue();
        return unknowns.has(text) ? UNKNOWN : text;
      }
      case Wire.KindCase.NUMBER_VALUE:
        return value.getNumberValue();
      case Wire.KindCase.BOOL_VALUE:
        return value.getBoolValue();
      case Wire.KindCase.STRUCT_VALUE:
        return this.#object(value.getStructValue() ?? new Struct());
      case Wire.KindCase.LIST_VALUE:
        return (value.getListValue()?.getValuesList() ?? []).map((item, index) => this.#at(index, item));
      default:
        return null;
    }
  }

  #object(struct: Struct): Value {
    const fields = struct.getFieldsMap();
    if (fields.get(signature)?.getStringValue() !== secretSignature) return this.bag(struct);
    this.secretPaths.push(this.#place.reduce<string>(join, ""));
    const inner = fields.get("value");
    return inner === undefined ? null : this.#value(inner);
  }
}

/** Takes properties out of a message; what is unknown, whatever form it will have, is `UNKNOWN`. */
export function opened(struct: Struct | undefined): Opened {
  const reader = new Reader();
  const values = reader.bag(struct ?? new Struct());
  return { values, secretPaths: [...new Set(reader.secretPaths)] };
}

/**
 * Properties as a message, marked where they are secret.
 *
 * @param secretPaths Places that have become a text along with what is around them are secret as a whole; those that
 * are nowhere in the values do not matter.
 */
export function closed(values: Bag, secretPaths: readonly string[] = []): Struct {
  const secrets = new Set(secretPaths.flatMap((path) => placeIn(values, stepsOf(path))));
  return structOf(values, "", secrets);
}

/** How far a path leads: to its end, or to the text that has taken the place of what was around it. */
function placeIn(values: Bag, steps: Steps): string[] {
  let value: Value | undefined = values;
  let place = "";
  for (const step of steps) {
    if (typeof value !== "object" || value === null) return [place];
    value = memberOf(value, step);
    if (value === undefined) return [];
    place = join(place, step);
  }
  return [place];
}

function structOf(values: Bag, place: string, secrets: ReadonlySet<string>): Struct {
  const struct = new Struct();
  const fields = struct.getFieldsMap();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) fields.set(key, wireOf(value, inside(place, key, secrets), secrets));
  }
  return struct;
}

function inside(place: string, key: string | number, secrets: ReadonlySet<string>): string {
  return secrets.size === 0 ? "" : join(place, key);
}

function wireOf(value: Value, place: string, secrets: ReadonlySet<string>): Wire {
  const plain = plainWireOf(value, place, secrets);
  if (!secrets.has(place)) return plain;
  const marked = new Struct();
  marked.getFieldsMap().set(signature, plainWireOf(secretSignature, "", secrets));
  marked.getFieldsMap().set("value", plain);
  const wire = new Wire();
  wire.setStructValue(marked);
  return wire;
}

function plainWireOf(value: Value, place: string, secrets: ReadonlySet<string>): Wire {
  const wire = new Wire();
  if (typeof value === "string") wire.setStringValue(value);
  else if (typeof value === "number") wire.setNumberValue(value);
  else if (typeof value === "boolean") wire.setBoolValue(value);
  else if (Array.isArray(value)) {
    const list = new ListValue();
    list.setValuesList(value.map((item, index) => wireOf(item, inside(place, index, secrets), secrets)));
    wire.setListValue(list);
  } else if (isBag(value)) wire.setStructValue(structOf(value, place, secrets));
  else wire.setNullValue(NullValue.NULL_VALUE);
  return wire;
}
