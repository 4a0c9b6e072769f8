import { isGrpcMatcher, isGrpcMethod, isHttpMatcher } from "../../components/lib/target-codes";
import type { Faults, Path } from "../faults";
import type { EndpointConfig } from "../schema/endpoint";

/** Checks how requests of an endpoint are spread, and what is spoken to its instances, part against part. */
export function checkBalancing(endpoint: EndpointConfig, at: Path, faults: Faults): void {
  checkAlgorithm(endpoint, at, faults);
  checkSticky(endpoint, at, faults);
  checkVersion(endpoint, at, faults);
  if (endpoint.minimumHealthy) {
    checkMinimumHealthy(endpoint.minimumHealthy, [...at, "minimumHealthy"], faults);
  }
}

function checkAlgorithm(endpoint: EndpointConfig, at: Path, faults: Faults): void {
  const { algorithm, slowStartSeconds, anomalyMitigation } = endpoint;
  const slow: Path = [...at, "slowStartSeconds"];
  faults.check({
    about: [slow, [...at, "algorithm"]],
    holds: slowStartSeconds === undefined || algorithm === "round_robin",
    path: slow,
    found: slowStartSeconds,
    must: 'must be left out unless algorithm is "round_robin"',
  });
  const mitigation: Path = [...at, "anomalyMitigation"];
  faults.check({
    about: [mitigation, [...at, "algorithm"]],
    holds: anomalyMitigation !== "on" || algorithm === "weighted_random",
    path: mitigation,
    found: anomalyMitigation,
    must: 'must be left out or "off" unless algorithm is "weighted_random"',
  });
}

function checkSticky(endpoint: EndpointConfig, at: Path, faults: Faults): void {
  const { algorithm, crossZone, stickiness } = endpoint;
  const mode: Path = [...at, "stickiness", "mode"];
  for (const [part, excludes] of [
    ["algorithm", algorithm === "weighted_random"],
    ["crossZone", crossZone === "off"],
  ] as const) {
    faults.check({
      about: [mode, [...at, part]],
      holds: stickiness.mode === "off" || !excludes,
      path: mode,
      found: stickiness.mode,
      must: `must be "off" for ${part} ${faults.show(at, endpoint[part])}`,
    });
  }
}

function checkVersion(endpoint: EndpointConfig, at: Path, faults: Faults): void {
  const { protocolVersion = "HTTP1", webSocket, health = {} } = endpoint;
  const version: Path = [...at, "protocolVersion"];
  const path: Path = [...at, "health", "path"];
  const matcher: Path = [...at, "health", "matcher"];
  const grpc = protocolVersion === "GRPC";
  faults.check({
    about: [version, [...at, "webSocket"]],
    holds: webSocket === undefined || protocolVersion === "HTTP1",
    path: version,
    found: protocolVersion,
    must: 'must be "HTTP1" or left out for WebSockets',
  });
  faults.check({
    about: [version, path],
    holds: health.path === undefined || !grpc || isGrpcMethod(health.path),
    path,
    found: health.path,
    must: 'must be a method such as "/package.service/method" for protocolVersion "GRPC"',
  });
  faults.check({
    about: [version, matcher],
    holds: health.matcher === undefined || (grpc ? isGrpcMatcher : isHttpMatcher)(health.matcher),
    path: matcher,
    found: health.matcher,
    must: grpc
      ? 'must be codes of gRPC from 0 to 99 such as "0", "0,12" or "0-5" for protocolVersion "GRPC"'
      : 'must be status codes of 200 to 399 such as "200", "200,204" or "200-299"',
  });
}

function checkMinimumHealthy(
  minimumHealthy: NonNullable<EndpointConfig["minimumHealthy"]>,
  at: Path,
  faults: Faults,
): void {
  const { dnsFailover = { count: 1 }, routing = { count: 1 } } = minimumHealthy;
  for (const [action, threshold] of Object.entries({ dnsFailover, routing })) {
    faults.check({
      about: [[...at, action]],
      holds: threshold.count !== undefined || threshold.percent !== undefined,
      path: [...at, action],
      found: threshold,
      must: "must have count or percent, or both",
    });
  }
  for (const kind of ["count", "percent"] as const) {
    const [leaves, opens] = [dnsFailover[kind], routing[kind]];
    const path: Path = [...at, "dnsFailover", kind];
    faults.check({
      about: [path, [...at, "routing", kind]],
      holds: leaves === undefined || opens === undefined || leaves >= opens,
      path,
      found: leaves,
      must: `must be at least routing.${kind} (${faults.show(at, opens)})`,
    });
  }
}
