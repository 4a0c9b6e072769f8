import { existsSync } from "node:fs";
import path from "node:path";
import type { Composition } from "../sandbox/monitor/compose";
import type { Registration } from "../sandbox/monitor/registration";
import { type PackConfig, readPackConfig } from "./analyzer/config-file";
import type { Judgement, Judging } from "./analyzer/judge";
import { findPack } from "./analyzer/pack";
import { PackProcess } from "./analyzer/process";
import type { Project } from "./project";
import type { StackConfig } from "./stack-config";

/** What the policies of a stack are started with. */
export interface PolicySettings {
  readonly project: Project;
  readonly config: StackConfig;
  /** Their folder, if the user named one. */
  readonly folder: string | undefined;
  /** Their config file, if the user named one. */
  readonly file: string | undefined;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A pack may take long on a busy machine, and one in TypeScript is compiled first; nobody waits for ever. */
const defaultTimeoutSeconds = 60;

/** The policy pack of a project, started for one stack: the folder named, or `policies` beside `Pulumi.yaml`. */
export class StackPolicies {
  /** What came before the pack was ready. */
  readonly #early: Registration[] = [];
  #judging: Judging | undefined;
  #begun: Promise<Judging> | undefined;
  #hangUp: () => void = () => undefined;

  private constructor(
    private readonly process: PackProcess,
    private readonly config: PackConfig,
    /** The config file as messages name it, if there is one. */
    readonly label: string | undefined,
  ) {}

  /** Starts the pack; it gets ready while others work. */
  static async start({
    project,
    config,
    folder: named,
    file,
    cwd,
    env,
  }: PolicySettings): Promise<StackPolicies> {
    const folder = named === undefined ? path.join(project.root, "policies") : path.resolve(cwd, named);
    const pack = await findPack(folder, cwd);
    const usual = path.join(folder, "config", `${config.stack}.json`);
    const location = file === undefined ? (existsSync(usual) ? usual : undefined) : path.resolve(cwd, file);
    const given = location === undefined ? new Map() : await readPackConfig(location, cwd);
    const started = new PackProcess(pack, {
      project: project.name,
      stack: config.stack,
      organization: config.organization,
      config: config.values,
      env,
      timeoutSeconds: Number(env.EVENKEEL_POLICY_TIMEOUT_SECONDS) || defaultTimeoutSeconds,
    });
    return new StackPolicies(
      started,
      given,
      location === undefined ? undefined : path.relative(cwd, location),
    );
  }

  /** Has the pack judge a resource as soon as it can, while the program goes on. `judge` says what came of it. */
  submit(registration: Registration): void {
    if (this.#judging) {
      this.#judging.submit(registration);
      return;
    }
    this.#early.push(registration);
    // Why it did not start is for `judge` to say.
    this.#begin().catch(() => undefined);
  }

  /** Has the pack judge the finished stack. */
  async judge({ registrations, engine }: Composition): Promise<Judgement> {
    const judging = await this.#begin();
    this.process.hold(true);
    return judging.finish({
      registrations,
      outputSecrets: ({ urn, custom, secretPaths, additionalSecretOutputs }) =>
        custom ? [...secretPaths, ...additionalSecretOutputs] : (engine.secretOutputs.get(urn) ?? []),
    });
  }

  /** Ends the pack. */
  stop(): void {
    this.#hangUp();
    this.process.stop();
  }

  #begin(): Promise<Judging> {
    this.#begun ??= this.#connect();
    return this.#begun;
  }

  async #connect(): Promise<Judging> {
    // Loaded late: what they need of the SDK takes half a second, and the pack is started before that.
    const { PackClient } = require("./analyzer/client") as typeof import("./analyzer/client");
    const { Judging } = require("./analyzer/judge") as typeof import("./analyzer/judge");
    const client = await PackClient.connect(this.process);
    this.#hangUp = () => client.close();
    const configLabel = this.label ?? this.process.pack.label;
    const judging = await Judging.begin(client, { config: this.config, configLabel });
    for (const registration of this.#early) judging.submit(registration);
    this.#judging = judging;
    return judging;
  }
}
