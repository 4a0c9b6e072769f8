import { isBag, knownText, type Value } from "../../values";
import { all, arns, type Check, longest, notBoth, oneOf, pattern, uniqueName } from "../checks";
import { cidrFault } from "../cidr";
import { fill } from "../fill";
import { uuidOf } from "../ids";
import type { Failure, Kinds, Made, Subject } from "../kind";
import { arnOf } from "../places";
import { type Reference, reference, refusedFor, usersOf } from "../users";
import { capacityOf } from "../web-acl-capacity";
import { whereOf } from "../where";
import { invalid, soundRules } from "./web-acl-rules";

const aclType = "aws:wafv2/webAcl:WebAcl";
const associationType = "aws:wafv2/webAclAssociation:WebAclAssociation";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const groupType = "aws:cloudwatch/logGroup:LogGroup";

/** Seconds the provider tries to delete what is still in use. */
const patienceSeconds = 300;

const noArn =
  "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes.";

const plainName = pattern(
  "name",
  /^[0-9A-Za-z_-]{1,128}$/,
  (text) =>
    `invalid value for name (must contain only alphanumeric hyphen and underscore characters): ${text}`,
);

const scoped: Check = all(oneOf("scope", "REGIONAL", "CLOUDFRONT"), function* ({ inputs, region }) {
  if (inputs.scope !== "CLOUDFRONT" || region === "us-east-1") return;
  yield invalid("scope", "The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT");
});

/** `regional/webacl/edge/1a2b…`, or `global/…` for CloudFront. */
function arnIn(subject: Subject, kind: string, id: string): string {
  const { scope, name } = subject.inputs;
  const place = scope === "CLOUDFRONT" ? "global" : "regional";
  return arnOf("wafv2", whereOf(subject), `${place}/${kind}/${name}/${id}`);
}

const newName = uniqueName(
  "name",
  () =>
    "WAFDuplicateItemException: AWS WAF couldn't perform the operation because some resource in your request is a duplicate of an existing one.",
  ({ region, inputs }) => `${region} ${inputs.scope}`,
);

const addresses: Check = function* ({ inputs }) {
  const list = Array.isArray(inputs.addresses) ? inputs.addresses : [];
  const why = "The parameter contains formatting that is not valid.";
  for (const [index, block] of list.entries()) {
    const text = knownText(block);
    if (text === undefined || isAddress(text, inputs.ipAddressVersion)) continue;
    yield invalid(`addresses[${index}]`, why, "IP_ADDRESS", text);
  }
  if (list.length > 10_000) {
    const reason = `Too many addresses: no more than 10000 items are allowed, got ${list.length}`;
    yield { property: "addresses", reason };
  }
};

/** Blocks of the set's version, but not of every address. */
function isAddress(text: string, version: Value | undefined): boolean {
  if (/\/0$/.test(text)) return false;
  const isIpv6 = /^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\/([1-9]|[1-9]\d|1[01]\d|12[0-8])$/.test(text);
  if (version === "IPV6") return isIpv6;
  return version !== "IPV4" || cidrFault(text) === undefined;
}

/** Whether a text stands somewhere in a value. */
function holds(value: Value | undefined, text: string): boolean {
  if (Array.isArray(value)) return value.some((item) => holds(item, text));
  if (isBag(value)) return Object.values(value).some((item) => holds(item, text));
  return value === text;
}

const inUse =
  "WAFAssociatedItemException: AWS WAF couldn't perform the operation because your resource is being used by another resource or it's associated with another resource.";

/** A list of addresses stays as long as a rule looks at it. */
function setInUse({ world, outputs }: Made): Iterable<Failure> {
  const arn = knownText(outputs.arn) ?? "";
  const users = world
    .all(aclType)
    .filter(({ inputs }) => holds(inputs.rules, arn) || knownText(inputs.ruleJson)?.includes(arn));
  return refusedFor(users, inUse, patienceSeconds);
}

const guards: readonly Reference[] = [reference(associationType, "webAclArn")];

/** The balancer an association is about: the one it is, or what its ARN says. */
function guarded(subject: Subject): readonly string[] {
  const { resourceArn } = subject.inputs;
  const found = subject.world.candidates(subject, balancerType, "resourceArn", resourceArn);
  const [only, ...more] = found;
  if (only && more.length === 0) return [only.seed];
  const arn = knownText(resourceArn);
  return arn === undefined ? [] : [arn];
}

/**
 * AWS puts a second web ACL in the place of the first. What removes either association takes away whatever is there: a
 * successor that is made before its predecessor goes would leave nothing.
 */
const oneAcl: Check = function* (subject) {
  for (const { name } of subject.world.occupants(subject, guarded)) {
    const reason = `a resource has one web ACL: this one would take the place of the one that ${name} put there, and go with it`;
    yield { property: "resourceArn", reason };
  }
};

