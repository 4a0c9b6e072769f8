import * as grpc from "@grpc/grpc-js";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb";
import * as protocol from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Bag } from "../values";
import type { Engine, Registered } from "./engine";
import { goalOf, readGoalOf } from "./goal";
import { Transforms } from "./transforms";
import { Turns } from "./turns";
import { received } from "./wire";

type Reply<T> = (error: Partial<grpc.ServiceError> | null, response?: T) => void;

/** An error the way the SDK expects one from a call. */
function failed(error: unknown): Partial<grpc.ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  return { name: "ServiceError", message, details: message, code: grpc.status.UNKNOWN };
}

function struct(values: Bag): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** What the SDK reads of an answer about a resource. */
export interface Answer {
  getUrn(): string;
  getId(): string;
  getObject(): { toJavaScript(): Bag };
  getPropertydependenciesMap(): ReadonlyMap<string, { getUrnsList(): string[] }>;
  getResult(): protocol.Result;
  getUnknown(): boolean;
}

/**
 * The engine's answer about a resource.
 *
 * Not the protocol's own message: putting every output into one, for the SDK next door to take it out again, was a tenth
 * of the time a program takes.
 */
function answerOf({ urn, wireId, wireOutputs, outputDependencies }: Registered): Answer {
  return {
    getUrn: () => urn,
    getId: () => wireId,
    getObject: () => ({ toJavaScript: () => wireOutputs }),
    getPropertydependenciesMap: () =>
      new Map(
        [...outputDependencies].map(([property, urns]) => [property, { getUrnsList: () => [...urns] }]),
      ),
    getResult: () => protocol.Result.SUCCESS,
    getUnknown: () => false,
  };
}

const features = [
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_SECRETS,
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
  protocol.ResourceMonitorFeature.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
];

/**
 * The resource monitor of the Pulumi engine, as an object: the SDK calls it directly instead of over the network.
 *
 * It translates between the protocol and `Engine`, which decides.
 */
export class ResourceMonitor {
  readonly #transforms = new Transforms();
  readonly #turns = new Turns();

  constructor(readonly engine: Engine) {}

  getDeploymentInfo(_request: Empty, reply: Reply<protocol.DeploymentInfo>): void {
    const response = new protocol.DeploymentInfo();
    response.setSupportedfeaturesList(features);
    reply(null, response);
  }

  supportsFeature(
    _request: protocol.SupportsFeatureRequest,
    reply: Reply<protocol.SupportsFeatureResponse>,
  ): void {
    reply(null, new protocol.SupportsFeatureResponse());
  }

  registerResource(request: protocol.RegisterResourceRequest, reply: Reply<Answer>): void {
    const register = () =>
      this.#turns.take(() =>
        this.#answer(reply, () => {
          const made = this.engine.register(goalOf(request));
          this.#transforms.remember(made.urn, request);
          return answerOf(made);
        }),
      );
    const transforms = this.#transforms.applyingTo(request);
    if (transforms.length === 0) register();
    else this.#transforms.apply(transforms, request).then(register, (error) => reply(failed(error)));
  }

  registerStackTransform(callback: Callback, reply: Reply<Empty>): void {
    this.#transforms.addToStack(callback);
    reply(null, new Empty());
  }

  readResource(request: protocol.ReadResourceRequest, reply: Reply<protocol.ReadResourceResponse>): void {
    this.#answer(reply, () => {
      const made = this.engine.read(readGoalOf(request));
      const response = new protocol.ReadResourceResponse();
      response.setUrn(made.urn);
      response.setProperties(struct(made.wireOutputs));
      return response;
    });
  }

  registerResourceOutputs(request: protocol.RegisterResourceOutputsRequest, reply: Reply<Empty>): void {
    this.#answer(reply, () => {
      const { values, secretPaths } = received(request.getOutputs()?.toJavaScript() ?? {});
      this.engine.registerOutputs(request.getUrn(), values, secretPaths);
      return new Empty();
    });
  }

  invoke(request: protocol.ResourceInvokeRequest, reply: Reply<protocol.ResourceInvokeResponse>): void {
    this.#answer(reply, () => {
      const { values } = received(request.getArgs()?.toJavaScript() ?? {});
      const response = new protocol.ResourceInvokeResponse();
      response.setReturn(struct(this.engine.invoke(request.getTok(), values, request.getProvider())));
      return response;
    });
  }

  call(request: protocol.ResourceCallRequest, reply: Reply<never>): void {
    this.#answer(reply, () => {
      throw new Error(`the model of AWS does not know the method ${request.getTok()}`);
    });
  }

  registerPackage(
    request: protocol.RegisterPackageRequest,
    reply: Reply<protocol.RegisterPackageResponse>,
  ): void {
    this.#answer(reply, () => {
      throw new Error(`the model of AWS does not know the package ${request.getName()}`);
    });
  }

  signalAndWaitForShutdown(_request: Empty, reply: Reply<Empty>): void {
    reply(null, new Empty());
  }

  /** Called by the SDK when it disconnects. */
  close(): void {
    this.#transforms.close();
  }

  #answer<T>(reply: Reply<T>, work: () => T): void {
    let response: T;
    try {
      response = work();
    } catch (error) {
      reply(failed(error));
      return;
    }
    reply(null, response);
  }
}
