import assert from "node:assert/strict";
import { UNKNOWN } from "../../../sandbox";
import { Account, type Case } from "../account";
import { eachIsRefused } from "./single";

const vpcType = "aws:ec2/vpc:Vpc";
const subnetType = "aws:ec2/subnet:Subnet";
const ruleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const groupType = "aws:ec2/securityGroup:SecurityGroup";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

describe("AWS refuses a network", () => {
  eachIsRefused([
    {
      title: "whose block is no block",
      type: vpcType,
      inputs: { cidrBlock: "10.0.0.0" },
      at: "cidrBlock",
      reason: '"10.0.0.0" is not a valid IPv4 CIDR block: invalid CIDR address: 10.0.0.0',
    },
    {
      title: "whose block starts at an address inside it",
      type: vpcType,
      inputs: { cidrBlock: "10.0.1.0/16" },
      at: "cidrBlock",
      reason: '"10.0.1.0/16" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/16"?',
    },
    {
      title: "larger than a /16",
      type: vpcType,
      inputs: { cidrBlock: "10.0.0.0/15" },
      at: "cidrBlock",
      reason: "InvalidVpc.Range: The CIDR '10.0.0.0/15' is invalid.",
    },
    {
      title: "without any block",
      type: vpcType,
      inputs: {},
      reason: "one of `cidr_block,ipv4_ipam_pool_id` must be specified",
    },
    {
      title: "whose subnet is in a zone the region does not have",
      type: subnetType,
      inputs: { vpcId: "vpc-0a", cidrBlock: "10.0.0.0/24", availabilityZone: "us-east-1z" },
      at: "availabilityZone",
      reason:
        "InvalidParameterValue: Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1e, us-east-1f.",
    },
    {
      title: "whose NAT gateway has no address",
      type: "aws:ec2/natGateway:NatGateway",
      inputs: { subnetId: "subnet-0a" },
      at: "allocationId",
      reason: "MissingParameter: The request must include the AllocationId parameter",
    },
    {
      title: "whose route leads nowhere",
      type: "aws:ec2/route:Route",
      inputs: { routeTableId: "rtb-0a", destinationCidrBlock: "0.0.0.0/0" },
      reason:
        "one of `carrier_gateway_id,core_network_arn,egress_only_gateway_id,gateway_id,local_gateway_id,nat_gateway_id,network_interface_id,transit_gateway_id,vpc_endpoint_id,vpc_peering_connection_id` must be specified",
    },
    {
      title: "whose flow log goes to CloudWatch without a role",
      type: "aws:ec2/flowLog:FlowLog",
      inputs: {
        vpcId: "vpc-0a",
        trafficType: "ALL",
        logDestination: "arn:aws:logs:us-east-1:123456789012:log-group:x",
      },
      at: "iamRoleArn",
      reason:
        "InvalidParameter: DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
    },
    {
      title: "whose gateway endpoint has subnets",
      type: endpointType,
      inputs: { vpcId: "vpc-0a", serviceName: "com.amazonaws.us-east-1.s3", subnetIds: ["subnet-0a"] },
      at: "subnetIds",
      reason: "InvalidParameter: subnetIds is not supported for endpoints of type Gateway",
    },
  ]);

  const vpc = (account: Account, inputs: Case["inputs"] = {}) =>
    account.make(vpcType, "net", { cidrBlock: "10.0.0.0/16", ...inputs });

  it("with a subnet outside of it", () => {
    const account = new Account("preview");
    const made = vpc(account);
    assert.deepEqual(
      account.failures(subnetType, { vpcId: UNKNOWN, cidrBlock: "10.1.0.0/24" }, { vpcId: [made] }),
      [{ property: "cidrBlock", reason: "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid." }],
    );
  });

  it("with two subnets that overlap", () => {
    const account = new Account("preview");
    const from = { vpcId: [vpc(account)] };
    account.make(subnetType, "a", { vpcId: UNKNOWN, cidrBlock: "10.0.0.0/23" }, from);
    assert.deepEqual(account.failures(subnetType, { vpcId: UNKNOWN, cidrBlock: "10.0.1.0/24" }, from), [
      {
        property: "cidrBlock",
        reason: "InvalidSubnet.Conflict: The CIDR '10.0.1.0/24' conflicts with another subnet (a)",
      },
    ]);
  });

  it("with two routes to one place", () => {
    const account = new Account();
    const route = { routeTableId: "rtb-0a", destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-0a" };
    account.make("aws:ec2/route:Route", "a", route);
    assert.deepEqual(account.failures("aws:ec2/route:Route", { ...route, gatewayId: "igw-0b" }), [
      {
        property: "destinationCidrBlock",
        reason: "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
      },
    ]);
    assert.deepEqual(account.failures("aws:ec2/route:Route", { ...route, routeTableId: "rtb-0b" }), []);
  });

  it("with a private name for an endpoint where names are switched off", () => {
    const account = new Account();
    const made = vpc(account, { enableDnsHostnames: false });
    const inputs = {
      vpcId: made.id,
      serviceName: "com.amazonaws.us-east-1.ssm",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
    };
    assert.deepEqual(account.failures(endpointType, inputs), [
      {
        property: "privateDnsEnabled",
        reason:
          "InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true",
      },
    ]);
  });

  it("with an endpoint in two subnets of one zone", () => {
    const account = new Account();
    const made = vpc(account);
    const subnetIds = [0, 1].map(
      (index) =>
        account.make(subnetType, `s${index}`, {
          vpcId: made.id,
          cidrBlock: `10.0.${index}.0/24`,
          availabilityZone: "us-east-1a",
        }).id,
    );
    const inputs = {
      vpcId: made.id,
      serviceName: "com.amazonaws.us-east-1.ssm",
      vpcEndpointType: "Interface",
      subnetIds,
    };
    assert.deepEqual(account.failures(endpointType, inputs), [
      {
        property: "subnetIds",
        reason:
          "DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of us-east-1a",
      },
    ]);
  });
});

const rule = {
  securityGroupId: "sg-0a",
  ipProtocol: "tcp",
  fromPort: 443,
  toPort: 443,
  cidrIpv4: "10.0.0.0/16",
};

function ruleCase(title: string, inputs: Case["inputs"], at: string | undefined, reason: string): Case {
  return {
    title,
    type: ruleType,
    inputs: { ...rule, ...inputs },
    reason,
    ...(at === undefined ? {} : { at }),
  };
}

describe("AWS refuses a firewall rule", () => {
  eachIsRefused([
    ruleCase(
      "with two sources",
      { prefixListId: "pl-0a" },
      undefined,
      "2 attributes specified when one (and only one) of [cidr_ipv4,cidr_ipv6,prefix_list_id,referenced_security_group_id] is required",
    ),
    ruleCase(
      "for a block with host bits",
      { cidrIpv4: "10.0.0.1/16" },
      "cidrIpv4",
      '"10.0.0.1/16" is not a valid IPv4 CIDR block; did you mean "10.0.0.0/16"?',
    ),
    ruleCase(
      "of which the first port is behind the last",
      { fromPort: 444 },
      "fromPort",
      "InvalidParameterValue: Invalid TCP port range (444-443)",
    ),
    ruleCase(
      "beyond the last port",
      { toPort: 65536 },
      "toPort",
      "expected to_port to be in the range (-1 - 65535), got 65536",
    ),
  ]);

  it("for all protocols with ports", () => {
    assert.deepEqual(new Account().failures(ruleType, { ...rule, ipProtocol: "-1" }), [
      {
        property: "fromPort",
        reason: 'from_port must not be set when ip_protocol is "-1": all ports are meant',
      },
      { property: "toPort", reason: 'to_port must not be set when ip_protocol is "-1": all ports are meant' },
    ]);
  });

  it("that exists already, as far as that is certain", () => {
    const account = new Account("preview");
    account.make(ruleType, "web-443", rule);
    account.make(ruleType, "web-some", { ...rule, fromPort: UNKNOWN, toPort: UNKNOWN });
    assert.deepEqual(account.failures(ruleType, rule), [
      { reason: "InvalidPermission.Duplicate: the specified rule already exists (web-443)" },
    ]);
    for (const more of [{ fromPort: UNKNOWN, toPort: UNKNOWN }, { securityGroupId: "sg-0b" }]) {
      assert.deepEqual(account.failures(ruleType, { ...rule, ...more }), []);
    }
  });

  it("whose group has a name that is taken in a VPC of another stack", () => {
    const account = new Account();
    account.make(groupType, "web", { name: "web", vpcId: "vpc-0a" });
    assert.deepEqual(account.failures(groupType, { name: "web", vpcId: "vpc-0a" }), [
      {
        property: "name",
        reason: "InvalidGroup.Duplicate: The security group 'web' already exists for VPC",
      },
    ]);
    assert.deepEqual(account.failures(groupType, { name: "web", vpcId: "vpc-0b" }), []);
  });

  it("whose group has a name that looks like an id", () => {
    assert.deepEqual(new Account().failures(groupType, { name: "sg-web" }), [
      { property: "name", reason: "invalid value for name (cannot begin with sg-): sg-web" },
    ]);
  });
});
