import { type Sandbox, type SandboxOptions, sandboxed } from "../../sandbox";

/**
 * Runs a piece of a program against the model of AWS and waits for every registration.
 *
 * @throws what the program threw, or the first refusal.
 */
export function built(program: () => unknown, options: SandboxOptions = {}): Promise<Sandbox> {
  return sandboxed(() => {
    program();
  }, options);
}
