import { takesIn, textsOf } from "../../lib/documents";
import type { Value } from "../../lib/value";

/** Who writes a load balancer's logs into a bucket, and what they can do. */
export interface Deliverer {
  /** Its name, for messages. */
  readonly service: string;
  /** Whether a principal of a policy, as {@link namesPrincipal} gives it, stands for it. */
  readonly is: (principal: string) => boolean;
  /** Whether it can write what a key of the customer's own encrypts. */
  readonly takesCustomerKeys: boolean;
}

/**
 * Accounts that write for application load balancers in regions opened before August 2022. They still do; the service
 * that AWS recommends everywhere now does too.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
const accounts = new Set(
  [
    "127311923021 033677994240 027434742980 797873946194 098369216593 754344448648 589379963580 718504428378",
    "383597477331 600734575887 114774131450 783225319266 582318560864 985666609251 054676820928 156460612806",
    "652711504416 635631232127 009996457667 897822967062 076674570225 507241528517 048591011584 190560391635",
    "638102146993 037604701340",
  ].flatMap((line) => line.split(" ")),
);

/** The account of `123456789012` or `arn:aws:iam::123456789012:root`. */
const accountRoot = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/;

/** The names of a service in all partitions, and as an Outpost knows it. */
const applicationServices = /^Service:logdelivery\.(?:elasticloadbalancing|elb)\.amazonaws\.com(?:\.cn)?$/i;
const networkServices = /^Service:delivery\.logs\.amazonaws\.com(?:\.cn)?$/i;

const forApplication: Deliverer = {
  service: "logdelivery.elasticloadbalancing.amazonaws.com",
  is: (principal) =>
    applicationServices.test(principal) || accounts.has(accountRoot.exec(principal)?.[1] ?? ""),
  takesCustomerKeys: false,
};

const forNetwork: Deliverer = {
  service: "delivery.logs.amazonaws.com",
  is: (principal) => networkServices.test(principal),
  takesCustomerKeys: true,
};

/** Who writes the logs of a kind of load balancer. */
export function delivererFor(kind: string): Deliverer {
  return kind === "network" ? forNetwork : forApplication;
}

/** Whether the actions of a statement take in writing an object; with all but some actions, they may. */
export function letsWrite(statement: Value): boolean {
  return (
    statement.at("NotAction").isSet() ||
    textsOf(statement, "Action").some((action) => takesIn(action, "s3:PutObject"))
  );
}

/**
 * Whether the resources of a statement take in what is written for a balancer; with all but some resources, they may.
 *
 * @param place Bucket and prefix, such as `logs/edge/AWSLogs/`. What follows there AWS chooses.
 */
export function reaches(statement: Value, place: string): boolean {
  return (
    statement.at("NotResource").isSet() ||
    textsOf(statement, "Resource").some((resource) => reachesInto(resource, place))
  );
}

function reachesInto(resource: string, place: string): boolean {
  const path = resource.replace(/^arn:[^:]*:s3:::/i, "");
  const [literal = "", ...more] = path.split(/[*?]/);
  // Without a wildcard it is one object, or the bucket itself.
  if (more.length === 0) return false;
  return path.startsWith("arn:") || literal.startsWith(place) || place.startsWith(literal);
}
