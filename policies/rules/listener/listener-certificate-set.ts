import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { LISTENER } from "../types";
import { endsTls, protocolOf } from "./protocols";

export const listenerCertificateSet = rule({
  name: "listener-certificate-set",
  title: "HTTPS and TLS listeners have a certificate",
  description:
    "A listener that ends TLS needs a certificate; without one AWS refuses it halfway through a deployment.",
  severity: "high",
  level: "mandatory",
  types: LISTENER,
  frameworks: { fsbp: ["ELB.18"] },
  remediation: "Set certificateArn to the ARN of an ACM certificate in the listener's region.",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
  judge(listener) {
    const protocol = protocolOf(listener);
    if (!endsTls(protocol)) return { skip: `${protocol} listener` };
    if (listener.at("certificateArn").isSet()) return [];
    return [{ path: "certificateArn", says: "not set, must be the ARN of a certificate" }];
  },
  scenarios: [
    {
      name: "a certificate",
      given: {
        protocol: "HTTPS",
        port: 443,
        certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012",
      },
      is: "pass",
    },
    {
      name: "a certificate that is created in the same deployment",
      given: { protocol: "TLS", port: 443, certificateArn: UNKNOWN },
      is: "pass",
    },
    {
      name: "none",
      given: { protocol: "HTTPS", port: 443 },
      is: "fail",
      findings: [{ path: "certificateArn", says: "not set, must be the ARN of a certificate" }],
    },
    {
      name: "an empty one",
      given: { protocol: "TLS", port: 443, certificateArn: "" },
      is: "fail",
      findings: [{ path: "certificateArn", says: "not set, must be the ARN of a certificate" }],
    },
    { name: "plain HTTP", given: { protocol: "HTTP", port: 80 }, is: "skip", why: "HTTP listener" },
    {
      name: "a protocol not known yet",
      given: { protocol: UNKNOWN, port: 443 },
      is: "deferred",
      deferrals: [{ path: "protocol", waits: "not known yet" }],
    },
  ],
});
