import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { Account, type Storage } from "../../../sandbox/account/account";
import type { Failure } from "../../../sandbox/model/kind";
import { World } from "../../../sandbox/model/world";
import { type Serving, serveAccount } from "../../../sandbox/plugin/server";
import type { Bag } from "../../../sandbox/values";

/** Properties as a message, by Google's own conversion. */
export function struct(values: Bag): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

function bag(properties: Struct | undefined): Bag {
  return (properties?.toJavaScript() ?? {}) as Bag;
}

/** A value as the engine marks it secret. */
export function secret(value: Bag[string]): Bag {
  return { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value };
}

/** The answer to a call; a refusal is its whole text. */
export function asked<T>(call: (reply: (error: grpc.ServiceError | null, answer: T) => void) => unknown) {
  return new Promise<T>((resolve, reject) => {
    call((error, answer) => (error ? reject(new Error(error.details)) : resolve(answer)));
  });
}

/** What a call that has to fail says. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  const answer = await call.catch((error: Error) => error);
  if (answer instanceof Error) return answer.message;
  throw new Error(`it was not refused, but answered ${JSON.stringify(answer)}`);
}

/** A resource that has been made. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
}

/** Further particulars of a check. */
export interface CheckOptions {
  readonly name?: string;
  readonly olds?: Bag;
  readonly seed?: string;
  readonly autonaming?: { readonly proposedName: string; readonly mode: "PROPOSE" | "ENFORCE" | "DISABLE" };
}

/** What a diff says. */
export interface Diff {
  readonly changes: "none" | "some" | "unknown";
  readonly replaces: readonly string[];
  readonly diffs: readonly string[];
  readonly deleteBeforeReplace: boolean;
  /** `ADD`, `UPDATE_REPLACE` and so on, by path. */
  readonly details: { readonly [path: string]: string };
}

interface About {
  setUrn(urn: string): unknown;
  setName(name: string): unknown;
  setType(type: string): unknown;
}

function about<T extends About>(message: T, type: string, name: string): T {
  message.setUrn(`urn:pulumi:stack::project::${type}::${name}`);
  message.setType(type);
  message.setName(name);
  return message;
}

/** One connection to the plugin, as the engine has one for each provider of a stack. */
export class Connection {
  readonly rpc: ResourceProviderClient;

  constructor(port: number) {
    // Otherwise all clients of a process share a connection.
    const options = { "grpc.use_local_subchannel_pool": 1 };
    this.rpc = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
  }

  async configure(config: Bag): Promise<messages.ConfigureResponse> {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    return asked((reply) => this.rpc.configure(request, reply));
  }

  /** What a provider's configuration comes to. */
  async checkConfig(config: Bag, type = "pulumi:providers:aws") {
    const request = about(new messages.CheckRequest(), type, "default");
    request.setNews(struct(config));
    return checked(await asked((reply) => this.rpc.checkConfig(request, reply)));
  }

  async diffConfig(oldInputs: Bag, news: Bag): Promise<Diff> {
    const request = about(new messages.DiffRequest(), "pulumi:providers:aws", "default");
    request.setOldInputs(struct(oldInputs));
    request.setOlds(struct(oldInputs));
    request.setNews(struct(news));
    return compared(await asked((reply) => this.rpc.diffConfig(request, reply)));
  }

  async check(type: string, news: Bag, options: CheckOptions = {}) {
    const { name = "x", olds, seed = "seed", autonaming } = options;
    const request = about(new messages.CheckRequest(), type, name);
    request.setNews(struct(news));
    if (olds) request.setOlds(struct(olds));
    request.setRandomseed(Buffer.from(seed));
    if (autonaming) {
      const proposal = new messages.CheckRequest.AutonamingOptions();
      proposal.setProposedName(autonaming.proposedName);
      proposal.setMode(messages.CheckRequest.AutonamingOptions.Mode[autonaming.mode]);
      request.setAutonaming(proposal);
    }
    return checked(await asked((reply) => this.rpc.check(request, reply)));
  }

  async diff(resource: Resource, news: Bag, ignoreChanges: readonly string[] = []): Promise<Diff> {
    const request = about(new messages.DiffRequest(), resource.type, resource.name);
    request.setId(resource.id);
    request.setOlds(struct(resource.outputs));
    request.setOldInputs(struct(resource.inputs));
    request.setNews(struct(news));
    request.setIgnorechangesList([...ignoreChanges]);
    return compared(await asked((reply) => this.rpc.diff(request, reply)));
  }

  async create(type: string, name: string, inputs: Bag, preview = false) {
    const request = about(new messages.CreateRequest(), type, name);
    request.setProperties(struct(inputs));
    request.setPreview(preview);
    const response = await asked<messages.CreateResponse>((reply) => this.rpc.create(request, reply));
    return { id: response.getId(), outputs: bag(response.getProperties()) };
  }

