import { type Bag, knownNumber } from "../values";
import { isSet } from "./kind";

/** What is done to a resource. */
export type Operation = "create" | "update" | "delete";

type Seconds = { readonly [operation in Operation]?: number };

/** Seconds for what is not listed: a call or two. */
const usual = 2;

/**
 * Seconds the provider is busy with a resource, as deployments usually show. They are rounded and can be several times as
 * much on a bad day: no page of AWS promises them.
 */
const durations: { readonly [type: string]: Seconds } = {
  "aws:acm/certificate:Certificate": { create: 8 },
  "aws:acm/certificateValidation:CertificateValidation": { create: 60, delete: 0 },
  "aws:autoscaling/group:Group": { create: 5, update: 5, delete: 15 },
  "aws:ec2/instance:Instance": { create: 15, delete: 40 },
  "aws:ec2/internetGateway:InternetGateway": { delete: 10 },
  "aws:ec2/natGateway:NatGateway": { create: 100, delete: 60 },
  "aws:ec2/subnet:Subnet": { create: 10 },
  "aws:ec2/vpc:Vpc": { create: 12 },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { create: 6, delete: 6 },
  "aws:iam/instanceProfile:InstanceProfile": { create: 7 },
  "aws:kms/key:Key": { create: 12, update: 12 },
  "aws:lb/listener:Listener": { create: 1, update: 1, delete: 1 },
  "aws:lb/loadBalancer:LoadBalancer": { create: 150, update: 5, delete: 15 },
  "aws:route53/record:Record": { create: 35, update: 35, delete: 35 },
  "aws:route53/zone:Zone": { create: 35, delete: 2 },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": { create: 32, update: 32 },
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": { create: 1 },
  "aws:servicediscovery/instance:Instance": { create: 20, update: 20, delete: 20 },
  "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace": { create: 45, update: 10, delete: 45 },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { create: 10 },
};

/** Seconds until instances are in service, and until they have gone. */
const instances: Seconds = { create: 60, update: 5, delete: 150 };

/** Seconds an endpoint with interfaces of its own takes. */
const interfaces: Seconds = { create: 60, update: 30, delete: 60 };

function timesOf(type: string, inputs: Bag): Seconds {
  const own = durations[type] ?? {};
  if (type === "aws:autoscaling/group:Group") {
    const count = knownNumber(inputs.desiredCapacity) ?? knownNumber(inputs.minSize) ?? 0;
    return count > 0 ? instances : own;
  }
  const hasInterfaces = type === "aws:ec2/vpcEndpoint:VpcEndpoint" && inputs.vpcEndpointType === "Interface";
  return hasInterfaces ? interfaces : own;
}

/**
 * Seconds something takes on AWS.
 *
 * @param inputs What decides how long: a group with instances takes longer than one without.
 */
export function secondsOf(type: string, operation: Operation, inputs: Bag = {}): number {
  const seconds = timesOf(type, inputs)[operation];
  return isSet(seconds) ? seconds : usual;
}
