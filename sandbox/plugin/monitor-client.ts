import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type * as protocol from "@pulumi/pulumi/proto/resource_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** Most bytes of one message: what the Pulumi SDK allows. */
export const maxMessageBytes = 400 * 1024 * 1024;

type Reply<T> = (error: grpc.ServiceError | null, response: T) => void;

/** The engine's resource monitor, as a component's provider calls it. */
export class MonitorClient {
  readonly #client: ResourceMonitorClient;

  /** @param endpoint Address of the monitor, `127.0.0.1:port`. */
  constructor(endpoint: string) {
    const limits = { "grpc.max_receive_message_length": maxMessageBytes };
    this.#client = new ResourceMonitorClient(endpoint, grpc.credentials.createInsecure(), limits);
  }

  /** Registers a resource. */
  register(request: protocol.RegisterResourceRequest): Promise<protocol.RegisterResourceResponse> {
    return answered((reply) => this.#client.registerResource(request, reply));
  }

  /** Says that a component has all its children. */
  registerOutputs(request: protocol.RegisterResourceOutputsRequest): Promise<Empty> {
    return answered((reply) => this.#client.registerResourceOutputs(request, reply));
  }

  /** Calls a function of a provider. */
  invoke(request: protocol.ResourceInvokeRequest): Promise<protocol.ResourceInvokeResponse> {
    return answered((reply) => this.#client.invoke(request, reply));
  }

  /** Hangs up. */
  close(): void {
    this.#client.close();
  }
}

function answered<T>(call: (reply: Reply<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    call((error, response) => (error ? reject(error) : resolve(response)));
  });
}
