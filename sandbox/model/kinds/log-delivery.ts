import { type Bag, bags, knownText } from "../../values";
import type { Check } from "../checks";
import type { Made, Subject } from "../kind";
import { listOf, policyOf } from "../policy-document";

const bucketType = "aws:s3/bucket:Bucket";
const policyType = "aws:s3/bucketPolicy:BucketPolicy";

/** The policies of a bucket; there is one at most. */
function policiesOf(bucket: Made): Made[] {
  return bucket.world
    .all(policyType)
    .filter((policy) =>
      bucket.world.candidates(policy, bucketType, "bucket", policy.inputs.bucket).includes(bucket),
    );
}

/** Whether a resource of a policy, which may hold `*` and `?`, takes in an object. */
function takesIn(resource: string, object: string): boolean {
  const form = resource.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${form.replaceAll("?", ".")}$`).test(object);
}

function letsWrite(statement: Bag, object: string): boolean {
  const { Effect, Action, NotAction, Resource, NotResource } = statement;
  if (Effect !== "Allow") return false;
  const writes = NotAction !== undefined || listOf(Action).some((action) => takesIn(action, "s3:PutObject"));
  return (
    writes &&
    (NotResource !== undefined ||
      listOf(Resource).some((each) => takesIn(each.replace(/^.*:::/, ""), object)))
  );
}

/** Whether somebody may write an object; who it is, is not looked at. A policy that is not known yet may say anything. */
function admits(policy: Made, object: string): boolean {
  const text = knownText(policy.inputs.policy);
  if (text === undefined) return true;
  return bags(policyOf(text)?.Statement).some((statement) => letsWrite(statement, object));
}

/** The object AWS tries a bucket out with. */
function testFile(subject: Subject, bucket: string, { prefix }: Bag, file: string): string {
  const folder = knownText(prefix) ?? "";
  const root = folder === "" ? bucket : `${bucket}/${folder}`;
  return `${root}/AWSLogs/${subject.world.options.accountId}/${file}`;
}

const testFiles: { readonly [property: string]: string } = {
  accessLogs: "ELBAccessLogTestFile",
  connectionLogs: "ELBConnectionLogTestFile",
  healthCheckLogs: "ELBHealthCheckLogTestFile",
};

/** AWS writes a test file when logging is switched on: the bucket's policy has to be there first, and to let it. */
export const logsCanBeWritten: Check = function* (subject) {
  for (const [property, file] of Object.entries(testFiles)) {
    for (const logs of bags(subject.inputs[property])) {
      if (logs.enabled !== true) continue;
      const found = subject.world.candidates(subject, bucketType, property, logs.bucket);
      const name = knownText(found[0]?.inputs.bucket);
      const open = found.some((bucket) =>
        policiesOf(bucket).some(
          (policy) =>
            name === undefined || found.length > 1 || admits(policy, testFile(subject, name, logs, file)),
        ),
      );
      if (found.length === 0 || open) continue;
      const reason = `InvalidConfigurationRequest: Access Denied for bucket: ${name}. Please check S3bucket permission`;
      yield { property: `${property}.bucket`, reason };
    }
  }
};
