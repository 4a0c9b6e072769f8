const address =
  'an application load balancer does not choose by address; stickiness with mode "balancerCookie" keeps a client with ' +
  'its instance, and so does a network load balancer with stickiness type "source_ip"';
const responseTime =
  'an application load balancer does not choose by response time; "weighted_random" with anomalyMitigation "on" ' +
  'spares instances that fail, "least_outstanding_requests" those that are slow';
const weights =
  "an application load balancer weighs target groups, not instances; give one listener rule several target groups with " +
  'weights, or take "least_outstanding_requests" for instances of unequal size';
const connections =
  'an application load balancer counts requests, not connections; take "least_outstanding_requests"';
const learning =
  'an application load balancer learns only which instances fail; take "weighted_random" with anomalyMitigation "on", ' +
  "and predictive scaling for the number of instances";

/** What people ask for that an application load balancer has not, without case and punctuation. */
const instead: ReadonlyMap<string, string> = new Map([
  ["iphash", address],
  ["sourceip", address],
  ["sourceiphash", address],
  ["leastresponsetime", responseTime],
  ["leastlatency", responseTime],
  ["weightedroundrobin", weights],
  ["weighted", weights],
  ["leastconnections", connections],
  ["mloptimized", learning],
  ["mloptimised", learning],
  ["adaptive", learning],
  ["predictive", learning],
]);

/**
 * What to use in the place of a well-known algorithm that an application load balancer does not have; `undefined` for any
 * other word. However it is written: `ip_hash`, `ipHash` and `IP-Hash` are the same.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function insteadOfAlgorithm(name: string): string | undefined {
  return instead.get(name.toLowerCase().replace(/[^a-z]/g, ""));
}
