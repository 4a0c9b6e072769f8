import type { Answer } from "../../lib/answers";
import type { Value } from "../../lib/value";

type Version = readonly [major: number, minor: number];

/** How an engine is made to refuse connections without TLS. */
export interface Enforcement {
  readonly parameter: string;
  /** The first version in which AWS switches it on by itself. */
  readonly since?: Version;
}

const ssl = "rds.force_ssl";
const transport = "require_secure_transport";

/** AWS's defaults in November 2026, from each engine's page on requiring SSL/TLS. */
const enforcements: { readonly [engine: string]: Enforcement } = {
  postgres: { parameter: ssl, since: [15, 0] },
  "aurora-postgresql": { parameter: ssl, since: [17, 0] },
  sqlserver: { parameter: ssl },
  mysql: { parameter: transport },
  "aurora-mysql": { parameter: transport, since: [8, 4] },
  mariadb: { parameter: transport, since: [11, 8] },
};

/** The parameter of an engine, in any of its editions; nothing for one that has none. */
export function enforcementOf(engine: string): Enforcement | undefined {
  const name = engine.startsWith("sqlserver-") ? "sqlserver" : engine;
  return Object.hasOwn(enforcements, name) ? enforcements[name] : undefined;
}

/** Whether AWS enforces TLS in a version such as `16.4` or `8.0.mysql_aurora.3.08.0`; nothing if it says too little. */
export function enforcedIn({ since }: Enforcement, version: string | undefined): Answer {
  if (since === undefined) return false;
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version ?? "") ?? [];
  if (major === undefined) return undefined;
  if (Number(major) !== since[0]) return Number(major) > since[0];
  if (since[1] === 0) return true;
  return minor === undefined ? undefined : Number(minor) >= since[1];
}

/** Engine and version of a family of parameters: `aurora-mysql8.0`, `sqlserver-se-15.0`. */
function familyOf(family: string): { readonly engine: string; readonly version: string } | undefined {
  const [, engine, version] = /^([a-z][a-z0-9-]{0,40}?)-?(\d+(?:\.\d+)?)$/.exec(family) ?? [];
  return engine === undefined || version === undefined ? undefined : { engine, version };
}

/** Whether AWS enforces TLS for a family of parameters. */
export function enforcedInFamily(family: string): Answer {
  const { engine = "", version } = familyOf(family) ?? {};
  const enforcement = enforcementOf(engine);
  return enforcement === undefined ? undefined : enforcedIn(enforcement, version);
}

const on = new Set<string | undefined>(["1", "on", "true"]);

/** Whether a parameter group enforces TLS: by the parameter, or by leaving it as AWS has it. */
export function enforcedBy(group: Value, { parameter }: Enforcement): Answer {
  const parameters = group.at("parameters").items();
  const names = parameters.map((item) => item.at("name"));
  const place = names.findIndex((name) => name.isKnown() && name.text()?.toLowerCase() === parameter);
  if (place >= 0) return on.has(parameters[place]?.at("value").text()?.toLowerCase());
  if (names.some((name) => !name.isKnown())) return undefined;
  return enforcedInFamily(group.at("family").text() ?? "");
}
