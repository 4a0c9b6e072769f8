import assert from "node:assert/strict";
import type { Failure, Made, Subject } from "../../../sandbox/model/kind";
import { notYetVisible, seenLate } from "../../../sandbox/model/propagation";
import type { Bag } from "../../../sandbox/values";
import { Life } from "./life";

const document = (statement: Bag): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

const trust = document({ Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } });
const reading = document({ Action: "s3:GetObject", Resource: "*" });

/** What AWS says to a resource when IAM takes ten seconds and these were made so many seconds ago. */
function refused(
  { world }: Life,
  type: string,
  inputs: Bag,
  ages: readonly (readonly [Made, number])[],
): Failure[] {
  const urn = `urn:pulumi:stack::project::${type}::wanted`;
  const subject: Subject = {
    urn,
    seed: urn,
    type,
    name: "wanted",
    inputs,
    propertyDependencies: {},
    region: "us-east-1",
    world,
  };
  const age = (made: Made) => ages.find(([each]) => each === made)?.[1] ?? Number.POSITIVE_INFINITY;
  return [...notYetVisible(subject, age, 10)];
}

function role(life: Life, name = "web"): Made {
  return life.make("aws:iam/role:Role", name, { name, assumeRolePolicy: trust });
}

describe("what IAM has just made", () => {
  it("is of these types", () => {
    assert.deepEqual(
      seenLate.map((type) => type.split(":")[2]),
      ["Role", "InstanceProfile", "RolePolicy", "RolePolicyAttachment", "Policy"],
    );
  });

  it("is no profile yet for a group, through the launch template, by name or ARN", () => {
    const life = new Life();
    const profile = life.make("aws:iam/instanceProfile:InstanceProfile", "web", { name: "web" });
    const arn = String(profile.outputs.arn);
    for (const [by, value, what] of [
      ["name", "web", "name"],
      ["arn", arn, "ARN"],
    ] as const) {
      const template = life.make("aws:ec2/launchTemplate:LaunchTemplate", `web-${by}`, {
        iamInstanceProfile: { [by]: value },
      });
      const inputs: Bag = { launchTemplate: { id: template.id } };
      assert.deepEqual(refused(life, "aws:autoscaling/group:Group", inputs, [[profile, 9]]), [
        {
          property: "launchTemplate",
          reason: `ValidationError: You must use a valid fully-formed launch template. Value (${value}) for parameter iamInstanceProfile.${by} is invalid. Invalid IAM Instance Profile ${what}`,
          patienceSeconds: 120,
        },
      ]);
      assert.deepEqual(refused(life, "aws:autoscaling/group:Group", inputs, [[profile, 10]]), []);
    }
  });

  it("is no profile yet for an instance", () => {
    const life = new Life();
    const profile = life.make("aws:iam/instanceProfile:InstanceProfile", "web", { name: "web" });
    const inputs = { iamInstanceProfile: "web" };
    assert.deepEqual(refused(life, "aws:ec2/instance:Instance", inputs, [[profile, 0]]), [
      {
        property: "iamInstanceProfile",
        reason:
          "InvalidParameterValue: Value (web) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
        patienceSeconds: 120,
      },
    ]);
    assert.deepEqual(refused(life, "aws:ec2/instance:Instance", {}, [[profile, 0]]), []);
  });

  it("is no role yet for a flow log, nor for policies that name it", () => {
    const life = new Life();
    const made = role(life);
    const arn = String(made.outputs.arn);
    const naming = document({ Action: "*", Resource: "*", Principal: { AWS: ["123456789012", arn] } });
    const cases: readonly (readonly [string, Bag, string, string])[] = [
      [
        "aws:ec2/flowLog:FlowLog",
        { iamRoleArn: arn },
        "iamRoleArn",
        "InvalidParameter: Unable to assume given IAM role",
      ],
      [
        "aws:kms/key:Key",
        { policy: naming },
        "policy",
        "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.",
      ],
      [
        "aws:s3/bucketPolicy:BucketPolicy",
        { policy: naming },
        "policy",
        "MalformedPolicy: Invalid principal in policy",
      ],
      [
        "aws:sns/topicPolicy:TopicPolicy",
        { policy: naming },
        "policy",
        "InvalidParameter: Invalid parameter: Policy Error: PrincipalNotFound",
      ],
      [
        "aws:iam/role:Role",
        { assumeRolePolicy: naming },
        "assumeRolePolicy",
        "MalformedPolicyDocument: Invalid principal in policy",
      ],
    ];
    for (const [type, inputs, property, reason] of cases) {
      assert.deepEqual(refused(life, type, inputs, [[made, 1]]), [
        { property, reason, patienceSeconds: 120 },
      ]);
      assert.deepEqual(refused(life, type, inputs, []), [], type);
    }
    const others = document({ Action: "*", Resource: "*", Principal: "*" });
    for (const policy of [others, "no policy"]) {
      assert.deepEqual(refused(life, "aws:kms/key:Key", { policy }, [[made, 1]]), []);
    }
  });

  it("is no role yet for a lifecycle hook, for which its policies count too", () => {
    const life = new Life();
    const made = role(life);
    const other = role(life, "other");
    const policy = life.make("aws:iam/rolePolicy:RolePolicy", "web", { role: made.id, policy: reading });
    const unrelated = life.make("aws:iam/rolePolicy:RolePolicy", "other", {
      role: other.id,
      policy: reading,
    });
    const inputs: Bag = {
      roleArn: made.outputs.arn ?? "",
      notificationTargetArn: "arn:aws:sns:us-east-1:123456789012:ended",
    };
    const failure = {
      property: "roleArn",
      reason: `ValidationError: Unable to publish test message to notification target ${inputs.notificationTargetArn} using IAM role ${inputs.roleArn}. Please check your target and role configuration and try to put lifecycle hook again.`,
      patienceSeconds: 300,
    };
    const type = "aws:autoscaling/lifecycleHook:LifecycleHook";
    assert.deepEqual(refused(life, type, inputs, [[made, 5]]), [failure]);
    assert.deepEqual(refused(life, type, inputs, [[policy, 5]]), [failure]);
    assert.deepEqual(refused(life, type, inputs, [[unrelated, 5]]), []);
  });

  it("is of no matter to others", () => {
    const life = new Life();
    const made = role(life);
    assert.deepEqual(refused(life, "aws:sns/topic:Topic", { name: "web" }, [[made, 0]]), []);
  });
});
