import { bags, knownNumber, knownText } from "../../values";
import { all, arns, type Check, oneOf, range, textsAt } from "../checks";
import { fill } from "../fill";
import { hexOf } from "../ids";
import { isSet, type Kinds, type Made, type Subject } from "../kind";
import { arnOf } from "../places";
import { whereOf } from "../where";
import { actionChecks, actionDefaults, gatesOnPlain } from "./actions";
import { elb } from "./balancer";
import { clientAuthentication } from "./mutual-authentication";
import { versionsFit } from "./protocol-versions";

const listenerType = "aws:lb/listener:Listener";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";
const validationType = "aws:acm/certificateValidation:CertificateValidation";
const certificateType = "aws:acm/certificate:Certificate";

/** Every shape of a policy name AWS has published; a name apart from these is not known to it. */
const sslPolicies = [
  /^ELBSecurityPolicy-20(15-05|16-08)$/,
  /^ELBSecurityPolicy-TLS-1-(0-2015-04|1-2017-01|2-2017-01|2-Ext-2018-06)$/,
  /^ELBSecurityPolicy-FS-(2018-06|1-1-2019-08|1-2-2019-08|1-2-Res-2019-08|1-2-Res-2020-10)$/,
  /^ELBSecurityPolicy-TLS13-1-(0|1|3|2|2-Res|2-Ext1|2-Ext2)-2021-06$/,
  /^ELBSecurityPolicy-TLS13-1-(0|1|3|2|2-Res|2-Ext0|2-Ext1|2-Ext2)-FIPS-2023-04$/,
  /^ELBSecurityPolicy-TLS13-1-(0|3|2|2-Res|2-Ext1|2-Ext2)-PQ-2025-09$/,
  /^ELBSecurityPolicy-TLS13-1-(0|3|2|2-Res|2-Ext0|2-Ext1|2-Ext2)-FIPS-PQ-2025-09$/,
  /^ELBSecurityPolicy-TLS13-1-(2|2-Ext0|3)-RFC9151-FIPS-2023-07$/,
  /^ELBSecurityPolicy-TLS13-1-2-RFC9151-INTEROP[1-4]-FIPS-2023-07$/,
];

/** The load balancer a listener is on, if the model made it. */
export function balancerOf(listener: Subject): Made | undefined {
  const found = listener.world.candidates(
    listener,
    balancerType,
    "loadBalancerArn",
    listener.inputs.loadBalancerArn,
  );
  return found.length === 1 ? found[0] : undefined;
}

const secured = (protocol: unknown) => protocol === "HTTPS" || protocol === "TLS";

const tls: Check = function* ({ inputs }) {
  const protocol = knownText(inputs.protocol);
  if (protocol === undefined) return;
  if (secured(protocol)) {
    if (isSet(inputs.certificateArn)) return;
    yield {
      property: "certificateArn",
      reason: `ValidationError: A certificate must be specified for ${protocol} listeners`,
    };
    return;
  }
  if (isSet(inputs.certificateArn)) {
    yield {
      property: "certificateArn",
      reason: `ValidationError: A certificate cannot be specified for ${protocol} listeners`,
    };
  }
  if (isSet(inputs.sslPolicy)) {
    yield {
      property: "sslPolicy",
      reason: `ValidationError: An SSL policy cannot be specified for ${protocol} listeners`,
    };
  }
};

const sslPolicy: Check = function* ({ inputs }) {
  const policy = knownText(inputs.sslPolicy);
  if (policy === undefined || sslPolicies.some((form) => form.test(policy))) return;
  yield { property: "sslPolicy", reason: `SSLPolicyNotFound: SSL policy '${policy}' not found` };
};

/** Whether a certificate can be shown: at once if it was imported or comes from an authority of one's own, else once proved. */
export function isIssued(certificate: Made): boolean {
  const { inputs, world } = certificate;
  if (isSet(inputs.certificateBody) || isSet(inputs.certificateAuthorityArn)) return true;
  return world.all(validationType).some((validation) => {
    const arn = validation.inputs.certificateArn;
    return world.candidates(validation, certificateType, "certificateArn", arn).includes(certificate);
  });
}

