import assert from "node:assert/strict";
import { Mistake } from "../../../sandbox/account/account-error";
import { shortType, typeMeant } from "../../../sandbox/account/type-names";

const targetGroup = "aws:lb/targetGroup:TargetGroup";

describe("the name of a type", () => {
  for (const written of [
    targetGroup,
    "aws:lb:TargetGroup",
    "aws.lb.TargetGroup",
    "lb.TargetGroup",
    "lb:TargetGroup",
    "lb/targetGroup",
    "TargetGroup",
    "targetgroup",
  ]) {
    it(`may be ${written}`, () => assert.equal(typeMeant(written), targetGroup));
  }

  it("is short with its module", () => assert.equal(shortType(targetGroup), "lb.TargetGroup"));

  it("is refused when it may be several, with all of them", () => {
    const message = '"Policy" may be autoscaling.Policy or iam.Policy: say which';
    assert.throws(() => typeMeant("Policy"), new Mistake(message));
    assert.equal(typeMeant("iam.Policy"), "aws:iam/policy:Policy");
  });

  it("is refused when nothing has it, with the nearest", () => {
    const start = "the model of AWS does not know the type";
    assert.throws(
      () => typeMeant("TargtGroup"),
      new Mistake(`${start} "TargtGroup"; did you mean "TargetGroup"?`),
    );
    assert.throws(
      () => typeMeant("alb.TargetGroup"),
      new Mistake(`${start} "alb.TargetGroup"; did you mean "lb.TargetGroup"?`),
    );
    assert.throws(() => typeMeant("Elephant"), new Mistake(`${start} "Elephant"`));
  });

  it("is never a provider's", () => assert.throws(() => typeMeant("pulumi:providers:aws"), Mistake));

  it("is looked for among those given", () => {
    assert.throws(() => typeMeant("lb.TargetGroup", ["aws:sns/topic:Topic"]), Mistake);
  });
});
