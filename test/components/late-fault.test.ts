import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { lateFault } from "../../components/lib/late-fault";

describe("a fault found late", () => {
  it("is an argument error without a stack, so that no version of Node.js chokes on colouring it", () => {
    const owner = new pulumi.DependencyResource("urn:pulumi:stack::project::evenkeel:index:Network::main");
    const error = lateFault("transform.vpc", "must leave 3 public subnets, left 2", owner);
    assert.equal(error.name, "ArgumentError");
    assert.equal(error.message, "invalid arguments\n  transform.vpc: must leave 3 public subnets, left 2");
    assert.equal(error.stack, "");
    assert.equal(error.resource, owner);
  });
});
