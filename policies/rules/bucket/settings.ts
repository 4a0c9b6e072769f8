import { answer } from "../../lib/answers";
import type { Judgement } from "../../lib/judgement";
import type { Link } from "../../lib/links";
import type { Stack, StackResource } from "../../lib/stack";
import { brief, type Value } from "../../lib/value";
import { BUCKET, DIRECTORY_BUCKET } from "../types";

/** A setting of a bucket, written in the bucket, as it used to be, or in a resource of its own. */
export interface Setting {
  /** The property a finding names. */
  readonly path: string;
  /** Resources of their own that make it. */
  readonly link: Link;
  /** Where the bucket itself may make it. */
  readonly inBucket: (bucket: Value) => readonly Value[];
  /** What is wrong with it in one of those places, if anything is. */
  readonly wrongInBucket: (place: Value) => string | undefined;
  /** What is wrong with it in a resource of its own, if anything is. */
  readonly wrongApart: (props: Value) => string | undefined;
  /** What is wrong if nobody makes it; nothing, if AWS's default will do. */
  readonly wrongUnset: string | undefined;
  /** What it must be. */
  readonly must: string;
}

/** Resources that say by `bucket` which bucket they are about: some may be about a directory bucket instead. */
export function about(from: readonly string[]): Link {
  return { from, names: ({ outputs }) => [outputs.at("bucket")], to: [...BUCKET, ...DIRECTORY_BUCKET] };
}

/** One value, or several where a resource has a list of them; what is not known yet stands for itself. */
export function placesIn(value: Value): readonly Value[] {
  return value.isKnown() ? value.list() : [value];
}

/** What stands under one key after the other, wherever there are several. */
export function down(value: Value, ...keys: readonly string[]): readonly Value[] {
  return keys.reduce<readonly Value[]>(
    (places, key) => places.flatMap((place) => placesIn(place.at(key))),
    [value],
  );
}

/** What a bucket itself says it encrypts with, in the form of either of its types. */
export function encryptionInBucket(bucket: Value): readonly Value[] {
  return [
    ...down(bucket, "serverSideEncryptionConfiguration", "rule", "applyServerSideEncryptionByDefault"),
    ...down(bucket, "serverSideEncryptionConfigurations", "rules", "applyServerSideEncryptionByDefaults"),
  ];
}

/** Says that something may be about a bucket, or may not. */
export function mayBeAbout(path: string, { name }: StackResource): Judgement {
  return [{ path, waits: `not known whether ${brief(name)} is about this bucket` }];
}

interface Verdict {
  readonly wrong: string | undefined;
}

/** Judges a setting: it is as it must be if one place says so. */
export function judgeSetting(bucket: StackResource, stack: Stack, setting: Setting): Judgement {
  const { path, must, wrongUnset } = setting;
  const { certain, possible } = stack.linked(bucket, setting.link);
  const apart = ({ inputs }: StackResource) => verdict(() => setting.wrongApart(inputs));
  // Beside a resource of its own, the bucket's property only repeats what that said some time ago.
  const verdicts =
    certain.length > 0
      ? certain.map(apart)
      : setting.inBucket(bucket.inputs).map((place) => verdict(() => setting.wrongInBucket(place)));
  if (verdicts.some((one) => one !== undefined && one.wrong === undefined)) return [];
  if (verdicts.includes(undefined)) return [{ path, waits: "not known yet" }];
  const wrong = verdicts[0]?.wrong;
  if (wrong !== undefined) return [{ path, says: `${wrong}, ${must}` }];
  const open = possible.find((one) => matters(apart(one), wrongUnset));
  if (open !== undefined) return mayBeAbout(path, open);
  return wrongUnset === undefined ? [] : [{ path, says: `${wrongUnset}, ${must}` }];
}

/** What a place says; nothing while that is not known. */
function verdict(judge: () => string | undefined): Verdict | undefined {
  let wrong: string | undefined;
  const is = answer(() => {
    wrong = judge();
    return true;
  });
  return is === undefined ? undefined : { wrong };
}

/** Whether it makes a difference that something is said, beside nothing being said. */
function matters(said: Verdict | undefined, wrongUnset: string | undefined): boolean {
  return said === undefined || (said.wrong === undefined) !== (wrongUnset === undefined);
}
