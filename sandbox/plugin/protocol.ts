import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Failure } from "../model/kind";
import { schema } from "../model/type-schema";
import { type Bag, memberOf, UNKNOWN } from "../values";
import type { AwsProvider, ChangeRequest, Named, Settings } from "./aws-provider";
import { checkConfig, settingsOf } from "./config";
import { closed, type Opened, opened } from "./messages";
import type { Autonaming } from "./naming";
import { packageSchema } from "./package-schema";
import { propertyOf } from "./paths";
import { secretsOf } from "./secrets";

/** Answers one kind of request of the engine. */
type Handler<Request, Response> = (request: Request, peer: string) => Response | Promise<Response>;

interface About {
  getUrn(): string;
  getName(): string;
  getType(): string;
}

/** What a request is about; engines before 3.144 send only the URN. */
function named(request: About): Named {
  const urn = request.getUrn();
  // Whatever stands in a name, it is the rest.
  const [, , types = "", ...name] = urn.split("::");
  return {
    urn,
    type: request.getType() || (types.split("$").at(-1) ?? ""),
    name: request.getName() || name.join("::"),
  };
}

function failuresOf(failures: readonly Failure[]): messages.CheckFailure[] {
  return failures.map(({ property, reason }) => {
    const failure = new messages.CheckFailure();
    failure.setProperty(property ?? "");
    failure.setReason(reason);
    return failure;
  });
}

function autonamingOf(request: messages.CheckRequest): { readonly autonaming?: Autonaming } {
  const given = request.getAutonaming();
  if (!given) return {};
  const { PROPOSE, DISABLE } = messages.CheckRequest.AutonamingOptions.Mode;
  const mode = given.getMode() === PROPOSE ? "propose" : given.getMode() === DISABLE ? "disable" : "enforce";
  return { autonaming: { proposedName: given.getProposedName(), mode } };
}

/** Properties as a message, secret where those they are made from were. */
function answer(values: Bag, { secretPaths }: Opened, type = "") {
  return closed(values, [...withAllTags(secretPaths), ...secretsOf(type)]);
}

/** Outputs as a message; AWS's provider has the id among them. */
function outputsOf(id: string, outputs: Bag, from: Opened, type: string) {
  return answer({ ...outputs, id }, from, type);
}

/** A secret tag is one among all tags too. */
function withAllTags(secretPaths: readonly string[]): string[] {
  const tags = secretPaths.filter((path) => propertyOf(path) === "tags");
  return [...new Set([...secretPaths, ...tags.map((path) => path.replace(/^tags/, "tagsAll"))])];
}

/** The engine's protocol for providers: translates between its messages and `AwsProvider`, which decides. */
export class Protocol {
  /** Settings by connection: the engine connects once for each provider resource. */
  readonly #settings = new Map<string, Settings>();

  constructor(
    private readonly provider: AwsProvider,
    private readonly construct: (request: messages.ConstructRequest) => Promise<messages.ConstructResponse>,
  ) {}

