import { type Bag, bags, knownNumber, knownText, type Value } from "../../values";
import { all, type Check, notBoth, oneOf, pattern, range, uniqueName } from "../checks";
import { fill } from "../fill";
import { hexOf } from "../ids";
import { type Failure, formerOf, isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf } from "../places";
import { changed } from "../sameness";
import { whereOf } from "../where";
import { ec2 } from "./network";

/** Bytes of user data AWS takes, before they are encoded. */
const mostUserData = 16_384;

const userData: Check = function* ({ inputs }) {
  const text = knownText(inputs.userData);
  if (text === undefined || text === "") return;
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
  if (!isBase64) {
    yield {
      property: "userData",
      reason: "InvalidUserData.Malformed: Invalid BASE64 encoding of user data.",
    };
    return;
  }
  const bytes = Buffer.from(text, "base64").length;
  if (bytes <= mostUserData) return;
  yield {
    property: "userData",
    reason: `InvalidParameterValue: User data is limited to ${mostUserData} bytes, got ${bytes}`,
  };
};

const imageId = pattern(
  "imageId",
  /^(ami-[0-9a-f]{1,17}|resolve:ssm:[A-Za-z0-9_.\-/:]+)$/,
  (text) => `InvalidAMIID.Malformed: Invalid id: "${text}" (expecting "ami-..." or "resolve:ssm:...")`,
);

const instanceType = (path: string) =>
  pattern(
    path,
    /^[a-z][a-z0-9-]*\.(metal(-\d+xl)?|nano|micro|small|medium|large|\d*xlarge)$/,
    (text) => `InvalidParameterValue: The following supplied instance types do not exist: [${text}]`,
  );

const networkInterfaces: Check = function* ({ inputs }) {
  const groups = inputs.vpcSecurityGroupIds;
  if (bags(inputs.networkInterfaces).length === 0 || !Array.isArray(groups) || groups.length === 0) return;
  const reason =
    "InvalidParameterCombination: Network interfaces and an instance-level security groups may not be specified on the same request";
  yield { property: "vpcSecurityGroupIds", reason };
};

/** Sizes and speeds a gp3 volume may have. https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const gp3 = {
  size: [1, 65_536],
  iops: [3000, 80_000],
  throughput: [125, 2000],
  iopsPerGiB: 500,
  throughputPerIops: 0.25,
} as const;

function* volume(ebs: Bag, path: string): Iterable<Failure> {
  const type = knownText(ebs.volumeType);
  const throughput = knownNumber(ebs.throughput);
  if (type === "gp3") yield* gp3Volume(ebs, path);
  else if (type !== undefined && throughput !== undefined && throughput > 0) {
    const reason = `InvalidParameterCombination: The parameter throughput is not supported for ${type} volumes.`;
    yield { property: `${path}.throughput`, reason };
  }
}

function* gp3Volume(ebs: Bag, path: string): Iterable<Failure> {
  const [size, iops, throughput] = [ebs.volumeSize, ebs.iops, ebs.throughput].map(knownNumber);
  for (const [property, value, [min, max]] of [
    ["volumeSize", size, gp3.size],
    ["iops", iops, gp3.iops],
    ["throughput", throughput, gp3.throughput],
  ] as const) {
    if (value === undefined || (value >= min && value <= max)) continue;
    const reason = `InvalidParameterValue: ${property} of ${value} is invalid; must be between ${min} and ${max} for gp3 volumes.`;
    yield { property: `${path}.${property}`, reason };
  }
  const rate = iops ?? gp3.iops[0];
  if (throughput !== undefined && throughput > rate * gp3.throughputPerIops) {
    const reason = `InvalidParameterCombination: Throughput to iops ratio of ${throughput / rate} is too high; maximum is ${gp3.throughputPerIops}`;
    yield { property: `${path}.throughput`, reason };
  }
  if (size !== undefined && rate > Math.max(gp3.iops[0], size * gp3.iopsPerGiB)) {
    const reason = `InvalidParameterValue: Iops to volume size ratio of ${rate / size} is too high; maximum is ${gp3.iopsPerGiB}`;
    yield { property: `${path}.iops`, reason };
  }
}

const volumes: Check = function* ({ inputs }) {
  for (const [index, mapping] of bags(inputs.blockDeviceMappings).entries()) {
    for (const ebs of bags(mapping.ebs)) yield* volume(ebs, `blockDeviceMappings[${index}].ebs`);
  }
};

const profileNamed: Check = function* ({ inputs }) {
  for (const { arn, name } of bags(inputs.iamInstanceProfile)) {
    if (!isSet(arn) || !isSet(name)) continue;
    const reason =
      "InvalidParameterCombination: The parameter 'iamInstanceProfile.name' may not be used in combination with 'iamInstanceProfile.arn'";
    yield { property: "iamInstanceProfile", reason };
  }
};

const burst = oneOf("creditSpecification.cpuCredits", "standard", "unlimited");

/**
 * What a new version of a launch template does not hold. Of `description` there is one a version, of the rest one a template.
 */
