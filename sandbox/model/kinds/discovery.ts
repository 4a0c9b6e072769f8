import { type Bag, bags, isBag, join, knownText } from "../../values";
import { all, type Check, longest, oneOf, pattern, range } from "../checks";
import { fill } from "../fill";
import { capitalsOf } from "../ids";
import { type Failure, isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf } from "../places";
import { reference, refusedFor, usersOf } from "../users";
import { whereOf } from "../where";
import { namespaceType, overlapReason, rivalOf } from "./private-zones";

const serviceType = "aws:servicediscovery/service:Service";
const instanceType = "aws:servicediscovery/instance:Instance";

/** An identifier of Cloud Map: `ns-` or `srv-` and 16 letters and digits. */
function mapId(prefix: string, seed: string): string {
  return `${prefix}-${capitalsOf(seed, 16).toLowerCase()}`;
}

function matches(path: string, form: RegExp): Check {
  return function* (subject) {
    const words = (text: string) =>
      `expected value of ${path} to match regular expression "${form.source}", got ${text}`;
    yield* pattern(path, form, words)(subject);
  };
}

const nameFree: Check = function* (namespace) {
  const rival = rivalOf(namespace);
  if (!rival) return;
  yield { property: "name", reason: `CANNOT_CREATE_HOSTED_ZONE: ${overlapReason(namespace, rival)}` };
};

// https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html
const serviceName =
  /^([a-zA-Z0-9_][a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9])(\.([a-zA-Z0-9_][a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_]|[a-zA-Z0-9]))*$/;

/** The namespace a service is in, as it says twice. */
function namespaceIdOf({ inputs }: Subject): string | undefined {
  const [dns] = bags(inputs.dnsConfig);
  return knownText(dns?.namespaceId) ?? knownText(inputs.namespaceId);
}

function namespaceOf(service: Subject): Made | undefined {
  const { inputs, world } = service;
  const [dns] = bags(inputs.dnsConfig);
  const property = dns ? "dnsConfig" : "namespaceId";
  const found = world.candidates(service, namespaceType, property, dns?.namespaceId ?? inputs.namespaceId);
  return found.length === 1 ? found[0] : undefined;
}

/** A service's name in its namespace. DNS knows no capitals: `API` and `api` are one. */
function nameInNamespace(service: Subject): readonly string[] {
  const name = knownText(service.inputs.name);
  const namespace = namespaceOf(service)?.seed ?? namespaceIdOf(service);
  return name === undefined || namespace === undefined ? [] : [`${namespace} ${name.toLowerCase()}`];
}

const nameIsNew: Check = function* (service) {
  for (const { name } of service.world.occupants(service, nameInNamespace)) {
    yield { property: "name", reason: `ServiceAlreadyExists: Service already exists. (${name})` };
  }
};

const invalid = (property: string, reason: string): Failure => ({
  property,
  reason: `InvalidInput: ${reason}`,
});

const health: Check = function* (service) {
  const { healthCheckConfig, healthCheckCustomConfig } = service.inputs;
  if (!isSet(healthCheckConfig)) return;
  if (isSet(healthCheckCustomConfig)) {
    yield invalid(
      "healthCheckConfig",
      "You can specify either HealthCheckConfig or HealthCheckCustomConfig but not both",
    );
  }
  if (namespaceOf(service)) {
    yield invalid("healthCheckConfig", "HealthCheckConfig is not supported in a private DNS namespace");
  }
};

const records: Check = function* ({ inputs }) {
  const [dns] = bags(inputs.dnsConfig);
  if (!dns) return;
  const types = bags(dns.dnsRecords).map(({ type }) => knownText(type));
  const alone = types.find((type) => (type === "CNAME" || type === "SRV") && types.length > 1);
  if (alone !== undefined) {
    yield invalid("dnsConfig.dnsRecords", `A service with a record of type ${alone} has no other records`);
  }
  const policy = knownText(dns.routingPolicy);
  if (types.includes("CNAME") && policy === "MULTIVALUE") {
    yield invalid("dnsConfig.routingPolicy", "MULTIVALUE is not supported for records of type CNAME");
  }
};

/** A namespace stays as long as it has services. */
function namespaceInUse(namespace: Made): Iterable<Failure> {
  const reason =
    "ResourceInUse: Namespace has associated services; delete the services before deleting the namespace";
  const services = [reference(serviceType, "namespaceId", "dnsConfig.namespaceId")];
  return refusedFor(usersOf(namespace, services), reason);
}

