import type * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import type { Problems } from "../lib/problems";
import type { Tags } from "../lib/tags";
import { settleTls, type TlsChoice } from "../lib/tls-intent";
import {
  addCertificate,
  type CertificateChoice,
  type CertificateSource,
  type CertificateTransforms,
  settleCertificate,
} from "./certificate";
import {
  addFurtherCertificates,
  allCertificates,
  type CertificateArns,
  type FurtherCertificateTransforms,
  settleFurtherCertificates,
} from "./certificates";
import { addHttpListener, addHttpsListener, type ListenerTransforms } from "./listeners";
import {
  addMutualTls,
  type MutualTls,
  type MutualTlsArgs,
  type MutualTlsTransforms,
  settleMutualTls,
} from "./mutual-tls";

/** The arguments that say how clients and a load balancer come to talk. */
interface TransportChoice extends CertificateChoice, TlsChoice {
  readonly additionalCertificateArns?: { [name: string]: pulumi.Input<string> };
  readonly mutualTls?: MutualTlsArgs;
}

/** The last word on listeners, certificates and what goes with them. */
export interface TransportTransforms
  extends CertificateTransforms,
    FurtherCertificateTransforms,
    MutualTlsTransforms,
    ListenerTransforms {}

/** How clients and a load balancer come to talk, with every default in place. */
export interface Transport {
  readonly certificate: CertificateSource;
  readonly furtherCertificates: CertificateArns;
  readonly sslPolicy: string;
  readonly mutualTls: MutualTls;
}

/** What is known of the listeners once they are there. */
export interface Listening {
  readonly certificateArn: pulumi.Output<string>;
  readonly certificateArns: { [name: string]: pulumi.Output<string> };
  readonly httpsListenerArn: pulumi.Output<string>;
  readonly httpListenerArn: pulumi.Output<string>;
}

/** Checks everything between clients and the load balancer. */
export function settleTransport(args: TransportChoice, problems: Problems): Transport {
  const { additionalCertificateArns = {}, certificateArn } = args;
  return {
    certificate: settleCertificate(args, problems),
    furtherCertificates: settleFurtherCertificates(additionalCertificateArns, certificateArn, problems),
    sslPolicy: settleTls(args, problems),
    mutualTls: settleMutualTls(args.mutualTls, problems),
  };
}

/** Makes the listeners with their certificates. */
export function addTransport(
  { name, namePrefix }: { readonly name: string; readonly namePrefix: string | undefined },
  loadBalancer: lb.LoadBalancer,
  { certificate, furtherCertificates, sslPolicy, mutualTls }: Transport,
  tags: Tags | undefined,
  transform: TransportTransforms,
  child: pulumi.CustomResourceOptions,
): Listening {
  const loadBalancerArn = loadBalancer.arn;
  const certificateArn = addCertificate(name, certificate, tags, transform, child);
  const clients = addMutualTls(name, namePrefix, mutualTls, tags, transform, child);
  const https = { loadBalancerArn, certificateArn, sslPolicy, clients };
  const httpsListenerArn = addHttpsListener(name, https, tags, transform, child).arn;
  addFurtherCertificates(name, httpsListenerArn, furtherCertificates, transform, child);
  const httpListenerArn = addHttpListener(name, loadBalancerArn, tags, transform, child).arn;
  const certificateArns = allCertificates(certificateArn, furtherCertificates);
  return { certificateArn, certificateArns, httpsListenerArn, httpListenerArn };
}
