import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as pulumi from "@pulumi/pulumi";

/** Where a stack's resources are, as ARNs and policies name it. */
export interface Place {
  /** `aws`, `aws-us-gov`, `aws-cn`. */
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Where the resources of a component are. A preview knows it, so what is made from it can be read and judged there. */
export function placeOf(child: pulumi.InvokeOutputOptions): pulumi.Output<Place> {
  return pulumi.output({
    partition: getPartitionOutput({}, child).partition,
    region: getRegionOutput({}, child).region,
    accountId: getCallerIdentityOutput({}, child).accountId,
  });
}
