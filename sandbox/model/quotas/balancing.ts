import { bags, knownText } from "../../values";
import { isSet, type Subject } from "../kind";
import { targetsOf } from "../kinds/actions";
import { counting, inRegion, type Quota } from "./quota";

const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const listenerType = "aws:lb/listener:Listener";
const ruleType = "aws:lb/listenerRule:ListenerRule";

const trustStoreType = "aws:lb/trustStore:TrustStore";

const verifiesClients = ({ inputs }: Subject) =>
  bags(inputs.mutualAuthentication).some(({ mode }) => mode === "verify");

const isApplication = ({ inputs }: Subject) => (inputs.loadBalancerType ?? "application") === "application";

/** The ARN of the application load balancer that has one of these listeners, rules or certificates. */
function balancerOf({ type, inputs, world }: Subject): string | undefined {
  const listener = type === listenerType ? inputs : world.find(listenerType, inputs.listenerArn)?.inputs;
  const arn = knownText(listener?.loadBalancerArn);
  const balancer = world.find(balancerType, arn);
  return balancer && !isApplication(balancer) ? undefined : arn;
}

const onBalancer = (subject: Subject) => [balancerOf(subject)];

/** ARNs of the target groups a listener or rule sends requests to. */
function targets(subject: Subject): string[] {
  const property = subject.type === listenerType ? "defaultActions" : "actions";
  return targetsOf(subject, property).map(({ seed }) => seed);
}

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
/** Application load balancers and what they lead to. */
export const balancingQuotas: readonly Quota[] = [
  counting({
    name: "Application Load Balancers per Region",
    code: "L-53DA6B97",
    limit: 50,
    types: [balancerType],
    per: "Region",
    places: (subject) => (isApplication(subject) ? inRegion(subject) : []),
    reason: (limit) =>
      `TooManyLoadBalancers: The maximum number of load balancers, ${limit}, has been reached`,
  }),
  counting({
    name: "Target Groups per Region",
    code: "L-B22855CB",
    limit: 3000,
    types: ["aws:lb/targetGroup:TargetGroup"],
    per: "Region",
    places: inRegion,
    reason: (limit) => `TooManyTargetGroups: The maximum number of target groups, ${limit}, has been reached`,
  }),
  counting({
    name: "Listeners per Application Load Balancer",
    code: "L-B6DF7632",
    limit: 50,
    types: [listenerType],
    per: "load balancer",
    places: onBalancer,
    reason: (limit, place) =>
      `TooManyListeners: The maximum number of listeners, ${limit}, has been reached on load balancer '${place}'`,
  }),
  counting({
    name: "Rules per Application Load Balancer",
    code: "L-7EED9B64",
    limit: 100,
    types: [ruleType],
    per: "load balancer",
    places: onBalancer,
    reason: (limit, place) =>
      `TooManyRules: The maximum number of rules, ${limit}, has been reached on load balancer '${place}'`,
  }),
  counting({
    name: "Certificates per Application Load Balancer",
    code: "L-9365A611",
    limit: 25,
    // A listener's own certificate does not count.
    types: ["aws:lb/listenerCertificate:ListenerCertificate"],
    per: "load balancer",
    places: onBalancer,
    reason: (limit, place) =>
      `TooManyCertificates: The maximum number of certificates, ${limit}, has been reached on load balancer '${place}'`,
  }),
  counting({
    name: "Listeners with mutual TLS in verify mode per Application Load Balancer",
    limit: 2,
    types: [listenerType],
    per: "load balancer",
    places: (subject) => (verifiesClients(subject) ? onBalancer(subject) : []),
    reason: (limit, place) =>
      `TooManyListeners: The maximum number of listeners with mutual authentication in verify mode, ${limit}, has been reached on load balancer '${place}'`,
  }),
  counting({
    name: "Trust stores per account",
    limit: 20,
    types: [trustStoreType],
    per: "Region",
    places: inRegion,
    reason: (limit) => `TooManyTrustStores: The maximum number of trust stores, ${limit}, has been reached`,
  }),
  counting({
    name: "Revocation lists per trust store",
    limit: 30,
    types: ["aws:lb/trustStoreRevocation:TrustStoreRevocation"],
    per: "trust store",
    places: ({ inputs }) => [knownText(inputs.trustStoreArn)],
    reason: (limit, place) =>
      `TooManyTrustStoreRevocationEntries: The maximum number of revocation lists, ${limit}, has been reached in trust store '${place}'`,
  }),
  {
    name: "Target Groups per Application Load Balancer",
    limit: 100,
    types: [listenerType, ruleType],
    per: "load balancer",
    reason: (limit) =>
      `TooManyUniqueTargetGroupsPerLoadBalancer: You have reached the maximum number of unique target groups that you can associate with a load balancer of type 'application': [${limit}]`,
    usage(subject, others) {
      const place = balancerOf(subject);
      if (!isSet(place)) return [];
      const own = targets(subject);
      if (own.length === 0) return [];
      const onSame = others([listenerType, ruleType]).filter((other) => balancerOf(other) === place);
      return [{ place, amount: new Set([...own, ...onSame.flatMap(targets)]).size }];
    },
  },
];
