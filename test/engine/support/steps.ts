import { shortType } from "../../../sandbox/account/type-names";
import { type EngineEvent, type EngineStep, nameIn } from "./engine-events";

// What the engine did to AWS, in lines: operation, type, name, and what changed.
//
//   + lb.TargetGroup web-targets-api                      made
//   - lb.TargetGroup web-targets-api                      deleted
//   ~ lb.TargetGroup web-targets-api healthCheck.path     changed in place, with the paths that changed
//   ± lb.TargetGroup web-targets-api port                 made anew, the old one deleted afterwards, with what forces that
//   ∓ lb.TargetGroup web-targets-api name                 deleted, then made anew
//   ! lb.TargetGroup web-targets-api                      failed
//   ~ 60 of 62 tagged resources tags.team                 changed in nothing but this tag, of all that carry tags
//
// Paths are without list indexes. Components are left out: nothing in AWS is theirs alone.

// What is deleted with what it stands on, to be made anew, and then not wanted any more, has gone like anything else.
const signs: { readonly [op: string]: string } = {
  create: "+",
  delete: "-",
  "delete-replaced": "-",
  update: "~",
};
const quiet: ReadonlySet<string> = new Set([
  "same",
  "read",
  "refresh",
  "replace",
  "create-replacement",
  "remove-pending-replace",
]);

/** What the engine did to AWS, a line for each resource, sorted by what follows the sign. */
export function stepsOf(events: readonly EngineEvent[]): string[] {
  const taken = events.flatMap(({ resOutputsEvent }) => resOutputsEvent?.metadata ?? []).filter(isOfAws);
  const failed = events.flatMap(({ resOpFailedEvent }) => resOpFailedEvent?.metadata ?? []).filter(isOfAws);
  const replaced = taken.filter(({ op }) => op === "create-replacement");
  const lines = taken
    .filter(({ op, urn }) => !quiet.has(op) && !(op === "delete-replaced" && isAmong(replaced, urn)))
    .map((step) => `${signs[step.op] ?? step.op} ${subjectOf(step)}${changesIn(step)}`);
  const anew = replaced.map((step) => {
    const sign = signOfReplacement(taken, step);
    return `${sign} ${subjectOf(step)} ${[...(step.keys ?? [])].sort().join(" ")}`;
  });
  return sorted(gathered([...lines, ...anew, ...failed.map((step) => `! ${subjectOf(step)}`)], taken));
}

/** The same lines, with several that tell of one and the same tag gathered in one. */
function gathered(lines: readonly string[], taken: readonly EngineStep[]): string[] {
  const ofTag = /^~ \S+ \S+ (tags\.\S+ tagsAll\.\S+)$/;
  const tags = lines.flatMap((line) => ofTag.exec(line)?.[1] ?? []);
  const tag = tags.find((one, index) => tags.indexOf(one) < index);
  if (tag === undefined) return [...lines];
  const others = lines.filter((line) => ofTag.exec(line)?.[1] !== tag);
  const tagged = taken.filter(({ old }) => hasTags(old?.inputs.tags));
  return [...others, `~ ${lines.length - others.length} of ${tagged.length} tagged resources ${tag}`];
}

function hasTags(tags: unknown): boolean {
  return typeof tags === "object" && tags !== null && !Array.isArray(tags);
}

/** Lines in the order of `stepsOf`. */
export function sorted(lines: readonly string[]): string[] {
  return [...lines].sort((one, other) => (one.slice(2) < other.slice(2) ? -1 : 1));
}

function isOfAws({ old, new: made, type }: EngineStep): boolean {
  return (made ?? old)?.custom === true && !type.startsWith("pulumi:");
}

function isAmong(steps: readonly EngineStep[], urn: string): boolean {
  return steps.some((step) => step.urn === urn);
}

function subjectOf({ type, urn }: EngineStep): string {
  return `${shortType(type)} ${nameIn(urn)}`;
}

function changesIn({ op, detailedDiff }: EngineStep): string {
  if (op !== "update") return "";
  const paths = Object.keys(detailedDiff ?? {}).map((path) => path.replace(/\[\d+\]/g, ""));
  return [...new Set(paths)]
    .sort()
    .map((path) => ` ${path}`)
    .join("");
}

function signOfReplacement(taken: readonly EngineStep[], { urn }: EngineStep): string {
  const order = taken.filter((step) => step.urn === urn).map(({ op }) => op);
  const deleted = order.indexOf("delete-replaced");
  if (deleted === -1) return "replaced but not deleted:";
  return order.indexOf("create-replacement") < deleted ? "±" : "∓";
}
