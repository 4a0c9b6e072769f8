import { type Sandbox, sandboxed } from "../../sandbox";

/** What came of a component that refused its arguments. */
export interface Refused {
  /** The whole message. */
  readonly message: string;
  /** Logical names of everything registered all the same. */
  readonly names: Sandbox["names"];
}

/**
 * Makes a component that must refuse its arguments at once.
 *
 * @throws when it takes them.
 */
export async function refused(make: () => unknown): Promise<Refused> {
  let message: string | undefined;
  const stack = await sandboxed(() => {
    try {
      make();
    } catch (error) {
      message = error instanceof Error ? error.message : `${error}`;
    }
  });
  if (message === undefined) throw new Error("it took its arguments");
  return { message, names: stack.names };
}
