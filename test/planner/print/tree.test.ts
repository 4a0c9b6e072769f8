import assert from "node:assert/strict";
import { styleFor } from "../../../planner/print/style";
import { shortType, treeLines } from "../../../planner/print/tree";
import { plain, planOf, resource, root } from "../support/plans";

const network = resource("evenkeel:index:Network", "main");
const vpc = resource("aws:ec2/vpc:Vpc", "main-vpc", {
  parent: network.urn,
  inputs: { cidrBlock: "10.0.0.0/16", tags: { a: "b" } },
});
const subnet = (name: string) => resource("aws:ec2/subnet:Subnet", name, { parent: vpc.urn });
const bucket = resource("aws:s3/bucket:Bucket", "logs", { operation: "read", inputs: { bucket: "x" } });
const plan = planOf({ resources: [root, network, vpc, subnet("s-10"), subnet("s-9"), bucket] });

describe("the tree of a plan", () => {
  it("is drawn as the CLI draws it: what stands alone first, then what holds others", () => {
    assert.deepEqual(treeLines(plan, plain, false), [
      "     Type                       Name      Plan",
      " +   pulumi:pulumi:Stack        tiny-dev  create",
      " =   ├─ aws:s3:Bucket           logs      read",
      " +   └─ evenkeel:index:Network  main      create",
      " +      └─ aws:ec2:Vpc          main-vpc  create",
      " +         ├─ aws:ec2:Subnet    s-9       create",
      " +         └─ aws:ec2:Subnet    s-10      create",
    ]);
  });

  it("shows inputs under each resource when asked to", () => {
    const lines = treeLines(planOf({ resources: [root, bucket, network, vpc, subnet("s")] }), plain, true);
    assert.deepEqual(lines.slice(2), [
      " =   ├─ aws:s3:Bucket           logs      read",
      "     │         bucket: x",
      " +   └─ evenkeel:index:Network  main      create",
      " +      └─ aws:ec2:Vpc          main-vpc  create",
      "           │      cidrBlock: 10.0.0.0/16",
      "           │      tags:",
      "           │        a: b",
      " +         └─ aws:ec2:Subnet    s         create",
    ]);
  });

  it("cuts a name on a terminal that is too narrow, and nowhere else", () => {
    const long = planOf({
      resources: [root, resource("aws:s3/bucket:Bucket", "a-name-of-a-good-length-that-goes-on")],
    });
    const narrow = styleFor({ write: () => true, isTTY: true, columns: 60 }, { NO_COLOR: "1" });
    assert.deepEqual(treeLines(long, narrow, false), [
      "     Type                 Name                        Plan",
      " +   pulumi:pulumi:Stack  tiny-dev                    create",
      " +   └─ aws:s3:Bucket     a-name-of-a-good-length-t…  create",
    ]);
    assert.match(treeLines(long, plain, false).join("\n"), /a-name-of-a-good-length-that-goes-on {2}create$/);
  });

  it("shows hostile names harmlessly", () => {
    const hostile = planOf({ resources: [root, resource("aws:s3/bucket:Bucket", "x\u001b[2J\ny")] });
    assert.equal(
      treeLines(hostile, plain, false).at(-1),
      " +   └─ aws:s3:Bucket     x\\u001b[2J\\u000ay  create",
    );
  });

  it("keeps children whose parent is not part of the plan", () => {
    const orphan = resource("aws:s3/bucket:Bucket", "b", { parent: "urn:elsewhere" });
    assert.equal(
      treeLines(planOf({ resources: [root, orphan] }), plain, false)[1],
      " +   aws:s3:Bucket        b         create",
    );
  });
});

describe("a type", () => {
  it("is shown without the part that repeats the class", () => {
    assert.equal(shortType("aws:ec2/vpc:Vpc"), "aws:ec2:Vpc");
    assert.equal(shortType("evenkeel:index:Network"), "evenkeel:index:Network");
    assert.equal(shortType("pulumi:providers:aws"), "pulumi:providers:aws");
  });
});
