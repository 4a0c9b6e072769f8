import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as protocol from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Answer, answerIn, listOf } from "./encoding";
import type { PackProcess } from "./process";
import type { Settled } from "./reconcile";
import { wireLevel } from "./wire-levels";

type Callback<T> = (error: grpc.ServiceError | null, response?: T) => void;

// A stack in one message passes gRPC's four megabytes easily; the engine allows this much.
const mostBytes = 400 * 1024 * 1024;

/** A started policy pack that answers questions. */
export class PackClient {
  readonly #client: AnalyzerClient;

  private constructor(
    readonly process: PackProcess,
    port: number,
  ) {
    this.#client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": mostBytes,
      "grpc.max_send_message_length": mostBytes,
      // What the pack may send before it hears that something of it was read: with the usual 64 KB it waits for the planner
      // after every few answers.
      "grpc-node.flow_control_window": 16 * 1024 * 1024,
      // One process next door neither fails now and then nor needs an account of the connection.
      "grpc.enable_retries": 0,
      "grpc.enable_channelz": 0,
      // A proxy in the environment is for the network, not for the process next door.
      "grpc.enable_http_proxy": 0,
    });
  }

  /** Waits for the pack to be there. */
  static async connect(pack: PackProcess): Promise<PackClient> {
    return new PackClient(pack, await pack.port());
  }

  /** What the pack is and which policies it holds. */
  info(): Promise<protocol.AnalyzerInfo> {
    return this.#call("say what it holds", (done, options) => {
      return this.#client.getAnalyzerInfo(new Empty(), new grpc.Metadata(), options, done);
    });
  }

  /** Tells the pack how each policy is set. */
  async configure(settled: ReadonlyMap<string, Settled>): Promise<void> {
    const request = new protocol.ConfigureAnalyzerRequest();
    for (const [name, { level, properties }] of settled) {
      const config = new protocol.PolicyConfig();
      config.setEnforcementlevel(wireLevel(level));
      config.setProperties(Struct.fromJavaScript(properties as Parameters<typeof Struct.fromJavaScript>[0]));
      request.getPolicyconfigMap().set(name, config);
    }
    await this.#call("take its config", (done: Callback<unknown>, options) => {
      return this.#client.configure(request, new grpc.Metadata(), options, done);
    });
  }

  /** Has one resource judged, which comes as `analyzeRequest` encodes it. */
  analyze(name: string, request: Uint8Array): Promise<Answer> {
    return this.#send(`judge ${name}`, AnalyzerService.analyze.path, request, answerIn);
  }

  /** Has the policies at level "remediate" change one resource. */
  remediate(name: string, request: Uint8Array): Promise<protocol.RemediateResponse> {
    const { path, responseDeserialize } = AnalyzerService.remediate;
    return this.#send(`remedy ${name}`, path, request, responseDeserialize);
  }

  /** Has the finished stack judged, its resources as `stackResource` encodes them. */
  analyzeStack(resources: readonly Uint8Array[]): Promise<Answer> {
    return this.#send("judge the stack", AnalyzerService.analyzeStack.path, listOf(resources), answerIn);
  }

  /** Hangs up. */
  close(): void {
    this.#client.close();
  }

  /** Sends what is encoded already. */
  #send<T>(what: string, path: string, message: Uint8Array, decode: (answer: Buffer) => T): Promise<T> {
    return this.#call(what, (done, options) => {
      const metadata = new grpc.Metadata();
      return this.#client.makeUnaryRequest(path, asBuffer, decode, message, metadata, options, done);
    });
  }

  #call<T>(what: string, start: (done: Callback<T>, options: grpc.CallOptions) => unknown): Promise<T> {
    const { timeoutSeconds } = this.process.context;
    const deadline = Date.now() + timeoutSeconds * 1000;
    return new Promise((resolve, reject) => {
      const done: Callback<T> = (error, response) => {
        if (error) reject(this.#failure(what, error));
        else resolve(response as T);
      };
      start(done, { deadline });
    });
  }

  #failure(what: string, { code, details }: grpc.ServiceError): Error {
    const { timeoutSeconds } = this.process.context;
    if (code === grpc.status.DEADLINE_EXCEEDED) {
      return this.process.failure(`did not ${what} within ${timeoutSeconds} seconds`);
    }
    if (code === grpc.status.UNAVAILABLE) return this.process.failure(`ended when it was to ${what}`);
    return this.process.failure(`could not ${what}: ${withoutFrames(details)}`);
  }
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** The SDK sends an exception with its stack; only what it says is for the reader. */
function withoutFrames(details: string): string {
  const lines = details.split("\n").filter((line) => !/^\s+at /.test(line));
  return lines.join("\n").trim();
}
