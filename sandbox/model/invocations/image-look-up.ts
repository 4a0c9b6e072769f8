import { bags, knownText, knownTexts, type Value } from "../../values";
import { hexOf } from "../ids";
import { arnOf } from "../places";
import type { Invocation } from "./invocation";
import { regionOf } from "./search";

/** A name that fits what is asked for, with the stars of a pattern filled. */
function nameFor(pattern: string | undefined): string {
  return (pattern ?? "sandbox-image-*").replaceAll("*", "20260101").replaceAll("?", "0");
}

/** Whether the images asked for run on Arm. */
function architectureFor(filters: { readonly [name: string]: string | undefined }): string {
  return filters.architecture ?? (/arm64|aarch64/.test(filters.name ?? "") ? "arm64" : "x86_64");
}

/** An image that is as the arguments say, invented: always the same for the same arguments and region. */
export const getAmi: Invocation = (args, where) => {
  const region = regionOf(args, where);
  const filters = Object.fromEntries(
    bags(args.filters).map(({ name, values }) => [String(name), (knownTexts(values) ?? [])[0]] as const),
  );
  const [owner = "amazon"] = knownTexts(args.owners) ?? [];
  const asked: Value = [args.owners ?? [], args.filters ?? [], args.nameRegex ?? "", args.tags ?? {}];
  const id = filters["image-id"] ?? `ami-0${hexOf(JSON.stringify([region, asked]), 16)}`;
  const ownerId = /^\d{12}$/.test(owner) ? owner : owner === "self" ? where.accountId : "137112412989";
  const name = nameFor(filters.name);
  const rootSnapshotId = `snap-0${hexOf(id, 16)}`;
  const rootDeviceName = "/dev/xvda";
  return {
    outputs: {
      ...args,
      id,
      imageId: id,
      arn: arnOf("ec2", { region, accountId: "" }, `image/${id}`),
      architecture: architectureFor(filters),
      blockDeviceMappings: [
        {
          deviceName: rootDeviceName,
          ebs: {
            deleteOnTermination: "true",
            snapshotId: rootSnapshotId,
            volumeSize: "8",
            volumeType: "gp3",
          },
          noDevice: "",
          virtualName: "",
        },
      ],
      bootMode: "uefi-preferred",
      creationDate: "2026-01-01T00:00:00.000Z",
      deprecationTime: "",
      description: "",
      enaSupport: true,
      hypervisor: "xen",
      imageLocation: `${owner}/${name}`,
      imageOwnerAlias: knownText(owner.match(/^[a-z-]+$/)?.[0]) ?? "",
      imageType: "machine",
      imdsSupport: "v2.0",
      kernelId: "",
      lastLaunchedTime: "",
      name,
      ownerId,
      platform: "",
      platformDetails: "Linux/UNIX",
      productCodes: [],
      public: owner !== "self",
      ramdiskId: "",
      region,
      rootDeviceName,
      rootDeviceType: "ebs",
      rootSnapshotId,
      sriovNetSupport: "simple",
      state: "available",
      stateReason: { code: "UNSET", message: "UNSET" },
      tags: args.tags ?? {},
      tpmSupport: "",
      usageOperation: "RunInstances",
      virtualizationType: "hvm",
    },
  };
};
