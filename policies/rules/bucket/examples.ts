import type { ScenarioResource } from "../../lib/rule";
import { SUBJECT } from "../../lib/scenario";
import { UNKNOWN } from "../../lib/unknown";

/** A bucket that exists. */
export const existing = { id: "data-1234567", bucket: "data-1234567", arn: "arn:aws:s3:::data-1234567" };

/** A bucket before it is created: Pulumi has given it a name, AWS nothing yet. */
export const planned = { id: UNKNOWN, bucket: "data-1234567", arn: UNKNOWN };

/** A second bucket that is not created yet. */
export const other: ScenarioResource = {
  name: "other",
  type: "aws:s3/bucket:Bucket",
  props: { id: UNKNOWN, bucket: "other-1234567", arn: UNKNOWN },
};

/** A resource about a bucket that exists. */
export function aboutExisting(name: string, type: string, props: object): ScenarioResource {
  return { name, type, props: { bucket: "data-1234567", ...props } };
}

/** A resource about a bucket that is not created yet, or about one of several. */
export function aboutPlanned(
  name: string,
  type: string,
  props: object,
  from: readonly string[] = [SUBJECT],
): ScenarioResource {
  return { name, type, props: { bucket: UNKNOWN, ...props }, from: { bucket: from } };
}
