import assert from "node:assert/strict";
import type { PlanPolicy } from "../../../planner/plan";
import { report } from "../../../planner/print/report";
import { UNKNOWN } from "../../../sandbox/values";
import { plain, planOf, resource, root, violation } from "../support/plans";

const policy: PlanPolicy = {
  name: "buckets-private",
  description: "Buckets are private",
  level: "mandatory",
  severity: "high",
  verdict: "violated",
  remediation:
    "Set acl to private, or leave it out and let the public access block of the account decide it.",
  url: "https://example.com/buckets-private",
  settings: {},
};

describe("the report of a plan", () => {
  it("says what is created, what the program said, what is returned and that it is allowed", () => {
    const plan = planOf({
      messages: [
        { severity: "warning", message: "two lines\nof a message", urn: root.urn },
        { severity: "info", message: "hello" },
      ],
      outputs: { url: "https://x", ids: [UNKNOWN, "b"], empty: {}, count: 3 },
    });
    assert.equal(
      report(plan, plain, false),
      `Plan of tiny, stack dev

     Type                 Name      Plan
 +   pulumi:pulumi:Stack  tiny-dev  create

Messages
  warning  tiny-dev: two lines
           of a message
  info     hello

Policies (stub 1.2.3)
  ✓ no violations

Outputs
  url    https://x
  ids
    - [unknown]
    - b
  empty  {}
  count  3

Resources: + 1 to create (1 component, 0 resources)
Policies:  2 passed
✓ allowed
`,
    );
  });

  it("says of each violated policy what is wrong where, and the remedy once", () => {
    const logs = resource("aws:s3/bucket:Bucket", "logs");
    const media = resource("aws:s3/bucket:Bucket", "me\u001bdia");
    const plan = planOf({
      pack: { name: "stub", version: "1.2.3", config: "policies/config/dev.json" },
      policies: [policy, { ...policy, name: "buckets-logged", level: "advisory", remediation: "", url: "" }],
      violations: [
        violation("buckets-private", logs, {
          severity: "high",
          message: "acl: public-read, must be private",
        }),
        violation("buckets-private", media, {
          severity: "high",
          message: "acl: \u001b[2Jpublic-read\nand a second line",
        }),
        violation("buckets-logged", logs, { level: "advisory", message: "no log" }),
      ],
      undecided: ["2 left open: one-rule: some-resource subnets (waits for AWS); other-rule: other-resource"],
      remedied: [{ policy: "buckets-tagged", urn: logs.urn }],
      summary: {
        allowed: false,
        create: 3,
        read: 1,
        policiesPassed: 0,
        mandatoryViolations: 2,
        advisoryViolations: 1,
        policiesNotDecided: 1,
        policiesNotApplicable: 1,
        policiesDisabled: 1,
      },
    });
    assert.equal(
      report(plan, plain, false).split("\n\n").slice(2).join("\n\n"),
      `Policies (stub 1.2.3, set by policies/config/dev.json)
  ✗ mandatory  buckets-private (high)
      Buckets are private
      logs aws:s3:Bucket
        acl: public-read, must be private
      me\\u001bdia aws:s3:Bucket
        acl: \\u001b[2Jpublic-read
        and a second line
      Remedy: Set acl to private, or leave it out and let the public access
      block of the account decide it.
      https://example.com/buckets-private
  ! advisory   buckets-logged
      Buckets are private
      logs aws:s3:Bucket
        no log
  ~ remedied   buckets-tagged would change logs aws:s3:Bucket
  ? not decided in preview  2 left open: one-rule: some-resource subnets (waits
                            for AWS); other-rule: other-resource

Resources: + 3 to create = 1 to read (1 component, 2 resources)
Policies:  0 passed / 2 mandatory violations / 1 advisory violation / 1 not decided / 1 not applicable / 1 disabled
✗ not allowed: a mandatory policy is violated
`,
    );
  });
});
