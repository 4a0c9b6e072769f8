import { Deferrals } from "./deferrals";

/** What a run of the engine has told so far: resources come one by one, and the stack as a whole at the end. */
export class Run {
  /** What could not be judged. */
  readonly deferrals = new Deferrals();
  /** Inputs of the resources judged so far, by URN. */
  readonly inputs = new Map<string, unknown>();

  /** Ends the run: one line about what was left open, if anything; the next run starts afresh. */
  end(): string | undefined {
    this.inputs.clear();
    return this.deferrals.take();
  }
}
