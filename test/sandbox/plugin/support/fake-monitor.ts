import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as protocol from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Bag, Registration } from "../../../../sandbox";
import { engineFor } from "../../../../sandbox/monitor/compose";
import { goalOf } from "../../../../sandbox/monitor/goal";
import { structOf } from "../../../../sandbox/plugin/registrations";

/** How a fake monitor behaves. */
export interface FakeOptions {
  /** @default false */
  readonly preview?: boolean;
  /** Waited for before a registration is answered. */
  readonly before?: (request: protocol.RegisterResourceRequest) => Promise<void> | void;
  /** What an answer holds, in place of what the model says. */
  readonly outputs?: (request: protocol.RegisterResourceRequest, outputs: Bag) => Bag;
  /** What a function answers, in place of what the model says. */
  readonly invoke?: (request: protocol.ResourceInvokeRequest) => protocol.ResourceInvokeResponse;
}

/** The engine's resource monitor over gRPC, with the model of AWS behind it. */
export class FakeMonitor {
  /** Registrations as they came. */
  readonly requests: protocol.RegisterResourceRequest[] = [];
  /** URNs of components that are complete, with the outputs they registered. */
  readonly completed: (readonly [string, Bag])[] = [];
  readonly invokes: protocol.ResourceInvokeRequest[] = [];
  /** The most registrations that were under way at once. */
  mostAtOnce = 0;
  /** Registrations that have not been answered. */
  underWay = 0;
  readonly #server = new grpc.Server();
  readonly #engine;
  readonly #options: FakeOptions;

  private constructor(options: FakeOptions) {
    this.#options = options;
    this.#engine = engineFor({ preview: options.preview ?? false });
    const methods = {
      registerResource: serve((request: protocol.RegisterResourceRequest) => this.#register(request)),
      registerResourceOutputs: serve((request: protocol.RegisterResourceOutputsRequest) => {
        this.completed.push([request.getUrn(), (request.getOutputs()?.toJavaScript() ?? {}) as Bag]);
        return new Empty();
      }),
      invoke: serve((request: protocol.ResourceInvokeRequest) => this.#invoke(request)),
    };
    // The other methods of the service are never called.
    this.#server.addService(ResourceMonitorService, methods as unknown as grpc.UntypedServiceImplementation);
  }

  /** Starts one, and runs something against its address. */
  static async during<T>(
    options: FakeOptions,
    run: (monitor: FakeMonitor, endpoint: string) => Promise<T>,
  ): Promise<T> {
    const monitor = new FakeMonitor(options);
    const port = await new Promise<number>((resolve, reject) => {
      const credentials = grpc.ServerCredentials.createInsecure();
      monitor.#server.bindAsync("127.0.0.1:0", credentials, (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    try {
      return await run(monitor, `127.0.0.1:${port}`);
    } finally {
      monitor.stop();
    }
  }

  /** Registrations as the engine sees them, without the providers it started. */
  get registrations(): Registration[] {
    return this.#engine.registrations.filter(({ type }) => !type.startsWith("pulumi:"));
  }

  /** Goes away at once. */
  stop(): void {
    this.#server.forceShutdown();
  }

  async #register(request: protocol.RegisterResourceRequest): Promise<protocol.RegisterResourceResponse> {
    this.requests.push(request);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.underWay);
    try {
      await this.#options.before?.(request);
      const { urn, wireId, wireOutputs } = this.#engine.register(goalOf(request));
      const response = new protocol.RegisterResourceResponse();
      response.setUrn(urn);
      response.setId(wireId);
      response.setObject(structOf(this.#options.outputs?.(request, wireOutputs) ?? wireOutputs));
      return response;
    } finally {
      this.underWay--;
    }
  }

  #invoke(request: protocol.ResourceInvokeRequest): protocol.ResourceInvokeResponse {
    this.invokes.push(request);
    if (this.#options.invoke) return this.#options.invoke(request);
    const args = (request.getArgs()?.toJavaScript() ?? {}) as Bag;
    const response = new protocol.ResourceInvokeResponse();
    response.setReturn(structOf(this.#engine.invoke(request.getTok(), args, request.getProvider())));
    return response;
  }
}

function serve<Request, Response>(work: (request: Request) => Response | Promise<Response>) {
  return ({ request }: { request: Request }, reply: grpc.sendUnaryData<Response>): void => {
    Promise.resolve()
      .then(() => work(request))
      .then(
        (response) => reply(null, response),
        ({ message }: Error) => reply({ code: grpc.status.UNKNOWN, details: message }),
      );
  };
}
