import { largestStep } from "../../components/lib/scaling-arithmetic";
import { Environment, type EnvironmentDefaults } from "../environments";
import type { Faults, Path } from "../faults";
import type { ScalingConfig, SizingConfig } from "../schema/sizing";
import { checkForeign } from "./modes";

/** What the checks of a service's size look at. */
export interface Sized {
  readonly sizing: SizingConfig;
  readonly scaling: ScalingConfig;
}

/** The number of instances a service starts with. */
export function desiredOf({ desired, min, max }: SizingConfig, { sizing }: EnvironmentDefaults): number {
  return desired ?? Math.min(max, Math.max(min, sizing.desired));
}

/** A service's scaling with what belongs to its modes in place. */
export function scalingOf(scaling: ScalingConfig, defaults: EnvironmentDefaults) {
  return {
    targetCpuPercent: scaling.targetCpuPercent ?? defaults.scaling.targetCpuPercent,
    targetMemoryPercent: scaling.targetMemoryPercent ?? defaults.scaling.targetMemoryPercent,
    addInstances: scaling.addInstances ?? defaults.scaling.addInstances,
    removeInstances: scaling.removeInstances ?? 1,
    periodSeconds: scaling.periodSeconds ?? 120,
    evaluationPeriods: scaling.evaluationPeriods ?? 2,
  };
}

/** Checks a service's size and thresholds against each other and against what its environment is for. */
export function checkSizing(
  sized: Sized,
  service: Path,
  defaults: EnvironmentDefaults,
  faults: Faults,
): void {
  checkBounds(sized.sizing, [...service, "sizing"], defaults.environment, faults);
  checkModes(sized.scaling, [...service, "scaling"], faults);
  checkThresholds(sized.scaling, [...service, "scaling"], defaults, faults);
  checkSteps(sized, service, defaults, faults);
}

function checkBounds(
  { min, max, desired, singleInstance }: SizingConfig,
  at: Path,
  environment: Environment,
  faults: Faults,
): void {
  const path = (part: keyof SizingConfig): Path => [...at, part];
  const shown = (part: keyof SizingConfig, value: number) => faults.show(path(part), value);
  const alone = singleInstance === "accepted";
  const mayBeAlone = environment === Environment.Development;
  faults.check({
    about: [path("singleInstance")],
    holds: mayBeAlone || !alone,
    path: path("singleInstance"),
    found: singleInstance,
    must: `must be "refused" in ${environment}: one instance is an outage whenever it is replaced`,
  });
  faults.check({
    about: [path("min"), path("singleInstance")],
    holds: min >= 2 || alone,
    path: path("min"),
    found: min,
    must: `must be at least 2${mayBeAlone ? ' unless singleInstance is "accepted"' : ` in ${environment}`}`,
  });
  faults.check({
    about: [path("min"), path("max")],
    holds: max > min,
    path: path("max"),
    found: max,
    must: `must be more than min (${shown("min", min)})`,
  });
  const within = desired === undefined || (desired >= min && desired <= max);
  faults.check({
    about: [path("min"), path("max"), path("desired")],
    holds: within,
    path: path("desired"),
    found: desired,
    must: `must be from min (${shown("min", min)}) to max (${shown("max", max)})`,
  });
}

function checkModes(scaling: ScalingConfig, at: Path, faults: Faults): void {
  const { mode, memoryMode, targetCpuPercent, targetMemoryPercent } = scaling;
  const { addInstances, removeInstances, periodSeconds, evaluationPeriods } = scaling;
  const cpu = { path: [...at, "mode"], is: mode } satisfies { path: Path; is: string };
  const memory = { path: [...at, "memoryMode"], is: memoryMode } satisfies { path: Path; is: string };
  const steps = { addInstances, removeInstances, periodSeconds, evaluationPeriods };
  checkForeign({ targetCpuPercent }, { ...cpu, takes: "targetTracking" }, at, faults);
  checkForeign(steps, { ...cpu, takes: "step" }, at, faults);
  checkForeign({ targetMemoryPercent }, { ...memory, takes: "targetTracking" }, at, faults);
}

function checkThresholds(
  scaling: ScalingConfig,
  at: Path,
  defaults: EnvironmentDefaults,
  faults: Faults,
): void {
  const { mode, highPercent: high, lowPercent: low } = scaling;
  const { targetCpuPercent: target, addInstances, removeInstances } = scalingOf(scaling, defaults);
  const path = (part: keyof ScalingConfig): Path => [...at, part];
  const bounds = [path("lowPercent"), path("highPercent")];
  const shownLow = faults.show(at, low);
  const shownHigh = faults.show(at, high);
  faults.check({
    about: bounds,
    holds: low < high,
    path: path("lowPercent"),
    found: low,
    must: `must be less than highPercent (${shownHigh})`,
  });
  faults.check({
    about: [...bounds, path("targetCpuPercent")],
    holds: mode !== "targetTracking" || (target > low && target < high),
    path: path("targetCpuPercent"),
    found: target,
    must: `must be between lowPercent (${shownLow}) and highPercent (${shownHigh})`,
  });
  faults.check({
    about: [path("addInstances"), path("removeInstances")],
    holds: mode !== "step" || removeInstances <= addInstances,
    path: path("removeInstances"),
    found: removeInstances,
    must: `must not be more than addInstances (${faults.show(at, addInstances)})`,
  });
}

/**
 * Checks that adding instances does not bring the load to where they are removed again.
 *
 * Target tracking has no steps, but its thresholds still ring the alarms: with one instance more, the low one must not.
 */
function checkSteps(
  { sizing, scaling }: Sized,
  service: Path,
  defaults: EnvironmentDefaults,
  faults: Faults,
): void {
  const { highPercent, lowPercent, mode } = scaling;
  const path = (part: keyof ScalingConfig): Path => [...service, "scaling", part];
  const { addInstances, removeInstances } =
    mode === "step" ? scalingOf(scaling, defaults) : { addInstances: 1, removeInstances: 1 };
  const step = largestStep({
    minSize: sizing.min,
    maxSize: sizing.max,
    highPercent,
    addInstances,
    removeInstances,
  });
  const shown = (value: number) => faults.show(service, value);
  faults.check({
    about: [
      [...service, "sizing"],
      path("highPercent"),
      path("lowPercent"),
      path("targetCpuPercent"),
      path("addInstances"),
      path("removeInstances"),
    ],
    holds: lowPercent < step.percent,
    path: path("lowPercent"),
    found: lowPercent,
    must:
      `must be less than ${shown(Math.floor(step.percent * 10) / 10)}: ` +
      `${shown(highPercent)} % on ${shown(step.from)} is that much on ${shown(step.to)}, and instances would come and go without end`,
  });
}
