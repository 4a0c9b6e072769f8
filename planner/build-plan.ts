import type { Composition } from "../sandbox/monitor/compose";
import {
  isScaffold,
  type Registration,
  stackReferenceType,
  stackType,
} from "../sandbox/monitor/registration";
import { isUnknown } from "../sandbox/values";
import type { Finding, Judgement, Policy } from "./analyzer/judge";
import type {
  Plan,
  PlanMessage,
  PlanPolicy,
  PlanResource,
  PlanSummary,
  PlanViolation,
  Verdict,
} from "./plan";
import { Secrets } from "./secrets";

/** The policy of the shipped pack that only says what the others could not judge. */
const notDecided = "not-decided-in-preview";

/** Policies of the shipped pack that are no rules: worth a word only when they have something to say. */
const aboutThePack: readonly string[] = [notDecided, "exempted", "exemption-valid"];

/** What a plan is made of. */
export interface Parts {
  readonly project: string;
  readonly stack: string;
  readonly composed: Composed;
  readonly judgement: Judgement;
  /** The policies' config file, if there is one. */
  readonly policyConfig: string | undefined;
}

/** What a plan shows of a stack before anybody has judged it. */
export interface Composed extends Pick<Plan, "resources" | "outputs"> {
  readonly logs: readonly PlanMessage[];
  /** Every secret of the stack. */
  readonly secrets: Secrets;
}

/** Takes from a stack what its plan shows. Nothing secret is left in it. */
export function shownOf({ registrations, outputs, secretOutputPaths, logs }: Composition): Composed {
  const secrets = new Secrets();
  const shown = registrations.filter((one) => one.type === stackType || !isScaffold(one));
  const resources = shown.map((one) => resourceOf(one, secrets));
  return {
    resources,
    outputs: secrets.hide(outputs, secretOutputPaths),
    logs: [...logs, ...registrations.flatMap(unreadStack)],
    secrets,
  };
}

/** What there is to say of another stack whose outputs are read. */
function unreadStack({ urn, type, id, outputs }: Registration): PlanMessage[] {
  if (type !== stackReferenceType || !isUnknown(outputs.outputs)) return [];
  const message = `plan cannot read the outputs of ${id}: what is made of them is shown as unknown`;
  return [{ severity: "warning", message, urn }];
}

/** Puts a plan together. Nothing secret goes into it. */
export function buildPlan({ project, stack, composed, judgement, policyConfig }: Parts): Plan {
  const { resources, outputs, logs, secrets } = composed;
  const [open, found] = split(judgement.findings);
  const violations = found.map((finding) => violationOf(finding, judgement.policies, secrets)).sort(byLevel);
  const policies = judgement.policies
    .filter(({ name }) => !aboutThePack.includes(name) || violations.some(({ policy }) => policy === name))
    .map((policy) => policyOf(policy, verdictOf(policy, { violations, open, judgement }), found));
  return {
    project,
    stack,
    resources,
    pack: {
      name: judgement.name,
      version: judgement.version,
      ...(policyConfig === undefined ? {} : { config: policyConfig }),
    },
    policies,
    violations,
    undecided: [...new Set(open.map((finding) => secrets.scrub(openTextOf(finding, judgement.policies))))],
    remedied: judgement.remedied,
    outputs,
    messages: logs.map((log) => ({ ...log, message: secrets.scrub(log.message) })),
    summary: summaryOf(resources, policies, violations),
  };
}

function resourceOf(registration: Registration, secrets: Secrets): PlanResource {
  const { urn, type, name, parent, provider, custom, read } = registration;
  // Secrets of the outputs are inputs carried over, or what the SDK marks itself; texts may quote them.
  secrets.hide(registration.outputs, registration.additionalSecretOutputs);
  return {
    urn,
    type,
    name,
    ...(parent === undefined ? {} : { parent }),
    operation: read ? "read" : "create",
    component: !custom,
    ...(provider === undefined ? {} : { provider: provider.split("::").slice(0, 4).join("::") }),
    inputs: secrets.hide(registration.checkedInputs, registration.secretPaths),
    dependencies: registration.dependencies,
    propertyDependencies: Object.fromEntries(
      Object.entries(registration.propertyDependencies).filter(([, urns]) => urns.length > 0),
    ),
    protect: registration.protect,
    ignoreChanges: registration.ignoreChanges,
  };
}

