import type { Judgement } from "./judgement";
import { shown, type Value } from "./value";

/** Whether a property of a resource was written. Of a resource that is not known at all, that is not known either. */
export function isWritten(resource: Value, property: string): boolean {
  return resource.keys().includes(property) && resource.at(property).isSet();
}

/** Judges something that is off unless it is switched on, and has to be on. */
export function mustBeOn(attribute: Value): Judgement {
  const on = attribute.flag();
  if (on === true) return [];
  const is = on === false ? "false" : shown(attribute.text());
  return [
    { path: attribute.path, says: `${attribute.isSet() ? is : "not set, which means false"}, must be true` },
  ];
}
