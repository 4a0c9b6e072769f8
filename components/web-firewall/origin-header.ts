import * as pulumi from "@pulumi/pulumi";
import { originHeaderName, originHeaderValue, originHeaderValueForm } from "../lib/firewall-limits";
import { lateFault } from "../lib/late-fault";
import type { Problems } from "../lib/problems";

/** A header that only the CDN knows the value of: requests without it are turned away with 403. */
export interface OriginHeaderArgs {
  /**
   * Name of the header: it begins with `x-`, and is none of those that CloudFront or the load balancer writes.
   * @default "x-origin-verify"
   */
  readonly name?: string;
  /** Secret value that the CDN sends: 16 to 200 printable characters without spaces. */
  readonly value: pulumi.Input<string>;
  /**
   * A second value that is accepted while the secret is being exchanged.
   * @default none
   */
  readonly formerValue?: pulumi.Input<string>;
}

/** A secret header, with every default in place. */
export interface OriginHeader {
  /** In lower case, as AWS WAF keeps it. */
  readonly name: string;
  readonly values: pulumi.Input<string>[];
}

/** Arguments with what is secret in them marked as such: the arguments of a component are written to the state. */
export function concealed(args: OriginHeaderArgs): OriginHeaderArgs {
  const { formerValue } = args;
  const former = formerValue === undefined ? {} : { formerValue: pulumi.secret(formerValue) };
  return { ...args, value: pulumi.secret(args.value), ...former };
}

/** Checks the header that a CDN sends and settles the defaults. No message holds a value. */
export function settleOriginHeader(
  args: OriginHeaderArgs | undefined,
  problems: Problems,
): OriginHeader | undefined {
  if (!args) return undefined;
  const { name = "x-origin-verify", value, formerValue } = args;
  const own = originHeaderName.test(name);
  const wanted = 'must be a header of your own such as "x-origin-verify"';
  problems.unless(own, "originHeader.name", `${wanted}, got ${JSON.stringify(name)}`);
  checkValue(value, "originHeader.value", problems);
  checkValue(formerValue, "originHeader.formerValue", problems);
  return { name: name.toLowerCase(), values: formerValue === undefined ? [value] : [value, formerValue] };
}

function checkValue(value: pulumi.Input<string> | undefined, path: string, problems: Problems): void {
  if (typeof value !== "string") return;
  problems.unless(originHeaderValue.test(value), path, reasonFor(value));
}

function reasonFor(value: string): string {
  return `must be ${originHeaderValueForm}, got ${value.length}`;
}

/**
 * A value on its way to AWS: secret, and refused late if it is malformed. A plan has something else in the place of
 * secrets, so only a deployment can tell.
 */
export function checkedValue(
  value: pulumi.Input<string>,
  path: string,
  resource: pulumi.Resource,
): pulumi.Output<string> {
  return pulumi.secret(value).apply((text) => {
    if (!pulumi.runtime.isDryRun() && !originHeaderValue.test(text)) {
      throw lateFault(path, reasonFor(text), resource);
    }
    return text;
  });
}
