import { not } from "../../lib/answers";
import { takesIn } from "../../lib/documents";
import { apart, type Judgement } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { shown, type Value } from "../../lib/value";
import { IDENTITY_POLICY, ROLE } from "../types";
import { isAllKeys, saysWhichKeys } from "./keys";
import { actionsOf, allows, ifSo, isEveryAction, isEverything, isOn, judgeStatements } from "./statements";

/** Whether an action takes in one that turns what is encrypted into something readable. */
function decrypts(action: Value): boolean {
  const pattern = action.text() ?? "";
  return ["kms:Decrypt", "kms:ReEncryptFrom"].some((name) => takesIn(pattern, name));
}

function judgeAction(statement: Value, action: Value): Judgement {
  const is = allows(
    statement,
    () => decrypts(action),
    // Every action on every resource is found by a rule of its own.
    () => isOn(statement, (one) => isAllKeys(one) && !(isEveryAction(action) && isEverything(one))),
    () => not(saysWhichKeys(statement)),
  );
  return ifSo(is, action, is ? `allows ${shown(action.text())} ${must}` : "");
}

const must = "with every key, must name the keys";
const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
const document = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const text = (...statements: readonly object[]) => JSON.stringify(document(...statements));
const ofPolicy = { types: IDENTITY_POLICY };
const alias = (name: unknown, operator = "StringEquals") => ({
  Condition: { [`ForAnyValue:${operator}`]: { "kms:ResourceAliases": name } },
});

export const identityNoDecryptAll = rule({
  name: "identity-no-decrypt-all",
  title: "Nobody decrypts with every key",
  description:
    "Encryption separates who may read what only as far as keys do. Whoever may decrypt with all of them reads everything, also in other accounts that let this one in.",
  severity: "medium",
  level: "advisory",
  types: [...IDENTITY_POLICY, ...ROLE],
  frameworks: { fsbp: ["KMS.1", "KMS.2"] },
  remediation: "Name under Resource the keys that are needed, or at least account and region of all keys.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-1",
  judge: (holder) =>
    judgeStatements(holder, (statement) =>
      apart(...actionsOf(statement).map((action) => () => judgeAction(statement, action))),
    ),
  scenarios: [
    { ...ofPolicy, name: "one key", given: { policy: text({ ...decrypt, Resource: [key] }) }, is: "pass" },
    {
      ...ofPolicy,
      name: "all keys of one account in one region",
      given: { policy: text({ ...decrypt, Resource: "arn:aws:kms:eu-west-1:123456789012:key/*" }) },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "every key to encrypt with",
      given: {
        policy: text({ ...decrypt, Action: ["kms:Encrypt", "kms:GenerateDataKey*", "kms:DescribeKey"] }),
      },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "keys with one alias",
      given: { policy: text({ ...decrypt, ...alias(["alias/data", "alias/logs-*"], "StringLike") }) },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "every action on everything, which another rule finds",
      given: { policy: text({ ...decrypt, Action: "*" }) },
      is: "pass",
    },
    {
      ...ofPolicy,
      name: "every key",
      given: { policy: text(decrypt) },
      is: "fail",
      findings: [{ path: "policy.Statement[0].Action", says: `allows "kms:Decrypt" ${must}` }],
    },
    {
      ...ofPolicy,
      name: "every key of every account, by a star, beside an action not known yet",
      given: {
        policy: document({
          ...decrypt,
          Action: ["kms:re*", UNKNOWN],
          Resource: [key, "arn:aws:kms:*:*:key/*"],
        }),
      },
      is: "fail",
      findings: [{ path: "policy.Statement[0].Action[0]", says: `allows "kms:re*" ${must}` }],
      deferrals: [{ path: "policy.Statement[0].Action[1]", waits: "not known yet" }],
    },
    {
      ...ofPolicy,
      name: "all keys of an account, in every region",
      given: { policy: text({ ...decrypt, Action: "*", Resource: "arn:aws:kms:*:123456789012:key/*" }) },
      is: "fail",
      findings: [{ path: "policy.Statement[0].Action", says: `allows "*" ${must}` }],
    },
    {
      ...ofPolicy,
      name: "all keys of a region, of whatever account, and all keys of another partition",
      given: {
        policy: text(
          { ...decrypt, Resource: "arn:aws:kms:eu-west-1:*" },
          { ...decrypt, Resource: ["arn:aws-cn:kms:*"] },
        ),
      },
      is: "fail",
      findings: [0, 1].map((place) => ({
        path: `policy.Statement[${place}].Action`,
        says: `allows "kms:Decrypt" ${must}`,
      })),
    },
    {
      types: ROLE,
      name: "every key through one service, in a role",
      given: {
        inlinePolicies: [
          {
            policy: text({
              ...decrypt,
              Action: "kms:*",
              Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
            }),
          },
        ],
      },
      is: "fail",
      findings: [{ path: "inlinePolicies[0].policy.Statement[0].Action", says: `allows "kms:*" ${must}` }],
    },
    {
      ...ofPolicy,
      name: "keys with any alias, or none",
      given: {
        policy: text(
          { ...decrypt, ...alias("*", "StringLike") },
          { ...decrypt, ...alias("a", "StringEqualsIfExists") },
        ),
      },
      is: "fail",
      findings: [0, 1].map((place) => ({
        path: `policy.Statement[${place}].Action`,
        says: `allows "kms:Decrypt" ${must}`,
      })),
    },
    {
      ...ofPolicy,
      name: "a key not known yet",
      given: { policy: document({ ...decrypt, Resource: [UNKNOWN] }) },
      is: "deferred",
      deferrals: [{ path: "policy.Statement[0].Action", waits: "not known yet" }],
    },
  ],
});
