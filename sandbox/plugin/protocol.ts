import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Failure } from "../model/kind";
import { schema } from "../model/type-schema";
import { secretResults } from "../monitor/secrets";
import { type Bag, UNKNOWN } from "../values";
import type { Autonaming, AwsProvider, ChangeRequest, Named, Settings } from "./aws-provider";
import { checkConfig, settingsOf } from "./config";
import { closed, type Opened, opened } from "./messages";

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
  const [, , types = "", name = ""] = urn.split("::");
  return {
    urn,
    type: request.getType() || (types.split("$").at(-1) ?? ""),
    name: request.getName() || name,
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

/** Outputs as a message, secret where the inputs were; AWS's provider has the id among them. */
function outputsOf(id: string, outputs: Bag, { secretPaths }: Opened) {
  return closed({ ...outputs, id }, secretResults(secretPaths, [], outputs));
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
      checkConfig: answered((request: messages.CheckRequest) => this.#checkConfig(request)),
      diffConfig: answered((request: messages.DiffRequest) => this.#diffConfig(request)),
      configure: answered((request: messages.ConfigureRequest, peer) => this.#configure(request, peer)),
      check: answered((request: messages.CheckRequest, peer) => this.#check(request, peer)),
      diff: answered((request: messages.DiffRequest, peer) => this.#diff(request, peer)),
      create: answered((request: messages.CreateRequest, peer) => this.#create(request, peer)),
      read: answered((request: messages.ReadRequest) => this.#read(request)),
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
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  #checkConfig(request: messages.CheckRequest): messages.CheckResponse {
    const { values, secretPaths } = opened(request.getNews());
    const { inputs, failures } = checkConfig(named(request).type, values, process.env);
    const response = new messages.CheckResponse();
    response.setInputs(closed(inputs, secretPaths));
    response.setFailuresList(failuresOf(failures));
    return response;
  }

  /** Resources compare their region themselves: the provider itself never has to be replaced. */
  #diffConfig(request: messages.DiffRequest): messages.DiffResponse {
    const [olds, news] = [request.getOlds(), request.getNews()].map((struct) => opened(struct).values);
    const changed = JSON.stringify(olds) !== JSON.stringify(news);
    const response = new messages.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    response.setChanges(changed ? DIFF_SOME : DIFF_NONE);
    return response;
  }

  #configure(request: messages.ConfigureRequest, peer: string): messages.ConfigureResponse {
    this.#settings.set(peer, settingsOf(opened(request.getArgs()).values));
    const response = new messages.ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    response.setSupportsAutonamingConfiguration(true);
    return response;
  }

  #check(request: messages.CheckRequest, peer: string): messages.CheckResponse {
    const { values, secretPaths } = opened(request.getNews());
    const { inputs, failures } = this.provider.check(
      {
        ...named(request),
        olds: opened(request.getOlds()).values,
        news: values,
        seed: request.getRandomseed_asB64(),
        ...autonamingOf(request),
      },
      this.#of(peer),
    );
    const response = new messages.CheckResponse();
    response.setInputs(closed(inputs, secretPaths));
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
    response.setDiffsList([...new Set(differences.map(({ path }) => path.replace(/[.[].*$/, "")))]);
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
    const wanted = { ...named(request), inputs: properties.values, secretPaths: properties.secretPaths };
    const response = new messages.CreateResponse();
    if (request.getPreview()) {
      response.setProperties(outputsOf(UNKNOWN, this.provider.planned(wanted, this.#of(peer)), properties));
      return response;
    }
    const { id, outputs } = await this.provider.create(wanted, this.#of(peer));
    response.setId(id);
    response.setProperties(outputsOf(id, outputs, properties));
    return response;
  }

  async #read(request: messages.ReadRequest): Promise<messages.ReadResponse> {
    const properties = opened(request.getProperties());
    const inputs = opened(request.getInputs());
    const id = request.getId();
    const found = await this.provider.read({
      ...named(request),
      id,
      inputs: inputs.values,
      olds: properties.values,
    });
    const response = new messages.ReadResponse();
    if (!found) return response;
    response.setId(id);
    response.setProperties(outputsOf(id, found.outputs, properties));
    response.setInputs(closed(found.inputs, secretResults(inputs.secretPaths, [], found.inputs)));
    return response;
  }

  async #update(request: messages.UpdateRequest, peer: string): Promise<messages.UpdateResponse> {
    const news = opened(request.getNews());
    const change = { ...changeOf(request), secretPaths: news.secretPaths };
    const outputs = request.getPreview()
      ? this.provider.changing(change, this.#of(peer))
      : (await this.provider.update(change, this.#of(peer))).outputs;
    const response = new messages.UpdateResponse();
    response.setProperties(outputsOf(request.getId(), outputs, news));
    return response;
  }

  async #delete(request: messages.DeleteRequest): Promise<Empty> {
    await this.provider.delete({ ...named(request), id: request.getId() });
    return new Empty();
  }

  #invoke(request: messages.InvokeRequest, peer: string): messages.InvokeResponse {
    const args = opened(request.getArgs());
    const answer = this.provider.invoke(request.getTok(), args.values, this.#of(peer));
    if ("failure" in answer) throw new Error(`invoking ${request.getTok()}: ${answer.failure}`);
    const response = new messages.InvokeResponse();
    response.setReturn(closed(answer.outputs, secretResults(args.secretPaths, [], answer.outputs)));
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
