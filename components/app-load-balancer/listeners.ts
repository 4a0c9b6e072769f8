import * as lb from "@pulumi/aws/lb";
import type * as pulumi from "@pulumi/pulumi";
import { type Tags, tagged } from "../lib/tags";
import { shaped, type Transform } from "../lib/transform";
import type { ClientAuthentication } from "./mutual-tls";

/** The last word on the listeners. */
export interface ListenerTransforms {
  /** Port 443. */
  readonly httpsListener?: Transform<lb.ListenerArgs>;
  /** Port 80. */
  readonly httpListener?: Transform<lb.ListenerArgs>;
}

/** What the HTTPS listener negotiates. */
export interface HttpsArgs {
  readonly loadBalancerArn: pulumi.Input<string>;
  readonly certificateArn: pulumi.Input<string>;
  readonly sslPolicy: string;
  readonly clients: ClientAuthentication;
}

// A year, for this host alone. `includeSubDomains` and `preload` bind names that other people may run, and browsers hold
// on to them for as long: who owns them all can say so in a transform.
// https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Strict-Transport-Security
const transportSecurity = "max-age=31536000";

/** Where requests arrive that no service has a rule for. */
export function addHttpsListener(
  name: string,
  { loadBalancerArn, certificateArn, sslPolicy, clients }: HttpsArgs,
  tags: Tags | undefined,
  transform: ListenerTransforms,
  child: pulumi.CustomResourceOptions,
): lb.Listener {
  const own = `${name}-https`;
  return new lb.Listener(
    own,
    ...shaped(
      transform.httpsListener,
      {
        loadBalancerArn,
        port: 443,
        protocol: "HTTPS",
        certificateArn,
        sslPolicy,
        mutualAuthentication: clients.mutualAuthentication,
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "Not found" },
          },
        ],
        routingHttpResponseStrictTransportSecurityHeaderValue: transportSecurity,
        routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
        routingHttpResponseServerEnabled: false,
        tags: tagged(own, tags),
      },
      clients.dependsOn.length > 0 ? { ...child, dependsOn: clients.dependsOn } : child,
    ),
  );
}

/** Sends whoever comes by plain HTTP to the same place by HTTPS. */
export function addHttpListener(
  name: string,
  loadBalancerArn: pulumi.Input<string>,
  tags: Tags | undefined,
  transform: ListenerTransforms,
  child: pulumi.CustomResourceOptions,
): lb.Listener {
  const own = `${name}-http`;
  return new lb.Listener(
    own,
    ...shaped(
      transform.httpListener,
      {
        loadBalancerArn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [
          { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
        ],
        routingHttpResponseServerEnabled: false,
        tags: tagged(own, tags),
      },
      child,
    ),
  );
}
