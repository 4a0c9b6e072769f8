import { noPolicyFor, policyFor } from "../../components/lib/tls-intent";
import {
  defaultCertificate,
  mostFurtherCertificates,
  mostRevocations,
} from "../../components/lib/transport-limits";
import { type Faults, type Path, secretPlaceholder } from "../faults";
import type { LoadBalancerConfig } from "../schema/load-balancer";
import type { MutualTlsConfig, TlsConfig } from "../schema/transport";
import { checkForeign } from "./modes";

/** Checks what clients and the load balancer agree on, part against part. */
export function checkTransport(config: LoadBalancerConfig, key: string, faults: Faults): void {
  const { tls, sslPolicy, mutualTls } = config;
  faults.check({
    about: [
      [key, "tls"],
      [key, "sslPolicy"],
    ],
    holds: tls === undefined || sslPolicy === undefined,
    path: [key, "sslPolicy"],
    found: sslPolicy,
    must: "must be left out beside tls, from which it follows",
  });
  if (tls !== undefined) checkIntent(tls, [key, "tls"], faults);
  checkAlternatives(config, key, faults);
  checkCertificates(config, key, faults);
  if (mutualTls !== undefined) checkMutualTls(mutualTls, [key, "mutualTls"], faults);
}

function checkIntent(tls: TlsConfig, at: Path, faults: Faults): void {
  faults.check({
    about: [at],
    holds: policyFor(tls) !== undefined,
    path: [...at, "forwardSecrecy"],
    found: tls.forwardSecrecy,
    must: noPolicyFor(tls),
  });
}

function checkAlternatives(config: LoadBalancerConfig, key: string, faults: Faults): void {
  const { domainName, alternativeNames = [] } = config;
  const path: Path = [key, "alternativeNames"];
  faults.check({
    about: [path, [key, "domainName"]],
    holds: alternativeNames.length === 0 || domainName !== undefined,
    path,
    found: alternativeNames,
    must: "must be left out without domainName, on whose certificate they are",
  });
  // Where one is at fault it has been taken out, and the others have other places.
  if (faults.touches(path) || faults.touches([key, "domainName"])) return;
  alternativeNames.forEach((name, index) => {
    if (name !== domainName && alternativeNames.indexOf(name) === index) return;
    const shown = faults.show(path, name);
    faults.add([...path, index], `${shown}, must differ from domainName and from the names before it`);
  });
}

function checkCertificates(config: LoadBalancerConfig, key: string, faults: Faults): void {
  const { certificateArn, additionalCertificateArns: further = {} } = config;
  const path: Path = [key, "additionalCertificateArns"];
  const names = Object.keys(further);
  checkCount(names.length, mostFurtherCertificates, "certificates", path, faults);
  faults.check({
    about: [[...path, defaultCertificate]],
    holds: !Object.hasOwn(further, defaultCertificate),
    path: [...path, defaultCertificate],
    found: further[defaultCertificate],
    must: "must have another name: this one is kept for the certificate of certificateArn or domainName",
  });
  const seen = new Set([certificateArn]);
  for (const [name, arn] of Object.entries(further)) {
    faults.check({
      about: [[...path, name]],
      // Nobody can tell apart what is encrypted.
      holds: arn === secretPlaceholder || !seen.has(arn),
      path: [...path, name],
      found: arn,
      must: "must differ from certificateArn and from the certificates before it",
    });
    seen.add(arn);
  }
}

function checkCount(count: number, most: number, what: string, path: Path, faults: Faults): void {
  if (count <= most || faults.touches(path)) return;
  faults.add(path, `${faults.show(path, count)} ${what}, must have ${most} at most`);
}

function checkMutualTls(config: MutualTlsConfig, at: Path, faults: Faults): void {
  const { mode, trustStoreArn, caBundle, revocations, ...verification } = config;
  const members = { trustStoreArn, caBundle, revocations, ...verification };
  checkForeign(members, { path: [...at, "mode"], is: mode, takes: "verify" }, at, faults);
  if (mode !== "verify") return;
  const parts = [[...at, "trustStoreArn"] as const, [...at, "caBundle"] as const] satisfies Path[];
  const found = [trustStoreArn, caBundle].filter((part) => part !== undefined).length;
  if (found !== 1 && !parts.some((part) => faults.touches(part))) {
    const what = found === 0 ? "neither trustStoreArn nor caBundle" : "trustStoreArn and caBundle";
    faults.add(at, `${what}, must have one of them for mode "verify"`);
  }
  const lists: Path = [...at, "revocations"];
  faults.check({
    about: [lists, ...parts],
    holds: revocations === undefined || caBundle !== undefined,
    path: lists,
    found: revocations,
    must: "must be left out without caBundle: a trust store that is given has lists of its own",
  });
  checkCount(Object.keys(revocations ?? {}).length, mostRevocations, "lists", lists, faults);
}
