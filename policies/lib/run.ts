import { Deferrals } from "./deferrals";
import { type RawResource, Stack } from "./stack";

/**
 * What a run of the engine has told so far: first its resources, one by one, then the stack as a whole.
 *
 * The engine does not say when a run begins. The first resource after a stack begins another, and so does a stack policy
 * that is asked again, because within a run each is asked once, in the order of the pack.
 */
export class Run {
  /** What could not be judged. */
  readonly deferrals = new Deferrals();
  /** Inputs of the resources judged so far, by URN. */
  readonly inputs = new Map<string, unknown>();
  readonly #onNew: (() => void)[] = [];
  #stack: Stack | undefined;
  #asked = -1;

  /** Has something done whenever a run begins. */
  onNew(forget: () => void): void {
    this.#onNew.push(forget);
  }

  /** Notes the inputs of a resource before it is judged by itself. */
  resource(urn: string, props: unknown): void {
    if (this.#stack !== undefined) this.#begin();
    this.inputs.set(urn, props);
  }

  /**
   * The stack, indexed once for all policies that are asked about it.
   *
   * @param policy Place of the policy in the pack.
   */
  stack(policy: number, resources: readonly RawResource[]): Stack {
    if (this.#stack !== undefined && policy <= this.#asked) this.#begin();
    this.#asked = policy;
    this.#stack ??= new Stack(resources, this.inputs);
    return this.#stack;
  }

  #begin(): void {
    this.#stack = undefined;
    this.#asked = -1;
    this.inputs.clear();
    this.deferrals.take();
    for (const forget of this.#onNew) forget();
  }
}
