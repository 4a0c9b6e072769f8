import * as assert from "node:assert/strict";
import { answer } from "../../../policies/lib/answers";
import {
  admits,
  hasCondition,
  isAllow,
  isDeny,
  isForEverybody,
  isPublic,
  namesPrincipal,
  namesService,
  principalsOf,
  refusesPlainTransport,
  speaksOf,
  statementsOf,
  takesIn,
  textsOf,
} from "../../../policies/lib/documents";
import { UNKNOWN } from "../../../policies/lib/unknown";
import { Value } from "../../../policies/lib/value";

const account = "123456789012";
const service = "cloudwatch.amazonaws.com";

function document(...Statement: readonly unknown[]): Value {
  return Value.of({ policy: { Version: "2012-10-17", Statement } }).at("policy");
}

function paths(policy: unknown): readonly string[] {
  return statementsOf(Value.of({ policy }).at("policy")).map(({ path }) => path);
}

describe("the statements of a policy document", () => {
  it("are read from a text and from an object, one or several", () => {
    const one = { Statement: { Effect: "Allow" } };
    const two = { Statement: [{ Effect: "Allow" }, { Effect: "Deny" }] };
    const several = ["policy.Statement[0]", "policy.Statement[1]"];
    assert.deepEqual(
      [paths(one), paths(JSON.stringify(one)), paths(two), paths(JSON.stringify(two))],
      [["policy.Statement"], ["policy.Statement"], several, several],
    );
  });

  it("are none in what is no document", () => {
    for (const policy of [undefined, null, "", "{", "[]", 7, [], {}]) assert.deepEqual(paths(policy), []);
  });

  it("are not known while the document is not", () => {
    assert.throws(() => paths(UNKNOWN), { path: "policy", waits: "not known yet" });
  });

  it("allow or deny by the exact word", () => {
    const effects = ["Allow", "Deny", "allow", undefined].map((Effect) => Value.of({ Effect }));
    assert.deepEqual(effects.map(isAllow), [true, false, false, false]);
    assert.deepEqual(effects.map(isDeny), [false, true, false, false]);
  });

  it("have a condition if it holds anything", () => {
    const conditions = [{ Bool: {} }, {}, undefined].map((Condition) => Value.of({ Condition }));
    assert.deepEqual(conditions.map(hasCondition), [true, false, false]);
  });
});

describe("what a statement speaks of", () => {
  it("is one text or several", () => {
    const statement = Value.of({ Action: "s3:Get*", Resource: ["a", null, "b"] });
    assert.deepEqual(
      ["Action", "Resource", "NotAction"].map((member) => textsOf(statement, member)),
      [["s3:Get*"], ["a", "b"], []],
    );
  });

  it("is a principal by its kind, where it is no account's", () => {
    const principals = ["*", { AWS: "*" }, { AWS: ["1", "2"], Service: service }, undefined].map(
      (Principal) => Value.of({ Principal }),
    );
    assert.deepEqual(principals.map(principalsOf), [["*"], ["*"], ["1", "2", `Service:${service}`], []]);
    assert.deepEqual(principals.map(isForEverybody), [true, true, false, false]);
  });

  it("is told of a principal though another is not known yet", () => {
    const statement = Value.of({ Principal: { AWS: [UNKNOWN], Service: [service] } });
    const names = (wanted: string) => namesPrincipal(statement, (principal) => principal === wanted);
    assert.deepEqual([names(`Service:${service}`), names(account)], [true, undefined]);
  });

  it("is an action it lists, or leaves out of those it does not speak of", () => {
    const table: readonly (readonly [object, boolean | undefined])[] = [
      [{ Action: "sns:Publish" }, true],
      [{ Action: ["sns:Subscribe", "SNS:pub*"] }, true],
      [{ Action: "*" }, true],
      [{ Action: "sns:Subscribe" }, false],
      [{}, false],
      [{ Action: [UNKNOWN, "sns:*"] }, true],
      [{ Action: [UNKNOWN] }, undefined],
      [{ NotAction: "sns:Subscribe" }, true],
      [{ NotAction: ["sns:*"] }, false],
      [{ NotAction: [UNKNOWN, "sns:Publish"] }, false],
    ];
    for (const [statement, is] of table) {
      assert.equal(speaksOf(Value.of(statement), "sns:Publish"), is, JSON.stringify(statement));
    }
  });
});

