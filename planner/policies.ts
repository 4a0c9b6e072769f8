import { existsSync } from "node:fs";
import path from "node:path";
import type { Composition } from "../sandbox/monitor/compose";
import { type PackConfig, readPackConfig } from "./analyzer/config-file";
import type { Judgement } from "./analyzer/judge";
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

  /** Has the pack judge what a program registered. */
  async judge({ registrations, engine }: Composition): Promise<Judgement> {
    // Loaded late: what they need of the SDK takes half a second, and the pack is started before that.
    const { PackClient } = require("./analyzer/client") as typeof import("./analyzer/client");
    const { judge } = require("./analyzer/judge") as typeof import("./analyzer/judge");
    const client = await PackClient.connect(this.process);
    try {
      return await judge(client, {
        registrations,
        outputSecrets: ({ urn, custom, secretPaths, additionalSecretOutputs }) =>
          custom ? [...secretPaths, ...additionalSecretOutputs] : (engine.secretOutputs.get(urn) ?? []),
        config: this.config,
        configLabel: this.label ?? this.process.pack.label,
      });
    } finally {
      client.close();
    }
  }

  /** Ends the pack. */
  stop(): void {
    this.process.stop();
  }
}
