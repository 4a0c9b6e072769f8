import assert from "node:assert/strict";
import { architectureOf, isInstanceType } from "../../components/lib/instance-types";

describe("an instance type", () => {
  for (const type of [
    "t3.medium",
    "c6i.xlarge",
    "m7i-flex.large",
    "c7gn.16xlarge",
    "u-6tb1.56xlarge",
    "u7in-16tb.224xlarge",
    "x2iedn.metal",
    "c8gb.metal-48xl",
    "a1.nano",
  ]) {
    it(`may be ${type}`, () => assert.equal(isInstanceType(type), true));
  }

  for (const type of [
    "",
    "t3",
    "t3.",
    ".medium",
    "T3.medium",
    "t3.giant",
    "t3.medium ",
    "3t.medium",
    "t3_a.small",
  ]) {
    it(`may not be ${JSON.stringify(type)}`, () => assert.equal(isInstanceType(type), false));
  }
});

describe("the processor of an instance type", () => {
  for (const type of [
    "a1.large",
    "t4g.medium",
    "m6gd.large",
    "c7gn.large",
    "im4gn.large",
    "is4gen.large",
    "g5g.xlarge",
  ]) {
    it(`is Graviton in ${type}`, () => assert.equal(architectureOf(type), "arm64"));
  }

  for (const type of [
    "t3.medium",
    "t3a.medium",
    "c6i.large",
    "g4dn.xlarge",
    "g6.xlarge",
    "gr6.4xlarge",
    "trn1.2xlarge",
  ]) {
    it(`is x86 in ${type}`, () => assert.equal(architectureOf(type), "x86_64"));
  }
});