describe("a name with wildcards", () => {
  it("takes in what AWS takes it to", () => {
    const table: readonly (readonly [string, string, boolean])[] = [
      ["s3:Get*", "s3:GetObject", true],
      ["S3:GETOBJECT", "s3:GetObject", true],
      ["s3:Get?bject", "s3:GetObject", true],
      ["*", "", true],
      ["*:*Object", "s3:GetObject", true],
      ["s3:*Obj*t", "s3:GetObject", true],
      ["s3:Get", "s3:GetObject", false],
      ["s3:GetObject?", "s3:GetObject", false],
      ["s3.GetObject", "s3:GetObject", false],
      ["", "s3:GetObject", false],
      ["s3:*.*", "s3:GetObject", false],
    ];
    for (const [pattern, name, is] of table) assert.equal(takesIn(pattern, name), is, `${pattern} ${name}`);
  });

  it("is compared quickly however many there are", () => {
    assert.equal(takesIn(`${"*a".repeat(50)}b`, "a".repeat(5000)), false);
  });
});

describe("a service", () => {
  it("is named by itself, by everybody, or by not being left out", () => {
    const table: readonly (readonly [object, boolean | undefined])[] = [
      [{ Principal: { Service: "CloudWatch.amazonaws.com" } }, true],
      [{ Principal: "*" }, true],
      [{ Principal: { AWS: "*" }, Condition: { StringEquals: { "aws:SourceAccount": account } } }, true],
      [{ NotPrincipal: { AWS: account } }, true],
      [{ NotPrincipal: { Service: service } }, false],
      [{ Principal: { Service: "events.amazonaws.com" } }, false],
      [{ Principal: { AWS: "*" }, Condition: { StringEquals: { "kms:CallerAccount": account } } }, false],
      [{ Principal: "*", Condition: { StringLike: { "aws:PrincipalArn": "arn:*" } } }, false],
      [{ Principal: "*", Condition: UNKNOWN }, undefined],
      [{ Principal: UNKNOWN }, undefined],
    ];
    for (const [statement, is] of table) {
      const names = answer(() => namesService(Value.of(statement), service));
      assert.equal(names, is, JSON.stringify(statement));
    }
  });

  it("is admitted by a statement that allows it, unless one denies it without a condition", () => {
    const allow = { Effect: "Allow", Principal: { Service: service }, Action: "sns:*" };
    const deny = { Effect: "Deny", Principal: "*", Action: "sns:Publish" };
    const lets = (...statements: readonly unknown[]) =>
      admits(document(...statements), "sns:Publish", (statement) => namesService(statement, service));
    const plain = { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } };
    assert.deepEqual(
      [lets(), lets(allow), lets(allow, plain), lets(allow, deny), lets(deny, UNKNOWN)],
      [false, true, true, false, false],
    );
    assert.deepEqual(
      [lets(allow, UNKNOWN), lets(UNKNOWN), lets({ ...allow, Action: UNKNOWN })],
      [undefined, undefined, undefined],
    );
  });
});

describe("a public statement", () => {
  it("allows everybody, whoever and wherever they are", () => {
    const condition = { StringEquals: { "aws:SourceAccount": account } };
    const table: readonly (readonly [object, boolean | undefined])[] = [
      [{ Effect: "Allow", Principal: "*" }, true],
      [{ Effect: "Allow", Principal: { AWS: [account, "*"] } }, true],
      [{ Effect: "Allow", NotPrincipal: { AWS: account } }, true],
      [{ Effect: "Deny", Principal: "*" }, false],
      [{ Effect: "Allow", Principal: { AWS: account } }, false],
      [{ Effect: "Allow", Principal: "*", Condition: condition }, false],
      [{ Effect: "Deny", Principal: UNKNOWN }, false],
      [{ Effect: "Allow", Principal: UNKNOWN, Condition: condition }, false],
      [{ Effect: "Allow", Principal: UNKNOWN }, undefined],
    ];
    for (const [statement, is] of table) {
      assert.equal(isPublic(Value.of(statement)), is, JSON.stringify(statement));
    }
  });
});

describe("plain transport", () => {
  const deny = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };

  it("is refused by a statement that denies it to everybody", () => {
    const table: readonly (readonly [object, boolean | undefined])[] = [
      [deny, true],
      [{ ...deny, Effect: "Allow" }, false],
      [{ ...deny, Principal: { AWS: account } }, false],
      [{ ...deny, Action: "s3:PutObject" }, false],
      [{ ...deny, Condition: {} }, false],
      [{ ...deny, Condition: UNKNOWN }, undefined],
    ];
    for (const [statement, is] of table) {
      assert.equal(refusesPlainTransport(document(statement), "s3:GetObject"), is, JSON.stringify(statement));
    }
  });
});
