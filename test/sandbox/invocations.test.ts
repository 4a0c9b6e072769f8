import assert from "node:assert/strict";
import type { Bag } from "../../sandbox";
import { World } from "../../sandbox/model/world";

const world = new World({ preview: true, region: "us-east-1", accountId: "123456789012" });

function answer(token: string, args: Bag = {}, region = "us-east-1"): Bag {
  const found = world.invoke(token, args, region);
  if ("failure" in found) throw new Error(found.failure);
  return found.outputs;
}

describe("a function of the provider", () => {
  it("knows the region, the account and the partition", () => {
    assert.equal(
      answer("aws:index/getRegion:getRegion", {}, "eu-central-1").description,
      "Europe (Frankfurt)",
    );
    assert.equal(answer("aws:index/getCallerIdentity:getCallerIdentity").accountId, "123456789012");
    const { partition, dnsSuffix, reverseDnsPrefix } = answer(
      "aws:index/getPartition:getPartition",
      {},
      "cn-north-1",
    );
    assert.deepEqual(
      { partition, dnsSuffix, reverseDnsPrefix },
      { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn", reverseDnsPrefix: "cn.com.amazonaws" },
    );
  });

  it("knows the zones of a region", () => {
    const { names, zoneIds } = answer("aws:index/getAvailabilityZones:getAvailabilityZones", {
      region: "us-west-2",
      excludeNames: ["us-west-2b"],
    });
    assert.deepEqual(names, ["us-west-2a", "us-west-2c", "us-west-2d"]);
    assert.deepEqual(zoneIds, ["usw2-az1", "usw2-az3", "usw2-az4"]);
    const zone = answer("aws:index/getAvailabilityZone:getAvailabilityZone", {
      zoneId: "usw2-az3",
      region: "us-west-2",
    });
    assert.equal(zone.name, "us-west-2c");
  });

  it("writes a policy, and lets later documents replace statements of the same id", () => {
    const source = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
    });
    const override = JSON.stringify({
      Statement: [{ Sid: "Read", Effect: "Deny", Action: "s3:GetObject", Resource: "*" }],
    });
    const { minifiedJson } = answer("aws:iam/getPolicyDocument:getPolicyDocument", {
      sourcePolicyDocuments: [source],
      overridePolicyDocuments: [override],
      statements: [
        {
          actions: ["sts:AssumeRole"],
          principals: [{ type: "Service", identifiers: ["ec2.amazonaws.com"] }],
          conditions: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["1", "2"] }],
        },
      ],
    });
    assert.deepEqual(JSON.parse(String(minifiedJson)), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Deny", Action: "s3:GetObject", Resource: "*" },
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "ec2.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": ["1", "2"] } },
        },
      ],
    });
  });

  it("writes what is said twice of one thing together, and its own in place of what a source says", () => {
    const source = (Statement: object) => JSON.stringify({ Version: "2012-10-17", Statement });
    const denied = { Sid: "Mine", Effect: "Deny", Action: "*", Resource: "*" };
    const open = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
    const { minifiedJson } = answer("aws:iam/getPolicyDocument:getPolicyDocument", {
      sourcePolicyDocuments: [source([denied]), source(open)],
      statements: [
        {
          sid: "Mine",
          actions: ["s3:GetObject", "s3:PutObject"],
          principals: [
            { type: "AWS", identifiers: ["111111111111"] },
            { type: "AWS", identifiers: ["222222222222", "333333333333"] },
            { type: "*", identifiers: ["*"] },
          ],
          conditions: [
            { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["b"] },
            { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["a"] },
          ],
        },
        { actions: ["s3:ListBucket"], principals: [{ type: "*", identifiers: ["*"] }] },
      ],
    });
    assert.deepEqual(JSON.parse(String(minifiedJson)).Statement, [
      {
        Sid: "Mine",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:GetObject"],
        Principal: { AWS: ["111111111111", "333333333333", "222222222222"], "*": "*" },
        Condition: { StringEquals: { "aws:PrincipalOrgID": ["b", "a"] } },
      },
      open,
      { Effect: "Allow", Action: "s3:ListBucket", Principal: "*" },
    ]);
  });

  it("looks up the images AWS publishes and no other parameter", () => {
    const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
    assert.match(String(answer("aws:ssm/getParameter:getParameter", { name }).value), /^ami-0[0-9a-f]{16}$/);
    assert.deepEqual(world.invoke("aws:ssm/getParameter:getParameter", { name: "/mine" }, "us-east-1"), {
      failure: "reading SSM Parameter (/mine): couldn't find resource",
    });
  });

  it("knows the account load balancers write their logs from", () => {
    assert.equal(answer("aws:elb/getServiceAccount:getServiceAccount").arn, "arn:aws:iam::127311923021:root");
  });

  it("is refused by name when nobody has modelled it", () => {
    assert.deepEqual(world.invoke("aws:rds/getInstance:getInstance", {}, "us-east-1"), {
      failure: "the model of AWS does not know the function aws:rds/getInstance:getInstance",
    });
  });
});
