import assert from "node:assert/strict";
import { secondsOf } from "../../../sandbox/model/durations";

describe("what is done to a resource", () => {
  it("takes as long as it usually does", () => {
    assert.equal(secondsOf("aws:ec2/natGateway:NatGateway", "create"), 100);
    assert.equal(secondsOf("aws:ec2/natGateway:NatGateway", "delete"), 60);
    assert.equal(secondsOf("aws:acm/certificateValidation:CertificateValidation", "delete"), 0);
  });

  it("takes two seconds when nothing else is known", () => {
    assert.equal(secondsOf("aws:sns/topic:Topic", "create"), 2);
    assert.equal(secondsOf("aws:ec2/natGateway:NatGateway", "update"), 2);
    assert.equal(secondsOf("aws:nothing/known:Known", "delete"), 2);
  });

  it("takes longer with instances, and with interfaces", () => {
    const group = "aws:autoscaling/group:Group";
    for (const inputs of [{ desiredCapacity: 2 }, { minSize: 1 }]) {
      assert.deepEqual([secondsOf(group, "create", inputs), secondsOf(group, "delete", inputs)], [60, 150]);
    }
    for (const inputs of [{ desiredCapacity: 0, minSize: 0 }, {}]) {
      assert.deepEqual([secondsOf(group, "create", inputs), secondsOf(group, "delete", inputs)], [5, 15]);
    }
    const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";
    assert.equal(secondsOf(endpoint, "create", { vpcEndpointType: "Interface" }), 60);
    assert.equal(secondsOf(endpoint, "create", { vpcEndpointType: "Gateway" }), 6);
  });
});