const ofApplication: Check = function* (subject) {
  const { webAclArn, resourceArn } = subject.inputs;
  const found = subject.world.candidates(subject, balancerType, "resourceArn", resourceArn);
  if (found.length === 1 && found[0] && found[0].inputs.loadBalancerType !== "application") {
    yield invalid("resourceArn", noArn, "RESOURCE_ARN", found[0].name);
  }
  if (knownText(webAclArn)?.includes(":global/webacl/")) {
    yield invalid("webAclArn", "The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT");
  }
};

function logged(subject: Subject): readonly string[] {
  const { resourceArn } = subject.inputs;
  const found = subject.world.candidates(subject, aclType, "resourceArn", resourceArn);
  if (found.length === 1 && found[0]) return [found[0].seed];
  const arn = knownText(resourceArn);
  return arn === undefined ? [] : [arn];
}

/** As for associations: what removes the one removes the other. */
const oneLog: Check = function* (subject) {
  for (const { name } of subject.world.occupants(subject, logged)) {
    const reason = `a web ACL has one logging configuration: this one would take the place of ${name}, and go with it`;
    yield { property: "resourceArn", reason };
  }
};

/** Name at the end of a destination's ARN: of a log group, a bucket or a delivery stream. */
function destinationName(arn: string): string {
  return arn.replace(/:\*$/, "").replace(/^.*(:log-group:|:::|deliverystream\/)/, "");
}

const start = "aws-waf-logs-";

const destinations: Check = function* (subject) {
  const list = subject.inputs.logDestinationConfigs;
  for (const [index, value] of (Array.isArray(list) ? list : []).entries()) {
    const [group, ...more] = subject.world.candidates(subject, groupType, "logDestinationConfigs", value);
    const of = more.length === 0 ? (group?.inputs.name ?? group?.inputs.namePrefix) : undefined;
    const arn = knownText(value);
    const name = knownText(of) ?? (arn === undefined ? undefined : destinationName(arn));
    if (name === undefined || name.startsWith(start)) continue;
    yield invalid(`logDestinationConfigs[${index}]`, noArn, "LOG_DESTINATION", arn ?? name);
  }
};

/** Web ACLs and what belongs to them. */
export const webAclKinds: Kinds = {
  [aclType]: {
    autoName: { property: "name", max: 128, unless: "namePrefix" },
    fill: fill({
      "rules.statement.rateBasedStatement.aggregateKeyType": "IP",
      "rules.statement.rateBasedStatement.evaluationWindowSec": 300,
    }),
    id: ({ seed }) => uuidOf(seed),
    computed: (subject, id) => ({
      arn: arnIn(subject, "webacl", id),
      capacity: capacityOf(subject.inputs.rules),
      lockToken: uuidOf(`${subject.seed} lock`),
      applicationIntegrationUrl: "",
    }),
    refuse: all(
      plainName,
      notBoth("name", "namePrefix"),
      notBoth("rules", "ruleJson"),
      scoped,
      longest("description", 256),
      newName,
      soundRules,
    ),
    refuseDelete: (acl) => refusedFor(usersOf(acl, guards), inUse, patienceSeconds),
  },
  "aws:wafv2/ipSet:IpSet": {
    autoName: { property: "name", max: 128, unless: "namePrefix" },
    id: ({ seed }) => uuidOf(seed),
    computed: (subject, id) => ({
      arn: arnIn(subject, "ipset", id),
      lockToken: uuidOf(`${subject.seed} lock`),
    }),
    refuse: all(
      plainName,
      notBoth("name", "namePrefix"),
      scoped,
      longest("description", 256),
      newName,
      oneOf("ipAddressVersion", "IPV4", "IPV6"),
      addresses,
    ),
    refuseDelete: setInUse,
  },
  [associationType]: {
    id: ({ inputs }) => `${inputs.webAclArn},${inputs.resourceArn}`,
    refuse: all(arns("webAclArn"), arns("resourceArn"), ofApplication, oneAcl),
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    id: ({ inputs }) => String(inputs.resourceArn),
    refuse: all(
      arns("resourceArn"),
      arns("logDestinationConfigs"),
      destinations,
      oneLog,
      oneOf("loggingFilter.defaultBehavior", "KEEP", "DROP"),
      oneOf("loggingFilter.filters.behavior", "KEEP", "DROP"),
      oneOf("loggingFilter.filters.requirement", "MEETS_ALL", "MEETS_ANY"),
      oneOf(
        "loggingFilter.filters.conditions.actionCondition.action",
        "ALLOW",
        "BLOCK",
        "COUNT",
        "CAPTCHA",
        "CHALLENGE",
        "EXCLUDED_AS_COUNT",
      ),
    ),
  },
};
