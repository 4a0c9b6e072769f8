import { type Bag, bags, knownNumber, knownText, knownTexts, type Value } from "../../values";
import { all, arns, type Check, oneOf, pattern, range } from "../checks";
import { fill } from "../fill";
import { capitalsOf, hexOf, uuidOf } from "../ids";
import { type Failure, isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf } from "../places";
import { changed } from "../sameness";
import { type Reference, reference, refusedFor, usersOf } from "../users";
import { whereOf } from "../where";
import { awaitsPublicRecord, isPrivateZone, zoneFaults, zoneType } from "./private-zones";
import { patience } from "./removal";

const certificateType = "aws:acm/certificate:Certificate";
const domain = /^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;

/** The records ACM wants to see, one for each name; a wildcard shares the one of the name below it. */
function proofs({ inputs, seed }: Subject): Bag[] {
  const names = [knownText(inputs.domainName) ?? "", ...(knownTexts(inputs.subjectAlternativeNames) ?? [])];
  return [...new Set(names)].map((domainName) => {
    const host = domainName.replace(/^\*\./, "");
    return {
      domainName,
      resourceRecordName: `_${hexOf(`${seed}${host}`, 32)}.${host}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${hexOf(`${host}${seed}`, 32)}.${capitalsOf(host, 10).toLowerCase()}.acm-validations.aws.`,
    };
  });
}

/** Every record asked for has to be among those the validation waits for. */
const proved: Check = function* (subject) {
  const { inputs, world } = subject;
  const [certificate] = world.candidates(subject, certificateType, "certificateArn", inputs.certificateArn);
  const given = inputs.validationRecordFqdns;
  if (!certificate || !Array.isArray(given) || given.some((name) => knownText(name) === undefined)) return;
  const names = given.map((name) => String(name).replace(/\.$/, ""));
  for (const { resourceRecordName } of bags(certificate.outputs.domainValidationOptions)) {
    const wanted = String(resourceRecordName).replace(/\.$/, "");
    if (names.includes(wanted)) continue;
    yield {
      property: "validationRecordFqdns",
      reason: `missing ${certificate.inputs.domainName} DNS validation record: ${wanted}`,
    };
  }
};

const names: Check = function* ({ inputs }) {
  const first = knownText(inputs.domainName);
  if (first !== undefined && first.length > 64) {
    const reason = `ValidationException: The first domain name can be no longer than 64 characters, got ${first.length}`;
    yield { property: "domainName", reason };
  }
};

const recordTypes = "A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT".split(" ");

function zoneOf(subject: Subject): Made | undefined {
  return subject.world.find(zoneType, subject.inputs.zoneId);
}

/** Full name of a record; the provider adds the zone's where it is missing. */
function fqdnOf(subject: Subject): string {
  const name = String(subject.inputs.name).replace(/\.$/, "").toLowerCase();
  const zone = knownText(zoneOf(subject)?.inputs.name)?.replace(/\.$/, "");
  if (zone === undefined || name === zone || name.endsWith(`.${zone}`)) return name;
  return name === "" ? zone : `${name}.${zone}`;
}

const contents: Check = function* ({ inputs }) {
  const [alias, records] = [isSet(inputs.aliases), isSet(inputs.records)];
  if (alias && records) yield { property: "records", reason: '"records": conflicts with alias' };
  if (!alias && !records) yield { property: "records", reason: "one of `alias,records` must be specified" };
  if (records && !isSet(inputs.ttl))
    yield { property: "ttl", reason: '"ttl": all of `records,ttl` must be specified' };
  if (alias && isSet(inputs.ttl)) yield { property: "ttl", reason: '"ttl": conflicts with alias' };
  yield* addressFaults(inputs);
};

function* addressFaults({ type, records }: Bag): Iterable<Failure> {
  const forms: { readonly [type: string]: RegExp } = {
    A: /^\d{1,3}(\.\d{1,3}){3}$/,
    AAAA: /^[0-9a-fA-F:.]+$/,
  };
  const form = forms[String(type)];
  const wrong = (knownTexts(records) ?? []).find((record) => form && !form.test(record));
  if (wrong === undefined) return;
  const reason = `InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IP address)' encountered with '${wrong}']`;
  yield { property: "records", reason };
}

/** A record set's name and type in its zone. */
function setInZone(record: Subject): readonly string[] {
  const { name, type, zoneId } = record.inputs;
  const known = [name, type, zoneId].every((value) => knownText(value) !== undefined);
  return known ? [`${zoneId} ${type} ${fqdnOf(record)}`] : [];
}

const isNew: Check = function* (subject) {
  const { inputs, world } = subject;
  if (inputs.allowOverwrite === true || isSet(inputs.setIdentifier)) return;
  if (world.occupants(subject, setInZone).length === 0) return;
  const reason = `InvalidChangeBatch: [Tried to create resource record set [name='${fqdnOf(subject)}.', type='${inputs.type}'] but it already exists]`;
  yield { property: "name", reason };
};

