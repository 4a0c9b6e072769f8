import * as wafv2 from "@pulumi/aws/wafv2";
import type * as pulumi from "@pulumi/pulumi";
import { shaped, type Transform } from "../lib/transform";

/** The last word on what stands before a load balancer. */
export interface WebAclTransforms {
  /** What puts the web ACL before the load balancer. */
  readonly webAclAssociation?: Transform<wafv2.WebAclAssociationArgs>;
}

/** Puts a web ACL before a load balancer. */
export function addWebAclAssociation(
  name: string,
  resourceArn: pulumi.Input<string>,
  webAclArn: pulumi.Input<string>,
  transform: WebAclTransforms,
  child: pulumi.CustomResourceOptions,
): void {
  new wafv2.WebAclAssociation(
    `${name}-web-acl`,
    ...shaped(
      transform.webAclAssociation,
      { resourceArn, webAclArn },
      // What deletes it takes away whatever web ACL is there: a successor made before that would go with it.
      { ...child, deleteBeforeReplace: true },
    ),
  );
}
