import assert from "node:assert/strict";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";
import { sandboxed, sandboxMocks, UNKNOWN } from "../../sandbox";

const vpcArgs = { cidrBlock: "10.0.0.0/16" };

describe("sandboxMocks", () => {
  it("puts the model behind a program in one line", async () => {
    const sandbox = await sandboxMocks();
    const vpc = new ec2.Vpc("net", vpcArgs);
    new ec2.InternetGateway("net", { vpcId: vpc.id });
    new ec2.Eip("address");
    await sandbox.settled();
    assert.deepEqual(sandbox.names, ["address", "net", "net"]);
    assert.deepEqual(sandbox.inputs("net", "aws:ec2/internetGateway:InternetGateway"), {
      vpcId: sandbox.resource("net", "aws:ec2/vpc:Vpc").id,
    });
    assert.equal(sandbox.outputs("net", "aws:ec2/vpc:Vpc").cidrBlock, "10.0.0.0/16");
  });

  it("leaves what AWS computes unknown in preview mode", async () => {
    const sandbox = await sandboxMocks({ mode: "preview" });
    const vpc = new ec2.Vpc("net", vpcArgs);
    new ec2.InternetGateway("out", { vpcId: vpc.id });
    await sandbox.settled();
    assert.deepEqual(sandbox.inputs("out"), { vpcId: UNKNOWN });
    assert.equal(pulumi.runtime.isDryRun(), true);
  });

  it("starts afresh with every call", async () => {
    await sandboxMocks();
    new ec2.Vpc("net", vpcArgs);
    const second = await sandboxMocks();
    new ec2.Vpc("net", vpcArgs);
    await second.settled();
    assert.deepEqual(second.names, ["net"]);
  });

  it("reports a refusal from settled()", async () => {
    const sandbox = await sandboxMocks();
    new ec2.Vpc("net", { cidrBlock: "10.0.0.0/8" });
    await assert.rejects(sandbox.settled(), {
      message:
        "aws:ec2/vpc:Vpc resource 'net' has a problem: InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid. Examine values at 'net.cidrBlock'.",
    });
  });

  it("keeps what the program logs", async () => {
    const sandbox = await sandboxMocks();
    await pulumi.log.warn("careful");
    assert.deepEqual(sandbox.logs, [{ severity: "warning", message: "careful" }]);
  });

  after(() => sandboxMocks());
});

describe("a sandbox", () => {
  it("says which resources there are when asked for one there is not", async () => {
    const sandbox = await sandboxed(() => new ec2.Vpc("net", vpcArgs));
    assert.throws(() => sandbox.resource("web"), { message: 'no resource "web"; there are net' });
  });

  it("asks for a type when a name means several resources", async () => {
    const sandbox = await sandboxed(() => {
      new ec2.Vpc("net", vpcArgs);
      new ec2.Eip("net");
    });
    assert.throws(() => sandbox.resource("net"), {
      message: '"net" is ambiguous or of another type: give one of aws:ec2/eip:Eip, aws:ec2/vpc:Vpc',
    });
  });

  it("hands on the error of the program it ran", async () => {
    const thrown = new Error("boom");
    await assert.rejects(
      sandboxed(() => {
        throw thrown;
      }),
      (error) => error === thrown,
    );
  });
});
