/** A group that scales by steps. */
export interface Steps {
  /** Smallest size of the group. */
  readonly minSize: number;
  /** Largest size of the group. */
  readonly maxSize: number;
  /** Use that adds instances, in percent. */
  readonly highPercent: number;
  /** Instances added at once. */
  readonly addInstances: number;
  /** Instances removed at once. */
  readonly removeInstances: number;
}

/** What happens to a group's use in its largest step. */
export interface LargestStep {
  /** Size before the step. */
  readonly from: number;
  /** Size after it. */
  readonly to: number;
  /** Use after it, in percent, if it was `highPercent` before. */
  readonly percent: number;
}

/**
 * The step that changes a group's use most: from its smallest size, where one instance more matters most.
 *
 * The same load then lies on more instances. If their use is already low enough to remove some, the group adds and
 * removes for ever; so the threshold for removing has to stay below `percent`. A step down by as many instances leads
 * to the same condition, which is why the larger of both counts. A group never grows past its largest size.
 */
export function largestStep(steps: Steps): LargestStep {
  const { minSize: from, maxSize, highPercent } = steps;
  const to = Math.min(from + Math.max(steps.addInstances, steps.removeInstances), Math.max(from, maxSize));
  return { from, to, percent: (highPercent * from) / to };
}