  /** The handlers, by method of the protocol. */
  get handlers(): grpc.UntypedServiceImplementation {
    return {
      handshake: answered(() => this.#handshake()),
      attach: answered(() => new Empty()),
      cancel: answered(() => new Empty()),
      getPluginInfo: answered(() => {
        const info = new PluginInfo();
        info.setVersion(schema().version);
        return info;
      }),
      getSchema: answered((request: messages.GetSchemaRequest) => this.#getSchema(request)),
      checkConfig: answered((request: messages.CheckRequest) => this.#checkConfig(request)),
      diffConfig: answered((request: messages.DiffRequest) => this.#diffConfig(request)),
      configure: answered((request: messages.ConfigureRequest, peer) => this.#configure(request, peer)),
      check: answered((request: messages.CheckRequest, peer) => this.#check(request, peer)),
      diff: answered((request: messages.DiffRequest, peer) => this.#diff(request, peer)),
      create: answered((request: messages.CreateRequest, peer) => this.#create(request, peer)),
      read: answered((request: messages.ReadRequest, peer) => this.#read(request, peer)),
      update: answered((request: messages.UpdateRequest, peer) => this.#update(request, peer)),
      delete: answered((request: messages.DeleteRequest) => this.#delete(request)),
      invoke: answered((request: messages.InvokeRequest, peer) => this.#invoke(request, peer)),
      construct: answered((request: messages.ConstructRequest) => this.construct(request)),
    };
  }

  #of(peer: string): Settings {
    const settings = this.#settings.get(peer);
    if (!settings) throw new Error("the provider has not been configured");
    return settings;
  }

  #handshake(): messages.ProviderHandshakeResponse {
    const response = new messages.ProviderHandshakeResponse();
    response.setAcceptSecrets(true);
    response.setAcceptOutputs(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  #getSchema(request: messages.GetSchemaRequest): messages.GetSchemaResponse {
    if (request.getVersion() !== 0) throw new Error(`unsupported schema version ${request.getVersion()}`);
    const response = new messages.GetSchemaResponse();
    response.setSchema(JSON.stringify(packageSchema()));
    return response;
  }

  #checkConfig(request: messages.CheckRequest): messages.CheckResponse {
    const { type } = named(request);
    const news = opened(request.getNews());
    const { inputs, failures } = checkConfig(type, news.values, process.env);
    const response = new messages.CheckResponse();
    response.setInputs(answer(inputs, news, type));
    response.setFailuresList(failuresOf(failures));
    return response;
  }

  /** Resources compare their region themselves: the provider itself never has to be replaced. */
  #diffConfig(request: messages.DiffRequest): messages.DiffResponse {
    const olds = opened(request.getOldInputs() ?? request.getOlds()).values;
    const news = opened(request.getNews()).values;
    const differs = (key: string) => !isDeepStrictEqual(memberOf(olds, key), memberOf(news, key));
    const changed = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(differs);
    const response = new messages.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    response.setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE);
    response.setDiffsList(changed);
    return response;
  }

  #configure(request: messages.ConfigureRequest, peer: string): messages.ConfigureResponse {
    this.#settings.set(peer, settingsOf(opened(request.getArgs()).values));
    const response = new messages.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setAcceptoutputs(true);
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  #check(request: messages.CheckRequest, peer: string): messages.CheckResponse {
    const news = opened(request.getNews());
    const { inputs, failures } = this.provider.check(
      {
        ...named(request),
        olds: opened(request.getOlds()).values,
        news: news.values,
        seed: request.getRandomseed_asB64() || randomUUID(),
        ...autonamingOf(request),
      },
      this.#of(peer),
    );
    const response = new messages.CheckResponse();
    response.setInputs(answer(inputs, news, named(request).type));
    response.setFailuresList(failuresOf(failures));
    return response;
  }

  #diff(request: messages.DiffRequest, peer: string): messages.DiffResponse {
    const { differences, replaces, deleteBeforeReplace } = this.provider.diff(
      changeOf(request),
      this.#of(peer),
    );
    const response = new messages.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    response.setChanges(differences.length > 0 ? DIFF_SOME : DIFF_NONE);
    response.setReplacesList([...replaces]);
    response.setDiffsList([...new Set(differences.map(({ path }) => propertyOf(path)))]);
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    const kinds = messages.PropertyDiff.Kind;
    for (const { path, kind, replaces: replacing } of differences) {
      const detail = new messages.PropertyDiff();
      const plain = { add: kinds.ADD, delete: kinds.DELETE, update: kinds.UPDATE }[kind];
      const making = { add: kinds.ADD_REPLACE, delete: kinds.DELETE_REPLACE, update: kinds.UPDATE_REPLACE }[
        kind
      ];
      detail.setKind(replacing ? making : plain);
      response.getDetaileddiffMap().set(path, detail);
    }
    return response;
  }

  async #create(request: messages.CreateRequest, peer: string): Promise<messages.CreateResponse> {
    const properties = opened(request.getProperties());
    const wanted = {
      ...named(request),
      inputs: properties.values,
      secretPaths: withAllTags(properties.secretPaths),
    };
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      const outputs = this.provider.planned(wanted, this.#of(peer));
      response.setProperties(outputsOf(UNKNOWN, outputs, properties, wanted.type));
      return response;
    }
    const { id, outputs } = await this.provider.create(wanted, this.#of(peer));
    response.setId(id);
    response.setProperties(outputsOf(id, outputs, properties, wanted.type));
    return response;
  }

  async #read(request: messages.ReadRequest, peer: string): Promise<messages.ReadResponse> {
    const properties = opened(request.getProperties());
    const inputs = opened(request.getInputs());
    const found = await this.provider.read(
      { ...named(request), id: request.getId(), properties: properties.values, inputs: inputs.values },
      this.#of(peer),
    );
    const response = new messages.ReadResponse();
    if (!found) return response;
    response.setId(found.id);
    const { type } = named(request);
    response.setProperties(outputsOf(found.id, found.outputs, properties, type));
    response.setInputs(answer(found.inputs, inputs, type));
    return response;
  }

  async #update(request: messages.UpdateRequest, peer: string): Promise<messages.UpdateResponse> {
    const news = opened(request.getNews());
    const change = { ...changeOf(request), secretPaths: withAllTags(news.secretPaths) };
    const outputs = request.getPreview()
      ? this.provider.changing(change, this.#of(peer))
      : (await this.provider.update(change, this.#of(peer))).outputs;
    const response = new messages.UpdateResponse();
    response.setProperties(outputsOf(change.id, outputs, news, change.type));
    return response;
  }

  async #delete(request: messages.DeleteRequest): Promise<Empty> {
    await this.provider.delete({ ...named(request), id: request.getId() });
    return new Empty();
  }

  #invoke(request: messages.InvokeRequest, peer: string): messages.InvokeResponse {
    const args = opened(request.getArgs());
    const result = this.provider.invoke(request.getTok(), args.values, this.#of(peer));
    if ("failure" in result) throw new Error(`invoking ${request.getTok()}: ${result.failure}`);
    const response = new messages.InvokeResponse();
    response.setReturn(answer(result.outputs, args));
    return response;
  }
}

function changeOf(request: messages.DiffRequest | messages.UpdateRequest): ChangeRequest {
  return {
    ...named(request),
    id: request.getId(),
    olds: opened(request.getOlds()).values,
    oldInputs: opened(request.getOldInputs()).values,
    news: opened(request.getNews()).values,
    ignoreChanges: request.getIgnorechangesList(),
  };
}

/** A gRPC method made of a handler; what the handler throws is the answer's error. */
function answered<Request, Response>(
  handle: Handler<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, reply) => {
    Promise.resolve()
      .then(() => handle(call.request, call.getPeer()))
      .then(
        (response) => reply(null, response),
        (error: unknown) => {
          const details = error instanceof Error ? error.message : String(error);
          reply({ code: grpc.status.UNKNOWN, details });
        },
      );
  };
}
