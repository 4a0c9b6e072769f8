import { type Bag, isBag, type Value } from "../values";

/** Values for properties that are not set; a key with dots reaches into objects and lists that are there. */
export function fill(defaults: Bag): (inputs: Bag) => Bag {
  const flat = Object.entries(defaults).filter(([path]) => !path.includes("."));
  const nested = Object.entries(defaults).filter(([path]) => path.includes("."));
  return (inputs) => {
    const filled: Bag = { ...Object.fromEntries(flat), ...inputs };
    return nested.reduce((bag, [path, value]) => into(bag, path.split("."), value) as Bag, filled);
  };
}

function into(value: Value, [key = "", ...rest]: readonly string[], filling: Value): Value {
  if (Array.isArray(value)) return value.map((item) => into(item, [key, ...rest], filling));
  if (!isBag(value)) return value;
  const current = value[key];
  if (rest.length === 0) return current === undefined ? { ...value, [key]: filling } : value;
  return current === undefined ? value : { ...value, [key]: into(current, rest, filling) };
}
