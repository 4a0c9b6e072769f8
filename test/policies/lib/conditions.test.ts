import * as assert from "node:assert/strict";
import { answer } from "../../../policies/lib/answers";
import { bindsCaller, bindsPrincipal, isOnlyForPlainTransport } from "../../../policies/lib/conditions";
import { UNKNOWN } from "../../../policies/lib/unknown";
import { Value } from "../../../policies/lib/value";

const account = "123456789012";
const alarms = `arn:aws:cloudwatch:eu-west-1:${account}:alarm:*`;

type Table = readonly (readonly [unknown, boolean | undefined])[];

function check(table: Table, ask: (statement: Value) => boolean | undefined): void {
  for (const [Condition, is] of table) {
    const statement = Value.of({ Condition });
    assert.equal(
      answer(() => ask(statement)),
      is,
      JSON.stringify(Condition),
    );
  }
}

describe("a condition on the caller", () => {
  it("binds to an account, an organisation, a network or a resource", () => {
    check(
      [
        [{ StringEquals: { "aws:SourceAccount": account } }, true],
        [{ stringequals: { "AWS:SourceOwner": [account, "210987654321"] } }, true],
        [{ StringLike: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, true],
        [{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-*" } }, true],
        [{ ArnLike: { "aws:SourceArn": alarms } }, true],
        [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads" } }, true],
        [{ ArnEquals: { "aws:SourceArn": "arn:aws:s3:*:*:uploads" } }, true],
        [{ StringLike: { "aws:userId": "AROA123456789EXAMPLE:*" } }, true],
        [{ IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } }, true],
        [{ IpAddress: { "aws:SourceIp": "203.0.113.7" } }, true],
        [{ StringEquals: { "aws:VpceAccount": account } }, true],
        [{ StringEquals: { "aws:VpceOrgID": "o-a1b2c3d4e5" } }, true],
        [{ "ForAnyValue:StringLike": { "aws:VpceOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } }, true],
        [{ ArnLike: { "aws:SourceVpcArn": `arn:aws:ec2:eu-west-1:${account}:vpc/*` } }, true],
        [
          { StringEquals: { "aws:SourceVpce": "vpce-1a2b3c4d" }, Bool: { "aws:SecureTransport": "true" } },
          true,
        ],
      ],
      bindsCaller,
    );
  });

  it("does not bind with a value that everybody has", () => {
    check(
      [
        [undefined, false],
        [{}, false],
        [{ StringLike: { "aws:SourceAccount": "*" } }, false],
        [{ StringEquals: { "aws:SourceAccount": [account, "*"] } }, false],
        [{ StringEquals: { "aws:PrincipalAccount": `\${aws:ResourceAccount}` } }, false],
        [{ StringLike: { "aws:PrincipalOrgPaths": "*/r-ab12" } }, false],
        [{ ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:*" } }, false],
        [{ ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }, false],
        [{ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } }, false],
        [{ IpAddress: { "aws:SourceIp": "0.0.0.0/0" } }, false],
        [{ IpAddress: { "aws:SourceIp": "11.0.0.0/7" } }, false],
        [{ IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "::/0"] } }, false],
      ],
      bindsCaller,
    );
  });

  it("does not bind with an operator that lets others through", () => {
    check(
      [
        [{ StringEqualsIfExists: { "aws:SourceAccount": account } }, false],
        [{ "ForAllValues:StringEquals": { "aws:SourceAccount": account } }, false],
        [{ StringNotEquals: { "aws:SourceAccount": account } }, false],
        [{ Null: { "aws:SourceAccount": "false" } }, false],
        [{ Bool: { "aws:SecureTransport": "true" } }, false],
        [{ StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }, false],
      ],
      bindsCaller,
    );
  });

  it("is open while nothing certain binds", () => {
    check(
      [
        [{ StringEquals: { "aws:SourceAccount": UNKNOWN } }, undefined],
        [{ StringEquals: { "aws:SourceAccount": UNKNOWN, "aws:SourceOwner": account } }, true],
        [{ StringEquals: { "aws:SourceAccount": [UNKNOWN, "*"] } }, false],
        [UNKNOWN, undefined],
      ],
      bindsCaller,
    );
  });
});

describe("a condition on users and roles", () => {
  it("leaves services out", () => {
    check(
      [
        [{ StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, true],
        [{ StringEquals: { "kms:CallerAccount": account } }, true],
        [{ StringEquals: { "aws:SourceAccount": account } }, false],
        [{ StringEqualsIfExists: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }, false],
        [undefined, false],
      ],
      bindsPrincipal,
    );
  });
});

describe("a condition on transport", () => {
  it("is for what comes without TLS, and for nothing less", () => {
    check(
      [
        [{ Bool: { "aws:SecureTransport": "false" } }, true],
        [{ BoolIfExists: { "AWS:SecureTransport": [false] } }, true],
        [{ Bool: { "aws:SecureTransport": "true" } }, false],
        [{ StringEquals: { "aws:SecureTransport": "false" } }, false],
        [{ NumericLessThan: { "s3:TlsVersion": "1.2" } }, false],
        [{ Bool: { "aws:SecureTransport": "false", "aws:ViaAWSService": "false" } }, false],
        [{ Bool: { "aws:SecureTransport": "false" }, StringLike: { "aws:userid": "*" } }, false],
        [{ Bool: { "aws:SecureTransport": UNKNOWN } }, undefined],
        [undefined, false],
      ],
      isOnlyForPlainTransport,
    );
  });
});