/** What could not be judged, and what was. */
function split(findings: readonly Finding[]): [open: Finding[], found: Finding[]] {
  // The SDK ends a policy that reads an unknown value, and says so in an advisory message of its own.
  const isOpen = ({ policy, level, message }: Finding) =>
    level === "advisory" &&
    (policy === notDecided || /can't run policy '.*' from .* during preview/.test(message));
  return [findings.filter(isOpen), findings.filter((finding) => !isOpen(finding))];
}

function openTextOf(finding: Finding, policies: readonly Policy[]): string {
  const text = gist(
    finding,
    policies.find(({ name }) => name === finding.policy),
  );
  return finding.policy === notDecided ? text : `${finding.policy}: ${nameIn(finding.urn)}: ${text}`;
}

function violationOf(finding: Finding, policies: readonly Policy[], secrets: Secrets): PlanViolation {
  const policy = policies.find(({ name }) => name === finding.policy);
  return { ...finding, message: secrets.scrub(gist(finding, policy)) };
}

/** How a message says what to write instead, with the values the stack has set, and where to read more. */
const remedyLine = /^Fix: (.+)$/;
const pageLine = /^See (\S+)$/;

/** A message without what is said of its policy: the SDK puts the description before each. */
function gist({ message }: Finding, policy: Policy | undefined): string {
  if (!policy) return message.trim();
  const known = [policy.description, policy.remediation, policy.url];
  const isOwn = (line: string) =>
    line !== "" && !known.includes(line) && !remedyLine.test(line) && !pageLine.test(line);
  const lines = message.split("\n").filter((line) => isOwn(line.trim()));
  return (lines.length === 0 ? message : lines.join("\n")).trim();
}

/** What the messages of a policy say in a line of this form, if any does. */
function saidBy(policy: string, findings: readonly Finding[], form: RegExp): string | undefined {
  for (const { message } of findings.filter((finding) => finding.policy === policy)) {
    const line = message.split("\n").find((each) => form.test(each));
    if (line !== undefined) return form.exec(line)?.[1];
  }
  return undefined;
}

/** Name of a resource, from its URN. */
export function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

const rank = { mandatory: 0, remediate: 1, advisory: 2, disabled: 3 } as const;

function byLevel(a: PlanViolation, b: PlanViolation): number {
  return (
    rank[a.level] - rank[b.level] ||
    compare(a.policy, b.policy) ||
    compare(nameIn(a.urn), nameIn(b.urn)) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function policyOf(
  { name, description, severity, remediation, url, settled }: Policy,
  verdict: Verdict,
  findings: readonly Finding[],
): PlanPolicy {
  const page = saidBy(name, findings, pageLine);
  return {
    name,
    description,
    level: settled.level,
    ...(severity === undefined ? {} : { severity }),
    verdict,
    remediation: saidBy(name, findings, remedyLine) ?? remediation,
    url,
    ...(page === undefined ? {} : { page }),
    settings: settled.properties,
  };
}

interface Told {
  readonly violations: readonly PlanViolation[];
  readonly open: readonly Finding[];
  readonly judgement: Judgement;
}

function verdictOf({ name, settled }: Policy, { violations, open, judgement }: Told): Verdict {
  const isAbout = ({ policy }: { readonly policy: string }) => policy === name;
  if (settled.level === "disabled") return "disabled";
  if (violations.some(isAbout)) return "violated";
  if (open.some(isAbout)) return "not decided";
  return judgement.notApplicable.has(name) ? "not applicable" : "passed";
}

function summaryOf(
  resources: readonly PlanResource[],
  policies: readonly PlanPolicy[],
  violations: readonly PlanViolation[],
): PlanSummary {
  const created = resources.filter(({ operation }) => operation === "create");
  const verdicts = (verdict: Verdict) => policies.filter((policy) => policy.verdict === verdict).length;
  const atLevel = (level: string) => violations.filter((violation) => violation.level === level).length;
  return {
    allowed: atLevel("mandatory") === 0,
    create: created.length,
    read: resources.length - created.length,
    components: created.filter(({ component }) => component).length,
    policiesPassed: verdicts("passed"),
    policiesNotDecided: verdicts("not decided"),
    policiesNotApplicable: verdicts("not applicable"),
    policiesDisabled: verdicts("disabled"),
    mandatoryViolations: atLevel("mandatory"),
    advisoryViolations: atLevel("advisory"),
  };
}
