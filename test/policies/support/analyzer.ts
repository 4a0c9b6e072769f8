import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A resource as a test writes it. */
export interface TestResource {
  readonly type: string;
  readonly name: string;
  readonly props: object;
  readonly parent?: string;
  readonly from?: { readonly [property: string]: readonly string[] };
}

/** A violation as a pack reports it. */
export interface Violation {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  readonly urn: string;
  readonly message: string;
}

const levels = ["advisory", "mandatory", "disabled", "remediate"];
const severities = ["", "low", "medium", "high", "critical"];

/** The URN of a test's resource. */
export function urnOf({ type, name }: Pick<TestResource, "type" | "name">): string {
  return `urn:pulumi:test::evenkeel::${type}::${name}`;
}

function struct(value: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)));
}

function violations(response: proto.AnalyzeResponse): readonly Violation[] {
  return response.getDiagnosticsList().map((one) => ({
    policy: one.getPolicyname(),
    level: levels[one.getEnforcementlevel()] ?? "",
    severity: severities[one.getSeverity()] ?? "",
    urn: one.getUrn(),
    message: one.getMessage(),
  }));
}

/** Speaks with a running pack as the engine does. */
export class Analyzer {
  readonly #client: AnalyzerClient;

  constructor(port: number) {
    this.#client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  /** What the pack says about itself. */
  async info(): Promise<proto.AnalyzerInfo> {
    return promisify<Empty, proto.AnalyzerInfo>(this.#client.getAnalyzerInfo.bind(this.#client))(new Empty());
  }

  /** Hands the pack a configuration, whole, as the engine does after it has filled in the defaults. */
  async configure(policies: {
    readonly [policy: string]: { readonly enforcementLevel: string; readonly properties: object };
  }): Promise<void> {
    const request = new proto.ConfigureAnalyzerRequest();
    for (const [name, { enforcementLevel, properties }] of Object.entries(policies)) {
      const config = new proto.PolicyConfig();
      const level = levels.indexOf(enforcementLevel);
      config.setEnforcementlevel(level as proto.EnforcementLevel);
      config.setProperties(struct(properties));
      request.getPolicyconfigMap().set(name, config);
    }
    await promisify<proto.ConfigureAnalyzerRequest, Empty>(this.#client.configure.bind(this.#client))(
      request,
    );
  }

  /** Judges one resource by its inputs. */
  async resource({ type, name, props }: TestResource): Promise<readonly Violation[]> {
    return violations(await this.#analyze(type, name, props));
  }

  /** Names of the policies that do not apply to a resource, with their reasons. */
  async notApplicable({ type, name, props }: TestResource): Promise<readonly string[]> {
    const response = await this.#analyze(type, name, props);
    return response.getNotApplicableList().map((one) => `${one.getPolicyName()}: ${one.getReason()}`);
  }

  /** Judges a whole stack by its outputs. */
  async stack(resources: readonly TestResource[]): Promise<readonly Violation[]> {
    const byName = new Map(resources.map((one) => [one.name, urnOf(one)]));
    const request = new proto.AnalyzeStackRequest();
    request.setResourcesList(
      resources.map((one) => {
        const resource = new proto.AnalyzerResource();
        resource.setType(one.type);
        resource.setName(one.name);
        resource.setUrn(urnOf(one));
        resource.setProperties(struct(one.props));
        resource.setOptions(new proto.AnalyzerResourceOptions());
        resource.setParent(one.parent === undefined ? "" : (byName.get(one.parent) ?? ""));
        for (const [property, names] of Object.entries(one.from ?? {})) {
          const urns = new proto.AnalyzerPropertyDependencies();
          urns.setUrnsList(names.map((name) => byName.get(name) ?? name));
          resource.getPropertydependenciesMap().set(property, urns);
        }
        return resource;
      }),
    );
    const call = this.#client.analyzeStack.bind(this.#client);
    return violations(await promisify<proto.AnalyzeStackRequest, proto.AnalyzeResponse>(call)(request));
  }

  /** Ends the connection. */
  close(): void {
    this.#client.close();
  }

  async #analyze(type: string, name: string, props: object): Promise<proto.AnalyzeResponse> {
    const request = new proto.AnalyzeRequest();
    request.setType(type);
    request.setName(name);
    request.setUrn(urnOf({ type, name }));
    request.setProperties(struct(props));
    request.setOptions(new proto.AnalyzerResourceOptions());
    const call = this.#client.analyze.bind(this.#client);
    return promisify<proto.AnalyzeRequest, proto.AnalyzeResponse>(call)(request);
  }
}
