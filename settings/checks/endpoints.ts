import type { Faults, Path } from "../faults";
import type { EndpointConfig } from "../schema/endpoint";
import { checkBalancing } from "./balancing";

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#application-based-stickiness
const reservedCookies = /^AWSALB/i;

/** Checks the parts of an endpoint against each other. */
export function checkEndpoint(endpoint: EndpointConfig, at: Path, faults: Faults): void {
  checkStickiness(endpoint, [...at, "stickiness"], faults);
  checkBalancing(endpoint, at, faults);
}

function checkStickiness({ stickiness }: EndpointConfig, at: Path, faults: Faults): void {
  const { mode, cookieName, durationSeconds } = stickiness;
  const cookie: Path = [...at, "cookieName"];
  const duration: Path = [...at, "durationSeconds"];
  const about = [[...at, "mode"], cookie] satisfies Path[];
  const named = mode === "applicationCookie";
  faults.check({
    about,
    holds: named === (cookieName !== undefined),
    path: cookie,
    found: cookieName,
    must: named
      ? 'must be the name of the application\'s cookie for mode "applicationCookie"'
      : `must be left out for mode "${mode}"`,
  });
  faults.check({
    about,
    holds: cookieName === undefined || !reservedCookies.test(cookieName),
    path: cookie,
    found: cookieName,
    must: "must not begin with AWSALB: those names (AWSALB, AWSALBAPP, AWSALBTG) are the load balancer's own",
  });
  faults.check({
    about: [[...at, "mode"], duration],
    holds: mode !== "off" || durationSeconds === undefined,
    path: duration,
    found: durationSeconds,
    must: 'must be left out for mode "off"',
  });
}
