import { spawn } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type ComposeOptions, engineFor } from "../sandbox/monitor/compose";
import { LogReceiver } from "../sandbox/monitor/logs";
import { type Answer, ResourceMonitor } from "../sandbox/monitor/monitor";
import { root } from "./measure";

type Reply = (error: Partial<grpc.ServiceError> | null, response?: object) => void;

/**
 * Runs the program the other way: in a process of its own, by the SDK's launcher, which calls the same monitor over
 * gRPC. What the planner would do if it did not compose in its own process.
 */
export async function composeOutOfProcess(options: ComposeOptions) {
  const began = process.hrtime.bigint();
  const engine = engineFor(options);
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, handlers(new ResourceMonitor(engine), ResourceMonitorService));
  const logs = new LogReceiver();
  server.addService(EngineService, handlers(logs, EngineService));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  const code = await launch(`127.0.0.1:${port}`, options);
  server.forceShutdown();
  if (code !== 0) throw new Error(`the program ended with code ${code}: ${JSON.stringify(logs.messages)}`);
  return {
    milliseconds: Number(process.hrtime.bigint() - began) / 1e6,
    resources: engine.registrations.length,
  };
}

type Service = { readonly [method: string]: { readonly responseType?: new () => object } };

/** The answer about a resource as the protocol has it, to go over the network. */
function messageOf(answer: Answer): RegisterResourceResponse {
  const message = new RegisterResourceResponse();
  message.setUrn(answer.getUrn());
  message.setId(answer.getId());
  const outputs = answer.getObject().toJavaScript();
  message.setObject(Struct.fromJavaScript(outputs as Parameters<typeof Struct.fromJavaScript>[0]));
  message.setResult(answer.getResult());
  for (const [property, dependencies] of answer.getPropertydependenciesMap()) {
    const list = new RegisterResourceResponse.PropertyDependencies();
    list.setUrnsList(dependencies.getUrnsList());
    message.getPropertydependenciesMap().set(property, list);
  }
  return message;
}

/** The message that goes over the network. The monitor answers a few calls with plain objects, most of them empty. */
function messageFor(response: object | undefined, Message: (new () => object) | undefined) {
  if (response === undefined || Object.getPrototypeOf(response) !== Object.prototype) return response;
  if ("getUrn" in response) return messageOf(response as Answer);
  return Message ? new Message() : response;
}

/** The monitor answers requests and a server hands over calls. */
function handlers(target: object, service: object): grpc.UntypedServiceImplementation {
  const found: grpc.UntypedServiceImplementation = {};
  for (const [name, { responseType }] of Object.entries(service as Service)) {
    found[name] = (call: { request: unknown }, reply: Reply) => {
      const method = (target as { [name: string]: unknown })[name];
      const answer: Reply = (error, response) => reply(error, messageFor(response, responseType));
      if (typeof method === "function") method.call(target, call.request, answer);
      else reply({ code: grpc.status.UNIMPLEMENTED, details: name });
    };
  }
  return found;
}

function launch(address: string, { project = "", stack = "", config = {} }: ComposeOptions): Promise<number> {
  const launcher = require.resolve("@pulumi/pulumi/cmd/run");
  const argv = [
    "--stack-trace-limit=0",
    launcher,
    "--monitor",
    address,
    "--engine",
    address,
    "--project",
    project,
  ];
  const child = spawn(
    process.execPath,
    [...argv, "--stack", stack, "--dry-run", "true", "--pwd", root, "."],
    {
      cwd: root,
      env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: "true", PULUMI_CONFIG: JSON.stringify(config) },
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? -1));
  });
}