/** A certificate has to be in the listener's region, and issued. */
export const certificateIsUsable: Check = function* (subject) {
  const { inputs, region, world, propertyDependencies } = subject;
  const arn = knownText(inputs.certificateArn);
  const [service, place] = arn?.split(":").slice(2, 4) ?? [];
  if (
    arn !== undefined &&
    (!["acm", "iam"].includes(service ?? "") || (service === "acm" && place !== region))
  ) {
    yield { property: "certificateArn", reason: `CertificateNotFound: Certificate '${arn}' not found` };
    return;
  }
  const waits = (propertyDependencies.certificateArn ?? []).some(
    (urn) => world.withUrn(urn)?.type === validationType,
  );
  for (const certificate of world.candidates(
    subject,
    certificateType,
    "certificateArn",
    inputs.certificateArn,
  )) {
    if (waits || isIssued(certificate)) continue;
    const reason =
      `UnsupportedCertificate: The certificate of ${certificate.name} is not issued yet: use the certificateArn of an ` +
      "aws.acm.CertificateValidation";
    yield { property: "certificateArn", reason };
  }
};

/** A listener's port on its balancer. */
function portOnBalancer(listener: Subject): readonly string[] {
  const port = knownNumber(listener.inputs.port);
  const balancer = balancerOf(listener)?.seed ?? knownText(listener.inputs.loadBalancerArn);
  return port === undefined || balancer === undefined ? [] : [`${balancer} ${port}`];
}

const portIsFree: Check = function* (subject) {
  for (const { name } of subject.world.occupants(subject, portOnBalancer)) {
    const { port } = subject.inputs;
    const reason = `DuplicateListener: A listener already exists on port ${port} of this load balancer (${name})`;
    yield { property: "port", reason };
  }
};

/** Users and tokens are looked at on HTTPS listeners only. */
const gatesFit: Check = function* ({ inputs }) {
  if (knownText(inputs.protocol) === "HTTP")
    yield* gatesOnPlain(bags(inputs.defaultActions), "defaultActions");
};

/** AWS sends nobody from HTTPS to HTTP. */
const staysSecure: Check = function* ({ inputs }) {
  if (inputs.protocol !== "HTTPS") return;
  for (const { path: property, text } of textsAt(inputs, "defaultActions.redirect.protocol")) {
    if (text !== "HTTP") continue;
    yield { property, reason: "InvalidLoadBalancerAction: You cannot redirect HTTPS to HTTP" };
  }
};

/** A certificate can be shown by name where TLS is spoken, and nowhere else. */
const listenerSpeaksTls: Check = function* (subject) {
  const { inputs, world } = subject;
  const listeners = world.candidates(subject, listenerType, "listenerArn", inputs.listenerArn);
  const protocol = listeners.length === 1 ? knownText(listeners[0]?.inputs.protocol) : undefined;
  if (protocol === undefined || secured(protocol)) return;
  const reason = `ValidationError: A certificate cannot be specified for ${protocol} listeners`;
  yield { property: "listenerArn", reason };
};

const protocolFits: Check = function* (subject) {
  const type = balancerOf(subject)?.inputs.loadBalancerType;
  const protocol = knownText(subject.inputs.protocol);
  if (type !== "application" || protocol === undefined || ["HTTP", "HTTPS"].includes(protocol)) return;
  const reason = `ValidationError: Listener protocol '${protocol}' must be one of 'HTTP, HTTPS'`;
  yield { property: "protocol", reason };
};

/** What follows `loadbalancer/` in the ARN of a listener's balancer, and the listener's own digits. */
function arnPath({ inputs, seed }: Subject): string {
  const balancer =
    String(inputs.loadBalancerArn).split(":loadbalancer/")[1] ?? "app/unknown/0000000000000000";
  return `${balancer}/${hexOf(seed, 16)}`;
}

/** Listeners and their certificates. */
export const listenerKinds: Kinds = {
  [listenerType]: {
    fill: fill(actionDefaults("defaultActions")),
    id: (subject) => arnOf(elb, whereOf(subject), `listener/${arnPath(subject)}`),
    computed: ({ inputs }, id) => ({
      arn: id,
      protocol: "HTTP",
      sslPolicy: secured(inputs.protocol) ? "ELBSecurityPolicy-2016-08" : "",
      mutualAuthentication: { mode: "off" },
    }),
    refuse: all(
      range("port", 1, 65535),
      oneOf("protocol", "HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE", "QUIC", "TCP_QUIC"),
      arns("loadBalancerArn"),
      arns("certificateArn"),
      tls,
      sslPolicy,
      certificateIsUsable,
      clientAuthentication,
      protocolFits,
      staysSecure,
      gatesFit,
      portIsFree,
      actionChecks("defaultActions"),
      versionsFit("defaultActions", ({ inputs }) => inputs.protocol),
    ),
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    id: ({ inputs }) => `${inputs.listenerArn}_${inputs.certificateArn}`,
    refuse: all(arns("listenerArn"), arns("certificateArn"), certificateIsUsable, listenerSpeaksTls),
  },
};