/** Every update but one of tags alone writes the parameter anew. */
function parameterVersion({ inputs, previous }: Subject): number {
  if (!previous) return 1;
  const former = knownNumber(previous.outputs.version) ?? 1;
  return changed(previous.inputs, inputs).some((property) => property !== "tags") ? former + 1 : former;
}

// Every private zone names the same four, which answer nobody.
const privateServers = [
  "ns-0.awsdns-00.com",
  "ns-1024.awsdns-00.org",
  "ns-1536.awsdns-00.co.uk",
  "ns-512.awsdns-00.net",
];

function nameServers(zone: Subject): Value[] {
  if (isPrivateZone(zone)) return privateServers;
  return ["com", "net", "org", "co.uk"].map(
    (end, index) =>
      `ns-${Number.parseInt(hexOf(zone.seed, 2), 16) + 256 * index}.awsdns-${index + 10}.${end}`,
  );
}

const certificateUsers: readonly Reference[] = [
  reference("aws:lb/listener:Listener", "certificateArn"),
  reference("aws:lb/listenerCertificate:ListenerCertificate", "certificateArn"),
];

/** A certificate stays as long as a listener shows it. */
function certificateInUse(certificate: Made): Iterable<Failure> {
  const { accountId } = certificate.world.options;
  const reason = `ResourceInUseException: Certificate ${certificate.id} in account ${accountId} is in use.`;
  return refusedFor(usersOf(certificate, certificateUsers), reason, patience.certificate);
}

/** A zone stays as long as it has records apart from its own; `forceDestroy` takes them away first. */
function zoneInUse(zone: Made): Iterable<Failure> {
  if (zone.inputs.forceDestroy === true) return [];
  const name = knownText(zone.inputs.name)?.replace(/\.$/, "");
  const further = ({ inputs, outputs }: Made) =>
    !(["NS", "SOA"].includes(String(inputs.type)) && outputs.fqdn === name);
  const reason =
    "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.";
  return refusedFor(usersOf(zone, [reference("aws:route53/record:Record", "zoneId")], further), reason);
}

/** Certificates, and the names they and load balancers answer to. */
export const certificateKinds: Kinds = {
  [certificateType]: {
    id: (subject) => arnOf("acm", whereOf(subject), `certificate/${uuidOf(subject.seed)}`),
    computed: (subject, id) => ({
      arn: id,
      domainValidationOptions: proofs(subject),
      subjectAlternativeNames: [knownText(subject.inputs.domainName) ?? ""],
      keyAlgorithm: "RSA_2048",
      status: "PENDING_VALIDATION",
      type: "AMAZON_ISSUED",
      renewalEligibility: "INELIGIBLE",
      validationMethod: "NONE",
      options: { certificateTransparencyLoggingPreference: "ENABLED", export: "DISABLED" },
    }),
    refuse: all(
      pattern(
        "domainName",
        domain,
        (text) =>
          `ValidationException: 1 validation error detected: Value '${text}' at 'domainName' is no domain name`,
      ),
      pattern(
        "subjectAlternativeNames",
        domain,
        (text) => `ValidationException: Value '${text}' at 'subjectAlternativeNames' is no domain name`,
      ),
      oneOf("validationMethod", "DNS", "EMAIL", "HTTP", "NONE"),
      oneOf(
        "keyAlgorithm",
        "RSA_1024",
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "EC_prime256v1",
        "EC_secp384r1",
        "EC_secp521r1",
      ),
      names,
    ),
    refuseDelete: certificateInUse,
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    id: () => "2026-01-01 00:00:00 +0000 UTC",
    refuse: all(arns("certificateArn"), proved, awaitsPublicRecord),
  },
  [zoneType]: {
    fill: fill({ comment: "Managed by Pulumi", forceDestroy: false }),
    id: ({ seed }) => `Z${capitalsOf(seed, 20)}`,
    computed: (zone, id) => ({
      arn: `arn:aws:route53:::hostedzone/${id}`,
      zoneId: id,
      nameServers: nameServers(zone),
      primaryNameServer: nameServers(zone)[0] ?? "",
    }),
    refuse: zoneFaults,
    refuseDelete: zoneInUse,
  },
  "aws:route53/record:Record": {
    id: (subject) => `${subject.inputs.zoneId}_${fqdnOf(subject)}_${subject.inputs.type}`,
    computed: (subject) => ({ fqdn: fqdnOf(subject) }),
    refuse: all(oneOf("type", ...recordTypes), range("ttl", 0, 2147483647), contents, isNew),
  },
  "aws:ssm/parameter:Parameter": {
    id: ({ inputs }) => String(inputs.name),
    autoName: { property: "name", max: 2048 },
    computed: (subject, id) => ({
      arn: arnOf("ssm", whereOf(subject), `parameter${id.startsWith("/") ? "" : "/"}${id}`),
      dataType: "text",
      tier: "Standard",
      version: parameterVersion(subject),
    }),
    renewed: (before, inputs) =>
      changed(before.inputs, inputs).some((property) => ["value", "insecureValue"].includes(property))
        ? ["version"]
        : [],
    refuse: oneOf("type", "String", "StringList", "SecureString"),
  },
};
