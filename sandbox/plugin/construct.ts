import * as grpc from "@grpc/grpc-js";
import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import {
  RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
  type RegisterResourceResponse,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { awsVersion } from "../model/awsx-family";
import {
  type Constructed,
  type Plan,
  planOf,
  resultOf,
  type ZoneQuery,
  zonesAskedFor,
} from "../model/components";
import {
  type Child,
  ConstructionFault,
  type Find,
  needsOf,
  type PlannedChild,
  settle,
} from "../model/planned";
import { problemOf } from "../monitor/refusal";
import { received, resourceReference } from "../monitor/wire";
import { type Bag, knownTexts, UNKNOWN } from "../values";
import { MonitorClient } from "./monitor-client";
import { childRegistration, componentRegistration, structOf } from "./registrations";

/** Why a component was not made, as a gRPC server reports it. */
export class ConstructError extends Error {
  constructor(
    readonly code: grpc.status,
    /** The words the engine prints after the name of the component. */
    readonly details: string,
  ) {
    super(details);
    this.name = "ConstructError";
  }
}

/**
 * Makes a component: registers it, each of its children as soon as those it needs are there, and its outputs.
 *
 * @throws {ConstructError} for arguments that are refused, in the words of the model, and for a child that could not be
 * registered, once the others under way have been.
 */
export async function construct(request: ConstructRequest): Promise<ConstructResponse> {
  const monitor = new MonitorClient(request.getMonitorendpoint());
  try {
    return await new Builder(request, monitor).build();
  } catch (error) {
    if (!(error instanceof ConstructionFault)) throw error;
    const problems = error.failures.map((failure) => problemOf(request.getName(), failure));
    throw new ConstructError(grpc.status.INVALID_ARGUMENT, problems.join("\n"));
  } finally {
    monitor.close();
  }
}

class Builder {
  readonly #request: ConstructRequest;
  readonly #monitor: MonitorClient;

  constructor(request: ConstructRequest, monitor: MonitorClient) {
    this.#request = request;
    this.#monitor = monitor;
  }

  async build(): Promise<ConstructResponse> {
    const request = this.#request;
    const type = request.getType();
    const inputs = (request.getInputs()?.toJavaScript() ?? {}) as Bag;
    const query = zonesAskedFor(type, inputs);
    const component = (await this.#register(componentRegistration(request))).getUrn();
    const plan = planOf({
      type,
      name: request.getName(),
      inputs,
      propertyDependencies: listed(request),
      zones: query ? await this.#zones(query) : [],
    });
    const find = await this.#children(plan, component);
    const outputs = new RegisterResourceOutputsRequest();
    outputs.setUrn(component);
    outputs.setOutputs(structOf({}));
    await this.#monitor.registerOutputs(outputs);
    return responseOf(component, resultOf(plan, find, reference));
  }

  /** Registers all children, side by side where they do not need each other. */
  async #children({ children }: Plan, component: string): Promise<Find> {
    const promises = new Map<PlannedChild, Promise<void>>();
    const made = new Map<PlannedChild, Child>();
    const find: Find = (child) => made.get(child) as Child;
    const failures: unknown[] = [];
    const register = async (child: PlannedChild) => {
      await Promise.all(needsOf(child).map((other) => promises.get(other)));
      // After a failure those under way come to an end, and no other is begun.
      if (failures.length > 0) return;
      const settled = settle(child, component, find);
      made.set(child, childOf(await this.#register(childRegistration(settled, this.#request))));
    };
    for (const child of children) {
      promises.set(
        child,
        register(child).catch((error) => void failures.push(error)),
      );
    }
    await Promise.all(promises.values());
    if (failures.length > 0) throw failures[0];
    return find;
  }

  async #register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const what = `${request.getName()} [${request.getType()}]`;
    return await this.#monitor.register(request).catch((error: grpc.ServiceError) => {
      // The engine stops on its own: there is nothing to add.
      const stops = error.code === grpc.status.UNAVAILABLE || error.code === grpc.status.CANCELLED;
      const reason = stops ? "Resource monitor is terminating" : error.message;
      throw new ConstructError(error.code, `failed to register new resource ${what}: ${reason}`);
    });
  }

  /** Asks the provider of the children which zones its region has. */
  async #zones({ region }: ZoneQuery): Promise<string[]> {
    const request = new ResourceInvokeRequest();
    request.setTok("aws:index/getAvailabilityZones:getAvailabilityZones");
    request.setArgs(structOf(region === undefined ? {} : { region }));
    request.setProvider(this.#request.getProvidersMap().get("aws") ?? "");
    request.setVersion(awsVersion);
    request.setAcceptresources(true);
    const response = await this.#monitor.invoke(request);
    const reasons = response.getFailuresList().map((failure) => failure.getReason());
    if (reasons.length > 0) {
      throw new ConstructError(grpc.status.UNKNOWN, `getAvailabilityZones failed: ${reasons.join("; ")}`);
    }
    const { values } = received(response.getReturn()?.toJavaScript() ?? {});
    return knownTexts(values.names) ?? [];
  }
}

function listed(request: ConstructRequest): { [property: string]: string[] } {
  const all = request.getInputdependenciesMap();
  const properties = [...all.keys()];
  return Object.fromEntries(properties.map((property) => [property, all.get(property)?.getUrnsList() ?? []]));
}

/** An empty id is how the engine says that a resource is yet to be made. */
function childOf(answer: RegisterResourceResponse): Child {
  const outputs = (answer.getObject()?.toJavaScript() ?? {}) as Bag;
  return { urn: answer.getUrn(), id: answer.getId() || UNKNOWN, outputs };
}

/** The engine reads type and name off the URN, and an id that is not known as unknown. */
function reference(child: Child & PlannedChild): Bag {
  const { type: _, name: __, ...written } = resourceReference(child);
  return { ...written, id: child.id };
}

function responseOf(component: string, { outputs, dependencies }: Constructed): ConstructResponse {
  const response = new ConstructResponse();
  response.setUrn(component);
  response.setState(structOf(outputs));
  for (const [output, urns] of dependencies) {
    const waitsFor = new ConstructResponse.PropertyDependencies();
    waitsFor.setUrnsList([...urns]);
    response.getStatedependenciesMap().set(output, waitsFor);
  }
  return response;
}
