import type * as protocol from "@pulumi/pulumi/proto/analyzer_pb";
import type { Registration } from "../../sandbox/monitor/registration";
import { received } from "../../sandbox/monitor/wire";
import type { Bag } from "../../sandbox/values";
import type { PackClient } from "./client";
import type { GivenConfig, PackConfig } from "./config-file";
import type { Level, Severity } from "./levels";
import { analyzeRequest, type ProviderOf, stackResource } from "./messages";
import { type PolicyInfo, reconcile, type Settled } from "./reconcile";
import type { Schema } from "./schema";
import { levelOf, severityOf } from "./wire-levels";

/** A policy of the pack, and how it was set. */
export interface Policy extends PolicyInfo {
  readonly description: string;
  readonly severity?: Severity;
  readonly remediation: string;
  readonly url: string;
  readonly tags: readonly string[];
  readonly settled: Settled;
}

/** What a policy had to say. */
export interface Finding {
  readonly policy: string;
  readonly level: Level;
  readonly severity?: Severity;
  /** Resource it is about; the stack when it names none. */
  readonly urn: string;
  readonly message: string;
}

/** What became of a stack before the pack. */
export interface Judgement {
  readonly name: string;
  readonly version: string;
  readonly policies: readonly Policy[];
  readonly findings: readonly Finding[];
  /** Policies that had nothing to look at. */
  readonly notApplicable: ReadonlySet<string>;
  /** Resources a policy changed before they were judged, and the policy. */
  readonly remedied: readonly { readonly policy: string; readonly urn: string }[];
}

/** A stack to be judged. */
export interface Judged {
  readonly registrations: readonly Registration[];
  /** Where the outputs of a resource hold secrets. */
  readonly outputSecrets: (registration: Registration) => readonly string[];
  readonly config: PackConfig;
  /** The config file as messages name it. */
  readonly configLabel: string;
}

