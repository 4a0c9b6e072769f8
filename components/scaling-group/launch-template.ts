import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { checkWhole } from "../lib/bounds";
import { checkOneOf } from "../lib/closed-set";
import { type Architecture, architectureOf, isInstanceType } from "../lib/instance-types";
import { lateFault } from "../lib/late-fault";
import type { Problems } from "../lib/problems";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** Image the instances boot from: pinned by id, or looked up by AWS at each launch in an SSM parameter. */
export interface ImageArgs {
  /** Id of the image: `ami-0123456789abcdef0`. Not together with `parameter`. */
  readonly id?: pulumi.Input<string>;
  /**
   * Name of an SSM parameter that holds the image's id, with an optional `:version` or `:label`. Not together with `id`.
   *
   * Instances launched at different times may then run different images, so an instance refresh replaces all of them.
   * @default the newest Amazon Linux 2023 for the processor of the instance types
   * @see https://docs.aws.amazon.com/linux/al2023/ug/ec2.html
   */
  readonly parameter?: string;
}

/** Root volume of each instance: gp3, encrypted, deleted with its instance. */
export interface VolumeArgs {
  /**
   * Size in GiB, 1 to 65536.
   * @default 20
   */
  readonly sizeGiB?: number;
  /**
   * Operations a second, 3000 to 80000 and at most 500 for each GiB.
   * @default 3000
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
   */
  readonly iops?: number;
  /**
   * Throughput in MiB a second, 125 to 2000 and at most a quarter of `iops`.
   * @default 125
   */
  readonly throughputMiBps?: number;
  /**
   * Device the image boots from. Another name than the image's would add a second volume beside an unencrypted root.
   * @default "/dev/xvda", as in Amazon Linux
   */
  readonly deviceName?: string;
}

/** Who on an instance can read its metadata, and with it the credentials of its role. */
export const MetadataAccess = {
  /** Processes of the instance, and containers on its own network. */
  Instance: "instance",
  /** Containers behind a bridge network too. */
  Containers: "containers",
} as const;
export type MetadataAccess = (typeof MetadataAccess)[keyof typeof MetadataAccess];

/** What each instance is launched with. */
export interface LaunchArgs {
  /**
   * Instance types, all for the same processor, the preferred one first. With several, AWS launches the first it has.
   * @default ["t3.medium"]
   */
  readonly instanceTypes?: string[];
  /** Image to boot from. */
  readonly image?: ImageArgs;
  /** What an instance runs at its first boot: plain text, at most 16 KB. */
  readonly userData?: pulumi.Input<string>;
  /**
   * EC2 key pair for SSH.
   * @default none: Session Manager needs neither key nor open port
   */
  readonly keyName?: pulumi.Input<string>;
  /** Root volume. */
  readonly volume?: VolumeArgs;
  /**
   * Who can read the instance metadata: "instance" or "containers".
   * @default "instance"
   */
  readonly metadataAccess?: MetadataAccess;
  /**
   * Tags of the instances alone, which they can read from their metadata service.
   * @default none but `tags`
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
   */
  readonly instanceTags?: Tags;
}

/** The last word on the launch template. */
export interface LaunchTransforms {
  /** Launch template. */
  readonly launchTemplate?: Transform<ec2.LaunchTemplateArgs>;
}

/** What each instance is launched with, complete. */
export interface Launch {
  readonly instanceTypes: readonly [first: string, ...more: string[]];
  readonly imageId: pulumi.Input<string>;
  readonly imagePinned: boolean;
  readonly volume: Required<VolumeArgs>;
  readonly hopLimit: number;
}

const userDataBytes = 16 * 1024;

const amazonLinux: { readonly [Processor in Architecture]: string } = {
  x86_64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
  arm64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
};

// Each router in between costs one hop, and a bridge network is one.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
const hopLimits: { readonly [Access in MetadataAccess]: number } = { instance: 1, containers: 2 };

/** Notes each tag that AWS refuses on instances which can read their tags from the metadata service. */
export function checkInstanceTags(tags: Tags = {}, problems: Problems, path = "tags"): void {
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
  for (const key of Object.keys(tags)) {
    problems.unless(
      /^[\w+\-=.,:@]+$/.test(key),
      `${path}[${JSON.stringify(key)}]`,
      "key must be letters, digits and + - = . , _ : @, because instances can read their tags",
    );
  }
}

/** Settles what instances are launched with, and notes what is wrong with it. */
export function settleLaunch(args: LaunchArgs, problems: Problems): Launch {
  const { metadataAccess = MetadataAccess.Instance, userData } = args;
  const [first = "t3.medium", ...more] = checkTypes(args.instanceTypes ?? ["t3.medium"], problems);
  checkOneOf(MetadataAccess, metadataAccess, "metadataAccess", problems);
  if (typeof userData === "string") {
    for (const reason of userDataFaults(userData)) problems.add("userData", reason);
  }
  return {
    instanceTypes: [first, ...more],
    ...settleImage(args.image ?? {}, architectureOf(first), problems),
    volume: settleVolume(args.volume ?? {}, problems),
    hopLimit: hopLimits[metadataAccess],
  };
}