const besideVersions = ["defaultVersion", "name", "namePrefix", "region", "tags", "updateDefaultVersion"];

/** Lists in which the order means nothing. */
const unordered = ["licenseSpecifications", "securityGroupNames", "vpcSecurityGroupIds"];

/** The inputs with such lists in one order. */
function ordered(inputs: Bag): Bag {
  const lists = unordered.flatMap((property) => {
    const list = inputs[property];
    const byText = (a: Value, b: Value) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    return Array.isArray(list) ? [[property, [...list].sort(byText)] as const] : [];
  });
  return { ...inputs, ...Object.fromEntries(lists) };
}

function templateChanges(before: Bag, after: Bag): string[] {
  return changed(ordered(before), ordered(after));
}

function versions({ inputs, previous }: Subject): Bag {
  const former = knownNumber(previous?.outputs.latestVersion);
  const isNew = templateChanges(previous?.inputs ?? {}, inputs).some(
    (property) => !besideVersions.includes(property),
  );
  const latestVersion = former === undefined ? 1 : former + (isNew ? 1 : 0);
  const defaultVersion =
    inputs.updateDefaultVersion === true ? latestVersion : (previous?.outputs.defaultVersion ?? 1);
  return { defaultVersion, latestVersion };
}

/** The outputs the provider says it does not know yet: it takes every change but these for one of the versions. */
function versionsRenewed(before: Made, inputs: Bag): string[] {
  const changes = templateChanges(before.inputs, inputs).filter(
    (property) => !["name", "namePrefix", "description"].includes(property),
  );
  const latest = changes.some((property) => !["defaultVersion", "updateDefaultVersion"].includes(property));
  return [
    ...(changes.length > 0 && inputs.updateDefaultVersion === true ? ["defaultVersion"] : []),
    ...(latest ? ["latestVersion"] : []),
  ];
}

/** The version to start from has to be one there is, or the one that comes with the update. */
const defaultVersionExists: Check = function* (subject) {
  const former = formerOf(subject);
  const [wanted, latest] = [subject.inputs.defaultVersion, former?.outputs.latestVersion].map(knownNumber);
  if (!former || wanted === undefined || latest === undefined) return;
  const { latestVersion } = versions({ ...subject, previous: former });
  if (wanted >= 1 && wanted <= Number(latestVersion)) return;
  const reason = `InvalidLaunchTemplateId.VersionNotFound: Could not find the specified version ${wanted} for the launch template with ID ${former.id}.`;
  yield { property: "defaultVersion", reason };
};

/** Instances and what they are launched from. */
export const instanceKinds: Kinds = {
  "aws:ec2/launchTemplate:LaunchTemplate": {
    ...ec2("lt", "launch-template", versions),
    renewed: versionsRenewed,
    autoName: { property: "name", max: 128, unless: "namePrefix" },
    refuse: all(
      pattern(
        "name",
        /^[A-Za-z0-9().\-/_]+$/,
        (text) =>
          `InvalidLaunchTemplateName.MalformedException: '${text}' holds characters AWS does not take`,
      ),
      imageId,
      instanceType("instanceType"),
      userData,
      networkInterfaces,
      volumes,
      profileNamed,
      burst,
      notBoth("instanceType", "instanceRequirements"),
      notBoth("defaultVersion", "updateDefaultVersion"),
      defaultVersionExists,
      oneOf("metadataOptions.httpEndpoint", "enabled", "disabled"),
      oneOf("metadataOptions.httpTokens", "optional", "required"),
      oneOf("metadataOptions.instanceMetadataTags", "enabled", "disabled"),
      range("metadataOptions.httpPutResponseHopLimit", 1, 64),
      oneOf("blockDeviceMappings.ebs.volumeType", "standard", "gp2", "gp3", "io1", "io2", "sc1", "st1"),
      oneOf(
        "tagSpecifications.resourceType",
        "instance",
        "volume",
        "network-interface",
        "spot-instances-request",
        "elastic-gpu",
      ),
      uniqueName(
        "name",
        (name) =>
          `InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use: ${name}`,
      ),
    ),
  },
  "aws:ec2/keyPair:KeyPair": {
    autoName: { property: "keyName", max: 255, unless: "keyNamePrefix" },
    id: ({ inputs }) => String(inputs.keyName),
    computed: (subject, id) => ({
      arn: arnOf("ec2", whereOf(subject), `key-pair/${id}`),
      keyPairId: `key-0${hexOf(subject.seed, 16)}`,
      keyType: "rsa",
      fingerprint: (hexOf(subject.seed, 32).match(/../g) ?? []).join(":"),
    }),
  },
  "aws:ec2/instance:Instance": {
    ...ec2("i", "instance", ({ seed, region }) => ({
      instanceState: "running",
      primaryNetworkInterfaceId: `eni-0${hexOf(seed, 16)}`,
      privateDns: `ip-10-0-0-10.${region}.compute.internal`,
      privateIp: "10.0.0.10",
    })),
    fill: fill({ getPasswordData: false, sourceDestCheck: true, userDataReplaceOnChange: false }),
    refuse: all(instanceType("instanceType"), burst),
  },
};
