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
import { Tally } from "./tally";
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

/** How a pack is set for a stack. */
export interface PackSettings {
  readonly config: PackConfig;
  /** The config file as messages name it. */
  readonly configLabel: string;
}

/** A stack that is finished. */
export interface Judged {
  readonly registrations: readonly Registration[];
  /** Where the outputs of a resource hold secrets. */
  readonly outputSecrets: (registration: Registration) => readonly string[];
}

/** Enough to keep the pack busy while the program goes on; the messages of a large stack never stand in memory all at once. */
const mostUnderWay = 256;

/** Asks the pack about resources while a program still makes more, with the messages of the engine. */
export class Judging {
  readonly #known = new Map<string, Registration>();
  readonly #inputs = new Map<string, Bag>();
  readonly #diagnostics = new Map<string, readonly protocol.AnalyzeDiagnostic[]>();
  readonly #remediations = new Map<string, readonly protocol.Remediation[]>();
  readonly #waiting: Registration[] = [];
  readonly #remedies: boolean;
  readonly #tally: Tally;
  #underWay = 0;
  #failure: { readonly error: unknown } | undefined;
  #onRest: (() => void) | undefined;

  private constructor(
    private readonly client: PackClient,
    private readonly info: protocol.AnalyzerInfo,
    private readonly policies: readonly Policy[],
  ) {
    this.#tally = new Tally(policies);
    this.#remedies = policies.some(({ settled }) => settled.level === "remediate");
  }

  /** Tells the pack how it is set; it is ready to be asked. */
  static async begin(client: PackClient, settings: PackSettings): Promise<Judging> {
    const info = await client.info();
    return new Judging(client, info, await settledPolicies(client, info, settings));
  }

  /** Has one resource judged. Its provider has to come before it. */
  submit(registration: Registration): void {
    if (this.#known.has(registration.urn)) return;
    this.#known.set(registration.urn, registration);
    this.#waiting.push(registration);
    this.#next();
  }

  /** Has the finished stack judged, with whatever of it was not submitted yet. */
  async finish({ registrations, outputSecrets }: Judged): Promise<Judgement> {
    for (const one of registrations) this.submit(one);
    if (this.#remedies) await this.#rest();
    // Put together while the pack works on what it has.
    const resources = registrations.map((one) => {
      const outputs = remediedOutputs(one, this.#inputs.get(one.urn));
      return stackResource(one, outputs, outputSecrets(one), this.#providerOf);
    });
    await this.#rest();
    if (this.#failure) throw this.#failure.error;

    const tally = this.#tally;
    for (const { urn } of registrations) tally.remedied(this.#remediations.get(urn) ?? [], urn);
    for (const { urn } of registrations) tally.found(this.#diagnostics.get(urn) ?? [], urn);
    const { diagnostics, notApplicable } = await this.client.analyzeStack(resources);
    tally.skipped(notApplicable, registrations.length);
    tally.found(diagnostics, registrations[0]?.urn ?? "");

    const version = this.client.process.pack.version ?? this.info.getVersion();
    return {
      name: this.info.getName(),
      version,
      policies: this.policies,
      ...tally.result(registrations.length),
    };
  }

  #next(): void {
    while (this.#underWay < mostUnderWay && this.#failure === undefined) {
      const registration = this.#waiting.shift();
      if (registration === undefined) break;
      this.#underWay++;
      this.#ask(registration)
        .catch((error: unknown) => {
          this.#failure ??= { error };
        })
        .finally(() => {
          this.#underWay--;
          this.#next();
        });
    }
    if (this.#underWay === 0) this.#onRest?.();
  }

  #rest(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#underWay === 0) resolve();
      else this.#onRest = resolve;
    });
  }

  async #ask(registration: Registration): Promise<void> {
    const { urn, name, checkedInputs } = registration;
    if (this.#remedies) await this.#remedy(registration);
    const inputs = this.#inputs.get(urn) ?? checkedInputs;
    const request = analyzeRequest(registration, inputs, this.#providerOf);
    const { diagnostics, notApplicable } = await this.client.analyze(name, request);
    if (diagnostics.length > 0) this.#diagnostics.set(urn, diagnostics);
    this.#tally.skipped(notApplicable, 1);
  }

  async #remedy(registration: Registration): Promise<void> {
    const { urn, name, checkedInputs } = registration;
    const request = analyzeRequest(registration, checkedInputs, this.#providerOf);
    const answer = await this.client.remediate(name, request);
    const remediations = answer.getRemediationsList();
    this.#remediations.set(urn, remediations);
    for (const remediation of remediations) {
      const properties = remediation.getProperties();
      // Secrets come back wrapped; where they are is known already.
      if (properties) this.#inputs.set(urn, received(properties.toJavaScript()).values);
    }
  }

  // `<urn>::<id>`; a URN has three double colons of its own.
  readonly #providerOf: ProviderOf = ({ provider }) =>
    this.#known.get(provider?.split("::").slice(0, 4).join("::") ?? "");
}

async function settledPolicies(
  client: PackClient,
  info: protocol.AnalyzerInfo,
  { config, configLabel }: PackSettings,
): Promise<Policy[]> {
  const policies = info.getPoliciesList().map(policyOf);
  const settled = reconcile(policies, initialConfig(info), config, configLabel);
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

/** Outputs of a resource a policy has changed: what it changed carries over, as any input does in a preview. */
function remediedOutputs({ outputs }: Registration, inputs: Bag | undefined): Bag {
  return inputs === undefined ? outputs : { ...outputs, ...inputs };
}
