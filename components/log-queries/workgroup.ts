import * as athena from "@pulumi/aws/athena";
import * as pulumi from "@pulumi/pulumi";
import { shortName } from "../lib/names";
import { placeOf } from "../lib/place";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";

/** What a component's parts are called and tagged. */
export interface Naming {
  readonly name: string;
  readonly namePrefix: string | undefined;
  readonly tags: Tags | undefined;
}

/** What a query may take, and where its results go. */
export interface WorkgroupPlan {
  readonly resultBucketName: pulumi.Input<string>;
  /** Bytes a query may read. */
  readonly cutoffBytes: number;
}

/** Longest name of a workgroup. */
export const longestWorkgroup = 128;

/** Folder of the bucket that results go to. */
const resultFolder = "query-results";

/** Makes the workgroup that queries run in: its settings win over those of whoever runs one. */
export function addWorkgroup(
  { name, namePrefix, tags }: Naming,
  { resultBucketName, cutoffBytes }: WorkgroupPlan,
  transform: Transform<athena.WorkgroupArgs> | undefined,
  child: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): athena.Workgroup {
  const own = `${name}-workgroup`;
  const { accountId } = placeOf({ parent: child.parent });
  return new athena.Workgroup(
    own,
    ...shaped(
      transform,
      {
        ...(namePrefix === undefined ? {} : { name: shortName(`${namePrefix}-${name}`, longestWorkgroup) }),
        description: `Queries of the logs, ${name}`,
        // Once a query has run in it, AWS deletes it with its history or not at all.
        forceDestroy: true,
        configuration: {
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: true,
          bytesScannedCutoffPerQuery: cutoffBytes,
          resultConfiguration: {
            outputLocation: pulumi.interpolate`s3://${resultBucketName}/${resultFolder}/`,
            encryptionConfiguration: { encryptionOption: "SSE_S3" },
            expectedBucketOwner: accountId,
          },
        },
        tags: tagged(own, tags),
      },
      child,
    ),
  );
}
