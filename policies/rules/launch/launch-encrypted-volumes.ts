import { apart, concluded, each, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import type { Value } from "../../lib/value";
import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "../types";
import { isTemplate, LAUNCH } from "./launch-kinds";

const unset = "not set, which leaves it to the image and the account, must be true";
const off = "not true, must be true";
const copied = "not true beside a snapshot, must be left out, and the snapshot encrypted";
const skip = "volumes of the image only";

/** @param besideSnapshot What to say of a volume that is not encrypted although a snapshot says what it is. */
function judgeVolume(volume: Value, besideSnapshot = off): Judgement {
  const encrypted = volume.at("encrypted");
  if (encrypted.flag() === true) return [];
  const snapshot = volume.at("snapshotId");
  if (encrypted.isSet()) return [{ path: encrypted.path, says: snapshot.isSet() ? besideSnapshot : off }];
  // AWS takes no word on encryption beside a snapshot: the volume is as the snapshot is.
  if (snapshot.isSet())
    return [{ path: snapshot.path, waits: "not known whether the snapshot is encrypted" }];
  return [{ path: encrypted.path, says: unset }];
}

/** Judges the volume of a mapping, which may also be a disk of the machine, or take away one of the image's. */
function judgeMapping(mapping: Value): Judgement {
  const ebs = mapping.at("ebs");
  return ebs.isSet() && !mapping.at("noDevice").isSet() ? judgeVolume(ebs, copied) : [];
}

/** Judges a volume of a launch configuration, where a boolean takes away one of the image's. */
function judgeDevice(device: Value): Judgement {
  return device.at("noDevice").flag() === true ? [] : judgeVolume(device);
}

function* judgeVolumes(launch: Value, type: string) {
  const template = isTemplate(type);
  const root = launch.at("rootBlockDevice");
  const others = launch.at(template ? "blockDeviceMappings" : "ebsBlockDevices");
  if (!others.isSet() && (template || !root.isSet())) return { skip };
  yield* apart(
    () => (!template && root.isSet() ? judgeVolume(root) : []),
    () => each(others, template ? judgeMapping : judgeDevice),
  );
  return undefined;
}

export const launchEncryptedVolumes = rule({
  name: "launch-encrypted-volumes",
  title: "Volumes of launched instances are encrypted",
  description:
    "What an instance writes stays on its volume and in every snapshot of it. Encryption costs nothing and cannot be added later.",
  severity: "high",
  level: "mandatory",
  types: LAUNCH,
  frameworks: { fsbp: ["EC2.181"] },
  remediation: "Set encrypted to true for each volume; of one from a snapshot, encrypt the snapshot.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-181",
  judge: (launch, { type }) => judgeVolumes(launch, type),
  fix: (launch, { type }) =>
    concluded(() => judgeVolumes(launch, type))
      .findings.filter(({ says }) => says !== copied)
      .map(({ path }) => ({
        path,
        // Booleans of a launch template's volumes are texts.
        value: isTemplate(type) ? "true" : true,
      })),
  scenarios: [
    {
      name: "encrypted",
      types: LAUNCH_TEMPLATE,
      given: {
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { volumeSize: 20, encrypted: "true" } },
          { deviceName: "/dev/sdb", ebs: { encrypted: true, kmsKeyId: UNKNOWN } },
        ],
      },
      is: "pass",
    },
    {
      name: "a disk of the machine, and a volume of the image that is taken away",
      types: LAUNCH_TEMPLATE,
      given: {
        blockDeviceMappings: [
          { deviceName: "/dev/sdb", virtualName: "ephemeral0" },
          { deviceName: "/dev/sdc", noDevice: "true", ebs: {} },
        ],
      },
      is: "pass",
    },
    {
      name: "encrypted, in a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: {
        rootBlockDevice: { encrypted: true },
        ebsBlockDevices: [
          { deviceName: "/dev/sdb", encrypted: "true" },
          { deviceName: "/dev/sdc", noDevice: true },
        ],
      },
      is: "pass",
    },
    {
      name: "left to AWS",
      types: LAUNCH_TEMPLATE,
      given: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 20 } }] },
      is: "fail",
      findings: [{ path: "blockDeviceMappings[0].ebs.encrypted", says: unset }],
    },
    {
      name: "one of two, although from a snapshot",
      types: LAUNCH_TEMPLATE,
      given: {
        blockDeviceMappings: [
          { deviceName: "/dev/xvda", ebs: { encrypted: "true" } },
          { deviceName: "/dev/sdb", ebs: { encrypted: "false", snapshotId: "snap-0123456789abcdef0" } },
        ],
      },
      is: "fail",
      findings: [{ path: "blockDeviceMappings[1].ebs.encrypted", says: copied }],
      left: [{ path: "blockDeviceMappings[1].ebs.encrypted", says: copied }],
    },
    {
      name: "switched off",
      types: LAUNCH_TEMPLATE,
      given: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }] },
      is: "fail",
      findings: [{ path: "blockDeviceMappings[0].ebs.encrypted", says: off }],
    },
    {
      name: "root and others of a launch configuration",
      types: LAUNCH_CONFIGURATION,
      given: {
        rootBlockDevice: { volumeSize: 20 },
        ebsBlockDevices: [{ deviceName: "/dev/sdb", encrypted: false }],
      },
      is: "fail",
      findings: [
        { path: "rootBlockDevice.encrypted", says: unset },
        { path: "ebsBlockDevices[0].encrypted", says: off },
      ],
    },
    { name: "volumes of the image only", given: {}, is: "skip", why: skip },
    {
      name: "the root of a launch configuration, and others not known yet",
      types: LAUNCH_CONFIGURATION,
      given: { rootBlockDevice: { encrypted: false }, ebsBlockDevices: UNKNOWN },
      is: "fail",
      findings: [{ path: "rootBlockDevice.encrypted", says: off }],
      deferrals: [{ path: "ebsBlockDevices", waits: "not known yet" }],
    },
    {
      name: "a snapshot that may be encrypted, and one not known yet",
      types: LAUNCH_TEMPLATE,
      given: {
        blockDeviceMappings: [
          { deviceName: "/dev/sdb", ebs: { snapshotId: "snap-0123456789abcdef0" } },
          { deviceName: "/dev/sdc", ebs: UNKNOWN },
        ],
      },
      is: "deferred",
      deferrals: [
        {
          path: "blockDeviceMappings[0].ebs.snapshotId",
          waits: "not known whether the snapshot is encrypted",
        },
        { path: "blockDeviceMappings[1].ebs", waits: "not known yet" },
      ],
    },
  ],
});
