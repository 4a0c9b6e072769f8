import type { Text } from "./settings";

/** Wraps a text on its way to AWS where it has to be. */
export type Conceal = (text: string) => Text;

/** Everything but what is left out. */
type Given<Members> = { [Key in keyof Members]: Exclude<Members[Key], undefined> };

/** The members that are set. */
export function given<Members extends object>(members: Members): Partial<Given<Members>> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<
    Given<Members>
  >;
}

/** A map with every value changed. */
export function mapped<From, To>(
  entries: { readonly [name: string]: From },
  change: (value: From) => To,
): { [name: string]: To } {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));
}

/** A text on its way to AWS, if there is one. */
export function concealed(text: string | undefined, conceal: Conceal): Text | undefined {
  return text === undefined ? undefined : conceal(text);
}
