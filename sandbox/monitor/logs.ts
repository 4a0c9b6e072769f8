import * as protocol from "@pulumi/pulumi/proto/engine_pb";

/** How serious a message is. */
export type LogSeverity = "debug" | "info" | "warning" | "error";

/** A message of `pulumi.log`. */
export interface LogMessage {
  readonly severity: LogSeverity;
  readonly message: string;
  /** URN of the resource it is about. */
  readonly urn?: string;
}

const severities: { readonly [severity: number]: LogSeverity } = {
  [protocol.LogSeverity.DEBUG]: "debug",
  [protocol.LogSeverity.INFO]: "info",
  [protocol.LogSeverity.WARNING]: "warning",
  [protocol.LogSeverity.ERROR]: "error",
};

type Reply = (error: null, response: object) => void;

/** The side of the engine that takes messages. */
export class LogReceiver {
  readonly messages: LogMessage[] = [];

  log(request: protocol.LogRequest, reply: Reply): void {
    const severity = severities[request.getSeverity()] ?? "info";
    const urn = request.getUrn();
    // The SDK writes a debug message for every step it takes; nobody asked for those.
    if (severity !== "debug") {
      this.messages.push({ severity, message: request.getMessage(), ...(urn === "" ? {} : { urn }) });
    }
    reply(null, {});
  }

  setRootResource(_request: object, reply: Reply): void {
    reply(null, {});
  }

  /** Called by the SDK when it disconnects. */
  close(): void {}
}
