import type { Value } from "../../lib/value";

/** What a listener speaks. Unset means HTTP; a gateway load balancer's listener has neither protocol nor port. */
export function protocolOf(listener: Value): string {
  const protocol = listener.at("protocol").text()?.toUpperCase();
  return protocol ?? (listener.at("port").isSet() ? "HTTP" : "gateway");
}

/** Whether a listener of a protocol ends TLS itself, with a certificate and a security policy of its own. */
export function endsTls(protocol: string): boolean {
  return protocol === "HTTPS" || protocol === "TLS";
}
