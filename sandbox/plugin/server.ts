import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Account } from "../account/account";
import { WorldFile } from "../account/world-file";
import { AwsProvider } from "./aws-provider";
import { construct } from "./construct";
import { Protocol } from "./protocol";

/** A provider plugin that is running. */
export interface Serving {
  /** Where the engine finds it, on this machine only. */
  readonly port: number;
  /** Ends it, once what it is doing is done. */
  close(): Promise<void>;
}

/** Which account is served, and how. */
export interface ServeOptions {
  /** The account: `world.json` in the sandbox's folder. */
  readonly worldFile: string;
  /** What the user started, for the message others get who want the account meanwhile. */
  readonly purpose: string;
  /**
   * How long everything takes, in times what it takes on AWS.
   * @default 0, everything is done at once
   */
  readonly realtime?: number;
  /** Called when a fault has the provider crash: the engine must go too. */
  readonly onCrash: () => void;
}

/** A stack's properties may be long: user data, policies, dashboards. */
const mostBytes = 400 * 1024 * 1024;

/**
 * Serves the account in a file to the engine, as the providers `aws` and `awsx`.
 *
 * @throws {AccountError} while another process has the account, or for a file that is none.
 */
export async function serve({ worldFile, purpose, realtime = 0, onCrash }: ServeOptions): Promise<Serving> {
  const file = WorldFile.open(worldFile, { purpose });
  try {
    const { port, close } = await serveAccount(new Account(file, { realtime, crash: onCrash }));
    return {
      port,
      close: async () => {
        await close();
        await file.close();
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Serves an account that somebody else opens and closes. */
export async function serveAccount(account: Account): Promise<Serving> {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": mostBytes,
    "grpc.max_send_message_length": mostBytes,
  });
  const { handlers } = new Protocol(new AwsProvider(account), construct);
  server.addService(ResourceProviderService as unknown as grpc.ServiceDefinition, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return {
    port,
    // Calls that are answered never, after a crash, must not keep it open.
    close: async () => server.forceShutdown(),
  };
}
