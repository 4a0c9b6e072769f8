import { bags, isUnknown, knownText, knownTexts, UNKNOWN } from "../../values";
import { all, type Check, longest, notBoth } from "../checks";
import { type Failure, formerOf, isSet, type Made, type Subject } from "../kind";

export const zoneType = "aws:route53/zone:Zone";
export const namespaceType = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";

const vpcType = "aws:ec2/vpc:Vpc";

/** A domain name as Route 53 compares it. */
function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** What tells a VPC from others: its id, or what it is made of while there is none. */
function vpcKey(subject: Subject, property: string, id: unknown): string | undefined {
  const text = id as Subject["inputs"][string] | undefined;
  const found = subject.world.candidates(subject, vpcType, property, text);
  return found.length === 1 ? found[0]?.seed : knownText(id);
}

/** The VPCs a zone or a namespace answers in. */
function vpcsOf(subject: Subject): (string | undefined)[] {
  if (subject.type === namespaceType) return [vpcKey(subject, "vpc", subject.inputs.vpc)];
  return bags(subject.inputs.vpcs).map(({ vpcId }) => vpcKey(subject, "vpcs", vpcId));
}

/** Whether a hosted zone answers inside VPCs only. */
export function isPrivateZone({ inputs }: Subject): boolean {
  return Array.isArray(inputs.vpcs) && inputs.vpcs.length > 0;
}

/** A zone or namespace of the same name in one of the same VPCs: a resolver could not choose. */
export function rivalOf(subject: Subject): Made | undefined {
  const name = knownText(subject.inputs.name);
  const vpcs = vpcsOf(subject).flatMap((key) => key ?? []);
  if (name === undefined || vpcs.length === 0) return undefined;
  return [zoneType, namespaceType]
    .flatMap((type) => subject.world.all(type))
    .find(
      (other) =>
        other.seed !== subject.seed &&
        plain(knownText(other.inputs.name) ?? "") === plain(name) &&
        vpcsOf(other).some((key) => key !== undefined && vpcs.includes(key)),
    );
}

/** How Route 53 says that a VPC has a zone of this name already. */
export function overlapReason(subject: Subject, rival: Made): string {
  const vpcs = bags(subject.inputs.vpcs).map(({ vpcId }) => knownText(vpcId));
  const vpc = knownText(subject.inputs.vpc) ?? vpcs.find(isSet) ?? "chosen";
  return (
    `The VPC that you chose, ${vpc} in region ${subject.region}, is already associated with another private ` +
    `hosted zone that has an overlapping name space, ${plain(String(rival.inputs.name))}. (${rival.name})`
  );
}

const oneOfAName: Check = function* (zone) {
  const rival = rivalOf(zone);
  if (!rival) return;
  yield { property: "vpcs", reason: `ConflictingDomainExists: ${overlapReason(zone, rival)}` };
};

/** A zone is private from its creation to its end. */
const staysWhatItIs: Check = function* (zone): Iterable<Failure> {
  const former = formerOf(zone);
  if (!former || former.imagined === true) return;
  if (isPrivateZone(former) && !isPrivateZone(zone)) {
    const reason =
      "LastVPCAssociation: The VPC that you're trying to disassociate from the private hosted zone is the last VPC that is associated with the hosted zone. Amazon Route 53 doesn't support disassociating the last VPC from a hosted zone.";
    yield { property: "vpcs", reason };
  }
  if (!isPrivateZone(former) && isPrivateZone(zone)) {
    const reason =
      "PublicZoneVPCAssociation: You're trying to associate a VPC with a public hosted zone. Amazon Route 53 doesn't support associating a VPC with a public hosted zone.";
    yield { property: "vpcs", reason };
  }
};

// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html
const label = /^[!-~]{1,63}$/;

const zoneName: Check = function* ({ inputs }) {
  const name = knownText(inputs.name);
  if (name === undefined) return;
  const bare = name.replace(/\.$/, "");
  const fits = bare.length <= 255 && bare.split(".").every((part) => label.test(part));
  if (!fits) yield { property: "name", reason: `InvalidDomainName: ${name} is not a valid domain name` };
};

/** What Route 53 refuses of a hosted zone. */
export const zoneFaults: Check = all(
  zoneName,
  longest("comment", 256),
  notBoth("delegationSetId", "vpcs"),
  staysWhatItIs,
  oneOfAName,
);

const recordType = "aws:route53/record:Record";

/** The records a validation waits for, by their names or, before they have any, by where those come from. */
function proofsOf(validation: Subject): readonly Made[] {
  const { inputs, world } = validation;
  const property = "validationRecordFqdns";
  const names = knownTexts(inputs[property]) ?? [];
  const named = world.all(recordType).filter(({ outputs }) => names.includes(String(outputs.fqdn)));
  const given = inputs[property];
  const open = isUnknown(given) || (Array.isArray(given) && given.some(isUnknown));
  return open ? [...named, ...world.candidates(validation, recordType, property, UNKNOWN)] : named;
}

/** The zone of a record, if the model made it. */
function zoneOf(record: Made): Made | undefined {
  const found = record.world.candidates(record, zoneType, "zoneId", record.inputs.zoneId);
  return found.length === 1 ? found[0] : undefined;
}

/** ACM asks the public DNS: what a private zone says it never sees. */
export const awaitsPublicRecord: Check = function* (validation) {
  const hidden = proofsOf(validation)
    .map(zoneOf)
    .find((zone) => zone !== undefined && isPrivateZone(zone));
  if (!hidden) return;
  const reason =
    "waiting for ACM Certificate to be issued: timeout while waiting for state to become 'ISSUED' " +
    `(last state: 'PENDING_VALIDATION', timeout: 1h15m0s): its record is in the private zone ${hidden.name}`;
  yield { property: "validationRecordFqdns", reason };
};
