import * as grpc from "@grpc/grpc-js";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import {
  type Callback,
  CallbackInvokeRequest,
  type CallbackInvokeResponse,
} from "@pulumi/pulumi/proto/callback_pb";
import * as protocol from "@pulumi/pulumi/proto/resource_pb";

type Registering = protocol.RegisterResourceRequest;

/**
 * The transforms a program has registered: of the whole stack, and of resources, which apply to what is under them too.
 *
 * The SDK serves them over the network, also to an engine in its own process.
 */
export class Transforms {
  readonly #stack: Callback[] = [];
  readonly #ofResource = new Map<
    string,
    { readonly callbacks: readonly Callback[]; readonly parent: string }
  >();
  readonly #clients = new Map<string, CallbacksClient>();

  /** Adds one for everything registered from here on. */
  addToStack(callback: Callback): void {
    this.#stack.push(callback);
  }

  /** Remembers a resource's own, for its children. */
  remember(urn: string, request: Registering): void {
    this.#ofResource.set(urn, { callbacks: request.getTransformsList(), parent: request.getParent() });
  }

  /** Those that apply to a resource, in the engine's order: its own, its parents' from the nearest, the stack's. */
  applyingTo(request: Registering): readonly Callback[] {
    const found = [...request.getTransformsList()];
    for (let urn = request.getParent(); urn !== ""; ) {
      const parent = this.#ofResource.get(urn);
      found.push(...(parent?.callbacks ?? []));
      urn = parent?.parent ?? "";
    }
    return [...found, ...this.#stack];
  }

  /** Changes a registration as the callbacks say. */
  async apply(callbacks: readonly Callback[], request: Registering): Promise<void> {
    for (const callback of callbacks) {
      const response = await this.#call(callback, asked(request));
      const properties = response.getProperties();
      const options = response.getOptions();
      if (properties) request.setObject(properties);
      if (options) adopt(request, options);
    }
  }

  /** Ends the connections. */
  close(): void {
    for (const client of this.#clients.values()) client.close();
    this.#clients.clear();
  }

  #call(callback: Callback, request: protocol.TransformRequest): Promise<protocol.TransformResponse> {
    const target = callback.getTarget();
    const client =
      this.#clients.get(target) ?? new CallbacksClient(target, grpc.credentials.createInsecure());
    this.#clients.set(target, client);
    const call = new CallbackInvokeRequest();
    call.setToken(callback.getToken());
    call.setRequest(request.serializeBinary());
    return new Promise((resolve, reject) => {
      client.invoke(call, (error: grpc.ServiceError | null, response: CallbackInvokeResponse) => {
        if (error) reject(new Error(error.details));
        else resolve(protocol.TransformResponse.deserializeBinary(response.getResponse_asU8()));
      });
    });
  }
}

/** What a transform is told about a resource. */
function asked(request: Registering): protocol.TransformRequest {
  const options = new protocol.TransformResourceOptions();
  options.setDependsOnList(request.getDependenciesList());
  if (request.hasProtect()) options.setProtect(request.getProtect() ?? false);
  if (request.hasRetainondelete()) options.setRetainOnDelete(request.getRetainondelete() ?? false);
  if (request.getDeletebeforereplacedefined())
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setAliasesList(request.getAliasesList());
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setVersion(request.getVersion());
  options.setProvider(request.getProvider());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  options.setDeletedWith(request.getDeletedwith());
  options.setImport(request.getImportid());
  for (const [name, reference] of request.getProvidersMap().getEntryList()) {
    options.getProvidersMap().set(name, reference);
  }
  const asking = new protocol.TransformRequest();
  asking.setType(request.getType());
  asking.setName(request.getName());
  asking.setParent(request.getParent());
  asking.setCustom(request.getCustom());
  asking.setProperties(request.getObject());
  asking.setOptions(options);
  return asking;
}

/** Takes over the options a transform has answered with. */
function adopt(request: Registering, options: protocol.TransformResourceOptions): void {
  request.setDependenciesList(options.getDependsOnList());
  if (options.hasProtect()) request.setProtect(options.getProtect() ?? false);
  if (options.hasRetainOnDelete()) request.setRetainondelete(options.getRetainOnDelete() ?? false);
  if (options.hasDeleteBeforeReplace()) {
    request.setDeletebeforereplacedefined(true);
    request.setDeletebeforereplace(options.getDeleteBeforeReplace() ?? false);
  }
  request.setIgnorechangesList(options.getIgnoreChangesList());
  request.setReplaceonchangesList(options.getReplaceOnChangesList());
  request.setAliasesList(options.getAliasesList());
  request.setAdditionalsecretoutputsList(options.getAdditionalSecretOutputsList());
  request.setCustomtimeouts(options.getCustomTimeouts());
  request.setVersion(options.getVersion());
  request.setProvider(options.getProvider());
  request.setDeletedwith(options.getDeletedWith());
  request.setImportid(options.getImport());
}