  /** Looks a resource up: one that is known when properties are given, else one to be imported. */
  async read(type: string, id: string, properties: Bag = {}, inputs: Bag = {}) {
    const request = about(new messages.ReadRequest(), type, "x");
    request.setId(id);
    request.setProperties(struct(properties));
    request.setInputs(struct(inputs));
    const response = await asked<messages.ReadResponse>((reply) => this.rpc.read(request, reply));
    return {
      id: response.getId(),
      outputs: bag(response.getProperties()),
      inputs: bag(response.getInputs()),
    };
  }

  async update(
    resource: Resource,
    news: Bag,
    options: { readonly preview?: boolean; readonly ignoreChanges?: readonly string[] } = {},
  ): Promise<Bag> {
    const request = about(new messages.UpdateRequest(), resource.type, resource.name);
    request.setId(resource.id);
    request.setOlds(struct(resource.outputs));
    request.setOldInputs(struct(resource.inputs));
    request.setNews(struct(news));
    request.setPreview(options.preview ?? false);
    request.setIgnorechangesList([...(options.ignoreChanges ?? [])]);
    const response = await asked<messages.UpdateResponse>((reply) => this.rpc.update(request, reply));
    return bag(response.getProperties());
  }

  async delete({ type, name, id, outputs }: Resource): Promise<void> {
    const request = about(new messages.DeleteRequest(), type, name);
    request.setId(id);
    request.setProperties(struct(outputs));
    await asked((reply) => this.rpc.delete(request, reply));
  }

  async invoke(token: string, args: Bag): Promise<Bag> {
    const request = new messages.InvokeRequest();
    request.setTok(token);
    request.setArgs(struct(args));
    const response = await asked<messages.InvokeResponse>((reply) => this.rpc.invoke(request, reply));
    return bag(response.getReturn());
  }

  /** Checks what a program asks for, with nothing wrong with it. */
  async taken(type: string, news: Bag, options: CheckOptions = {}): Promise<Bag> {
    const { inputs, failures } = await this.check(type, news, options);
    if (failures.length > 0) throw new Error(JSON.stringify(failures));
    return inputs;
  }

  /** Checks and makes a resource, as a first deployment does. */
  async make(type: string, news: Bag, name = "x"): Promise<Resource> {
    const inputs = await this.taken(type, news, { name, seed: name });
    return { type, name, inputs, ...(await this.create(type, name, inputs)) };
  }

  /** Checks what a program asks for now and compares it with what there is, as a further deployment does. */
  async compare(resource: Resource, news: Bag, ignoreChanges: readonly string[] = []): Promise<Diff> {
    return this.diff(resource, await this.again(resource, news), ignoreChanges);
  }

  /** Checks what a program asks for now of a resource that there is. */
  async again({ type, name, inputs }: Resource, news: Bag): Promise<Bag> {
    return this.taken(type, news, { name, olds: inputs });
  }

  close(): void {
    this.rpc.close();
  }
}

function checked(response: messages.CheckResponse): { inputs: Bag; failures: Failure[] } {
  const failures = response
    .getFailuresList()
    .map((failure) => ({ property: failure.getProperty(), reason: failure.getReason() }));
  return { inputs: bag(response.getInputs()), failures };
}

function compared(response: messages.DiffResponse): Diff {
  const details: { [path: string]: string } = {};
  const kinds = Object.entries(messages.PropertyDiff.Kind);
  response.getDetaileddiffMap().forEach((detail, path) => {
    details[path] = kinds.find(([, kind]) => kind === detail.getKind())?.[0] ?? "";
  });
  return {
    changes: (["unknown", "none", "some"] as const)[response.getChanges()],
    replaces: response.getReplacesList(),
    diffs: response.getDiffsList(),
    deleteBeforeReplace: response.getDeletebeforereplace(),
    details,
  };
}

/** A plugin that is running, over an account in memory. */
export class Plugin {
  readonly #connections: Connection[] = [];

  private constructor(
    readonly world: World,
    private readonly serving: Serving,
    private readonly counted: { readonly times: number },
    /** Where the resources with these ids are secret in the account. */
    readonly secrets: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** How often the account was written down. */
  get written(): number {
    return this.counted.times;
  }

  static async start(): Promise<Plugin> {
    const world = new World({ preview: false, region: "us-east-1", accountId: "123456789012" });
    const written = { times: 0 };
    const secrets = new Map<string, readonly string[]>();
    const state = { accountId: "123456789012", made: 0, salt: "salt", faults: [], quotas: {} };
    const storage: Storage = {
      world,
      state,
      newSeed: (urn) => `${urn}#${++state.made}`,
      keepSecret: ({ id }, paths) => secrets.set(id, paths),
      noteOf: () => ({ createdAt: "2026-01-01T00:00:00Z", secrets: [] }),
      async changed() {
        written.times++;
      },
    };
    const account = new Account(storage, { crash: () => undefined });
    return new Plugin(world, await serveAccount(account), written, secrets);
  }

  /** Connects to it without configuring anything. */
  connect(): Connection {
    const connection = new Connection(this.serving.port);
    this.#connections.push(connection);
    return connection;
  }

  /** Connects to it as a provider with a configuration. */
  async provider(config: Bag = { region: "us-east-1" }): Promise<Connection> {
    const connection = this.connect();
    await connection.configure(config);
    return connection;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.close();
    await this.serving.close();
  }
}
