import type { ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { SettledChild } from "../model/planned";
import type { Bag } from "../values";

/** Properties as the protocol carries them. */
export function structOf(values: Bag): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

/** What every registration of the awsx provider says. */
function registration(type: string, name: string, parent: string, inputs: Bag): RegisterResourceRequest {
  const request = new RegisterResourceRequest();
  request.setType(type);
  request.setName(name);
  request.setParent(parent);
  request.setObject(structOf(inputs));
  request.setAcceptsecrets(true);
  request.setAcceptresources(true);
  request.setAliasspecs(true);
  request.setSupportspartialvalues(true);
  request.setSupportsresultreporting(true);
  return request;
}

/** The component itself, with the options the program gave it; it shows none of its arguments. */
export function componentRegistration(wanted: ConstructRequest): RegisterResourceRequest {
  const request = registration(wanted.getType(), wanted.getName(), wanted.getParent(), {});
  request.setProtect(wanted.getProtect() ?? false);
  request.setRetainondelete(wanted.getRetainondelete() ?? false);
  request.setDependenciesList(wanted.getDependenciesList());
  request.setIgnorechangesList(wanted.getIgnorechangesList());
  request.setReplaceonchangesList(wanted.getReplaceonchangesList());
  request.setReplaceWithList(wanted.getReplaceWithList());
  request.setReplacementTrigger(wanted.getReplacementTrigger());
  request.setDeletedwith(wanted.getDeletedwith());
  request.setAliasesList(wanted.getAliasesList());
  for (const [pkg, reference] of wanted.getProvidersMap().getEntryList()) {
    request.getProvidersMap().set(pkg, reference);
  }
  const timeouts = wanted.getCustomtimeouts();
  if (timeouts) {
    const own = new RegisterResourceRequest.CustomTimeouts();
    own.setCreate(timeouts.getCreate());
    own.setUpdate(timeouts.getUpdate());
    own.setDelete(timeouts.getDelete());
    request.setCustomtimeouts(own);
  }
  const hooks = wanted.getResourceHooks();
  if (hooks) {
    const own = new RegisterResourceRequest.ResourceHooksBinding();
    own.setBeforeCreateList(hooks.getBeforeCreateList());
    own.setAfterCreateList(hooks.getAfterCreateList());
    own.setBeforeUpdateList(hooks.getBeforeUpdateList());
    own.setAfterUpdateList(hooks.getAfterUpdateList());
    own.setBeforeDeleteList(hooks.getBeforeDeleteList());
    own.setAfterDeleteList(hooks.getAfterDeleteList());
    own.setOnErrorList(hooks.getOnErrorList());
    request.setHooks(own);
  }
  return request;
}

/** A child, protected as its component is; whatever else it inherits, the engine sees to. */
export function childRegistration(child: SettledChild, wanted: ConstructRequest): RegisterResourceRequest {
  const request = registration(child.type, child.name, child.parent, child.inputs);
  request.setCustom(true);
  request.setVersion(child.version);
  request.setProtect(wanted.getProtect() ?? false);
  const [pkg = ""] = child.type.split(":");
  request.setProvider(wanted.getProvidersMap().get(pkg) ?? "");
  request.setDependenciesList([...child.dependencies]);
  for (const [property, urns] of Object.entries(child.propertyDependencies)) {
    const dependencies = new RegisterResourceRequest.PropertyDependencies();
    dependencies.setUrnsList([...urns]);
    request.getPropertydependenciesMap().set(property, dependencies);
  }
  return request;
}