function checkTypes(types: readonly string[], problems: Problems): readonly string[] {
  problems.unless(types.length > 0, "instanceTypes", "needs 1 or more, got 0");
  for (const [index, type] of types.entries()) {
    const path = `instanceTypes[${index}]`;
    problems.unless(
      isInstanceType(type),
      path,
      `must be an instance type like "t3.medium", got ${JSON.stringify(type)}`,
    );
    problems.unless(types.indexOf(type) === index, path, `is listed twice: ${JSON.stringify(type)}`);
  }
  const processors = [...new Set(types.map(architectureOf))];
  problems.unless(
    processors.length < 2,
    "instanceTypes",
    `must share one processor, because they share one image, got ${processors.join(" and ")}`,
  );
  return types;
}

function settleImage(
  image: ImageArgs,
  processor: Architecture,
  problems: Problems,
): Pick<Launch, "imageId" | "imagePinned"> {
  const { id, parameter = amazonLinux[processor] } = image;
  problems.unless(
    id === undefined || image.parameter === undefined,
    "image",
    "takes either id or parameter, got both",
  );
  if (typeof id === "string") {
    problems.unless(
      /^ami-[0-9a-f]{8,17}$/.test(id),
      "image.id",
      `must be an image id like "ami-0123456789abcdef0", got ${JSON.stringify(id)}`,
    );
  }
  problems.unless(
    /^(arn:[\w:-]+:parameter)?[\w./-]+(:[\w.-]+)?$/.test(parameter),
    "image.parameter",
    `must be the name of an SSM parameter, with an optional ":version" or ":label", got ${JSON.stringify(parameter)}`,
  );
  return id === undefined
    ? { imageId: `resolve:ssm:${parameter}`, imagePinned: false }
    : { imageId: id, imagePinned: true };
}

function settleVolume(args: VolumeArgs, problems: Problems): Required<VolumeArgs> {
  const { sizeGiB = 20, iops = 3000, throughputMiBps = 125, deviceName = "/dev/xvda" } = args;
  problems.unless(
    /^\/dev\/\w+$/.test(deviceName),
    "volume.deviceName",
    `must be a device like "/dev/xvda", got ${JSON.stringify(deviceName)}`,
  );
  const sized = checkWhole(sizeGiB, [1, 65_536], "volume.sizeGiB", problems);
  const paced = checkWhole(iops, [3000, 80_000], "volume.iops", problems);
  const fed = checkWhole(throughputMiBps, [125, 2000], "volume.throughputMiBps", problems);
  if (sized && paced) {
    // Below 6 GiB the ratio would forbid the 3,000 that every gp3 volume has.
    const most = Math.max(3000, sizeGiB * 500);
    problems.unless(
      iops <= most,
      "volume.iops",
      `must be at most ${most}, 500 for each of ${sizeGiB} GiB, got ${iops}`,
    );
  }
  if (paced && fed) {
    problems.unless(
      throughputMiBps <= iops / 4,
      "volume.throughputMiBps",
      `must be at most ${iops / 4}, a quarter of iops, got ${throughputMiBps}`,
    );
  }
  return { sizeGiB, iops, throughputMiBps, deviceName };
}

function userDataFaults(text: string): string[] {
  const bytes = Buffer.byteLength(text);
  return bytes <= userDataBytes ? [] : [`must be at most ${userDataBytes} bytes, got ${bytes}`];
}

// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html: 16 KB, counted before the encoding.
function encoded(userData: pulumi.Input<string>, component: pulumi.Resource): pulumi.Output<string> {
  return pulumi.output(userData).apply((text) => {
    const [fault] = userDataFaults(text);
    if (fault) throw lateFault("userData", fault, component);
    return Buffer.from(text).toString("base64");
  });
}

/** Creates the launch template. */
export function addLaunchTemplate(
  name: string,
  launch: Launch,
  args: Pick<LaunchArgs, "userData" | "keyName" | "instanceTags"> & {
    readonly namePrefix: string | undefined;
    readonly instanceProfileArn: pulumi.Input<string>;
    readonly securityGroupId: pulumi.Input<string>;
  },
  tags: Tags | undefined,
  transform: LaunchTransforms,
  component: pulumi.Resource,
): ec2.LaunchTemplate {
  const own = `${name}-template`;
  const { volume } = launch;
  const named = args.namePrefix === undefined ? {} : { namePrefix: `${args.namePrefix}-${own}-` };
  return new ec2.LaunchTemplate(
    own,
    ...shaped<ec2.LaunchTemplateArgs>(
      transform.launchTemplate,
      {
        ...named,
        updateDefaultVersion: true,
        imageId: launch.imageId,
        instanceType: launch.instanceTypes[0],
        ...(args.keyName === undefined ? {} : { keyName: args.keyName }),
        ...(args.userData === undefined ? {} : { userData: encoded(args.userData, component) }),
        iamInstanceProfile: { arn: args.instanceProfileArn },
        vpcSecurityGroupIds: [args.securityGroupId],
        monitoring: { enabled: true },
        metadataOptions: {
          httpEndpoint: "enabled",
          httpTokens: "required",
          httpPutResponseHopLimit: launch.hopLimit,
          instanceMetadataTags: "enabled",
        },
        blockDeviceMappings: [
          {
            deviceName: volume.deviceName,
            ebs: {
              volumeType: "gp3",
              volumeSize: volume.sizeGiB,
              iops: volume.iops,
              throughput: volume.throughputMiBps,
              encrypted: "true",
              deleteOnTermination: "true",
            },
          },
        ],
        tagSpecifications: ["instance", "volume"].map((resourceType) => ({
          resourceType,
          tags: tagged(name, resourceType === "instance" ? { ...tags, ...args.instanceTags } : tags),
        })),
        tags: tagged(own, tags),
      },
      { parent: component },
    ),
  );
}