/** Asks the pack about a stack, in the order and with the messages of the engine. */
export async function judge(client: PackClient, judged: Judged): Promise<Judgement> {
  const info = await client.info();
  const policies = await settledPolicies(client, info, judged);
  const { registrations, outputSecrets } = judged;
  const providerOf = providersOf(registrations);
  const rootUrn = registrations[0]?.urn ?? "";
  const tally = new Tally(policies, registrations.length, rootUrn);

  const inputs = new Map(registrations.map(({ urn, checkedInputs }) => [urn, checkedInputs]));
  if (policies.some(({ settled }) => settled.level === "remediate")) {
    for (const one of registrations) await remedy(client, one, inputs, providerOf, tally);
  }
  // Some at a time: the pack is kept busy, and the messages of a large stack never stand in memory all at once.
  for (const some of inGroups(registrations, 64)) {
    const answers = some.map((one) =>
      client.analyze(analyzeRequest(one, inputs.get(one.urn) ?? {}, providerOf)),
    );
    for (const [index, answer] of (await Promise.all(answers)).entries()) {
      tally.resource(answer, some[index]?.urn ?? rootUrn);
    }
  }

  const resources = registrations.map((one) => {
    const outputs = remediedOutputs(one, inputs.get(one.urn));
    return stackResource(one, outputs, outputSecrets(one), providerOf);
  });
  tally.stack(await client.analyzeStack(resources));

  const version = client.process.pack.version ?? info.getVersion();
  return { name: info.getName(), version, policies, ...tally.result() };
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

async function settledPolicies(
  client: PackClient,
  info: protocol.AnalyzerInfo,
  judged: Judged,
): Promise<Policy[]> {
  const policies = info.getPoliciesList().map(policyOf);
  const settled = reconcile(policies, initialConfig(info), judged.config, judged.configLabel);
  if (settled.size > 0) await client.configure(settled);
  return policies.map((policy) => ({
    ...policy,
    settled: settled.get(policy.name) ?? { level: policy.level, properties: {} },
  }));
}

function policyOf(info: protocol.PolicyInfo): Omit<Policy, "settled"> {
  const schema = info.getConfigschema();
  const severity = severityOf(info.getSeverity());
  const properties = (schema?.getProperties()?.toJavaScript() ?? {}) as { [key: string]: Schema };
  return {
    name: info.getName(),
    level: levelOf(info.getEnforcementlevel()),
    description: info.getDescription(),
    remediation: info.getRemediationSteps(),
    url: info.getUrl(),
    tags: info.getTagsList(),
    ...(severity === undefined ? {} : { severity }),
    ...(schema === undefined ? {} : { schema: { properties, required: schema.getRequiredList() } }),
  };
}

// A pack that gives properties and no level sends level 0, which the engine too takes for "advisory".
function initialConfig(info: protocol.AnalyzerInfo): PackConfig {
  const found = new Map<string, GivenConfig>();
  info.getInitialconfigMap().forEach((config, name) => {
    const properties = (config.getProperties()?.toJavaScript() ?? {}) as GivenConfig["properties"];
    found.set(name, { level: levelOf(config.getEnforcementlevel()), properties });
  });
  return found;
}

function providersOf(registrations: readonly Registration[]): ProviderOf {
  const byUrn = new Map(registrations.map((one) => [one.urn, one]));
  // `<urn>::<id>`; a URN has three double colons of its own.
  return ({ provider }) => byUrn.get(provider?.split("::").slice(0, 4).join("::") ?? "");
}

async function remedy(
  client: PackClient,
  registration: Registration,
  inputs: Map<string, Bag>,
  providerOf: ProviderOf,
  tally: Tally,
): Promise<void> {
  const { urn } = registration;
  const answer = await client.remediate(analyzeRequest(registration, inputs.get(urn) ?? {}, providerOf));
  for (const remediation of answer.getRemediationsList()) {
    const properties = remediation.getProperties();
    // Secrets come back wrapped; where they are is known already.
    if (properties) inputs.set(urn, received(properties.toJavaScript()).values);
    tally.remedied(remediation, urn);
  }
}

/** Outputs of a resource a policy has changed: what it changed carries over, as any input does in a preview. */
function remediedOutputs({ checkedInputs, outputs }: Registration, inputs: Bag | undefined): Bag {
  return inputs === undefined || inputs === checkedInputs ? outputs : { ...outputs, ...inputs };
}

/** Collects the answers. */
class Tally {
  readonly #findings: Finding[] = [];
  readonly #remedied: { policy: string; urn: string }[] = [];
  readonly #skipped = new Map<string, number>();

  constructor(
    readonly policies: readonly Policy[],
    readonly resources: number,
    readonly rootUrn: string,
  ) {}

  resource(answer: protocol.AnalyzeResponse, urn: string): void {
    for (const skipped of answer.getNotApplicableList()) this.#skip(skipped.getPolicyName(), 1);
    for (const diagnostic of answer.getDiagnosticsList()) this.#add(diagnostic, urn);
  }

  stack(answer: protocol.AnalyzeResponse): void {
    for (const skipped of answer.getNotApplicableList()) this.#skip(skipped.getPolicyName(), this.resources);
    for (const diagnostic of answer.getDiagnosticsList()) this.#add(diagnostic, this.rootUrn);
  }

  remedied(remediation: protocol.Remediation, urn: string): void {
    const policy = remediation.getPolicyname();
    const message = remediation.getDiagnostic();
    if (message === "") this.#remedied.push({ policy, urn });
    else this.#findings.push({ policy, level: "advisory", urn, message });
  }

  result(): Pick<Judgement, "findings" | "notApplicable" | "remedied"> {
    const skipped = [...this.#skipped].filter(([, count]) => count >= this.resources).map(([name]) => name);
    const violated = new Set(this.#findings.map(({ policy }) => policy));
    const notApplicable = new Set(skipped.filter((name) => !violated.has(name)));
    return { findings: this.#findings, notApplicable, remedied: this.#remedied };
  }

  #skip(policy: string, count: number): void {
    this.#skipped.set(policy, (this.#skipped.get(policy) ?? 0) + count);
  }

  #add(diagnostic: protocol.AnalyzeDiagnostic, urn: string): void {
    const policy = diagnostic.getPolicyname();
    const level = levelOf(diagnostic.getEnforcementlevel());
    const known = this.policies.find(({ name }) => name === policy);
    const severity = severityOf(diagnostic.getSeverity()) ?? known?.severity;
    this.#findings.push({
      policy,
      // A remediation that left a violation standing is one that must not pass.
      level: level === "remediate" ? "mandatory" : level,
      urn: diagnostic.getUrn() || urn,
      message: diagnostic.getMessage(),
      ...(severity === undefined ? {} : { severity }),
    });
  }
}