/** A service stays as long as instances are registered; `forceDestroy` takes them away first. */
function serviceInUse(service: Made): Iterable<Failure> {
  if (service.inputs.forceDestroy === true) return [];
  const reason =
    "ResourceInUse: Service contains registered instances; delete the instances before deleting the service";
  return refusedFor(usersOf(service, [reference(instanceType, "serviceId")]), reason);
}

// https://docs.aws.amazon.com/cloud-map/latest/api/API_RegisterInstance.html
const mostAttributes = 30;
const attributeKey = /^[!-~]{1,255}$/;
const attributeValue = /^([!-~][ \t!-~]*)?[!-~]?$/;
const longestValue = 1024;

const attributes: Check = function* ({ inputs }) {
  if (!isBag(inputs.attributes)) return;
  const entries = Object.entries(inputs.attributes);
  if (entries.length > mostAttributes) {
    yield invalid(
      "attributes",
      `An instance has ${mostAttributes} attributes at most, got ${entries.length}`,
    );
  }
  for (const [key, value] of entries) {
    const property = join("attributes", key);
    if (!attributeKey.test(key)) yield invalid(property, `attribute key ${JSON.stringify(key)} is not valid`);
    const text = knownText(value);
    if (text !== undefined && (text.length > longestValue || !attributeValue.test(text))) {
      yield invalid(property, "attribute value is not valid");
    }
  }
};

/** What each type of record is made from. */
const addressOf: { readonly [type: string]: string } = {
  A: "AWS_INSTANCE_IPV4",
  AAAA: "AWS_INSTANCE_IPV6",
  CNAME: "AWS_INSTANCE_CNAME",
  SRV: "AWS_INSTANCE_PORT",
};

const addressed: Check = function* (instance) {
  const { inputs, world } = instance;
  const [service] = world.candidates(instance, serviceType, "serviceId", inputs.serviceId);
  if (!service || !isBag(inputs.attributes)) return;
  const given: Bag = inputs.attributes;
  if (isSet(given.AWS_ALIAS_DNS_NAME)) return;
  for (const { type } of bags(bags(service.inputs.dnsConfig)[0]?.dnsRecords)) {
    const wanted = addressOf[String(type)];
    if (wanted === undefined || isSet(given[wanted])) continue;
    yield invalid("attributes", `attribute ${wanted} is required for a record of type ${type}`);
  }
};

/** Cloud Map: names of a VPC that services and their instances are found by. */
export const discoveryKinds: Kinds = {
  [namespaceType]: {
    autoName: { property: "name", max: 253 },
    id: ({ seed }) => mapId("ns", seed),
    computed: (subject, id) => ({
      arn: arnOf("servicediscovery", whereOf(subject), `namespace/${id}`),
      hostedZone: `Z${capitalsOf(`${subject.seed} zone`, 20)}`,
    }),
    refuse: all(matches("name", /^[0-9A-Za-z._-]+$/), longest("description", 1024), nameFree),
    refuseDelete: namespaceInUse,
  },
  [serviceType]: {
    autoName: { property: "name", max: 127 },
    fill: (inputs) =>
      fill({ "dnsConfig.routingPolicy": "MULTIVALUE" })(fill({ forceDestroy: false })(inputs)),
    id: ({ seed }) => mapId("srv", seed),
    computed: (subject, id) => ({
      arn: arnOf("servicediscovery", whereOf(subject), `service/${id}`),
      namespaceId: namespaceIdOf(subject) ?? "",
      type: isSet(subject.inputs.dnsConfig) ? "DNS_HTTP" : "HTTP",
    }),
    refuse: all(
      pattern("name", serviceName, (text) => `InvalidInput: The service name ${text} is not valid`),
      longest("description", 1024),
      oneOf("dnsConfig.dnsRecords.type", "SRV", "A", "AAAA", "CNAME"),
      oneOf("dnsConfig.routingPolicy", "MULTIVALUE", "WEIGHTED"),
      oneOf("type", "HTTP", "DNS_HTTP", "DNS"),
      range("dnsConfig.dnsRecords.ttl", 0, 2_147_483_647),
      records,
      health,
      nameIsNew,
    ),
    refuseDelete: serviceInUse,
  },
  [instanceType]: {
    id: ({ inputs }) => String(inputs.instanceId),
    refuse: all(
      matches("instanceId", /^[0-9A-Za-z_/:.@-]+$/),
      longest("instanceId", 64),
      attributes,
      addressed,
    ),
  },
};
