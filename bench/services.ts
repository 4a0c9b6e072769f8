import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { root } from "./measure";

interface StackFile {
  readonly config: { readonly [key: string]: unknown };
}

/** The config of the production stack with so many services, each with two endpoints of its own. */
export function withServices(count: number): string {
  const file = parse(readFileSync(path.join(root, "Pulumi.production.yaml"), "utf8")) as StackFile;
  const services = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`svc${index}`, serviceAt(index)] as const),
  );
  // Each of them may grow to twenty instances behind two endpoints.
  const quotas = { targetsPerLoadBalancer: 2000 };
  return stringify({
    ...file,
    config: { ...file.config, "evenkeel:services": services, "evenkeel:quotas": quotas },
  });
}

function serviceAt(index: number) {
  const route = (end: string, priority: number) => ({
    routes: { all: { priority, paths: [`/svc${index}/${end}*`] } },
  });
  return {
    userDataFile: "workload/user-data.sh",
    endpoints: { main: route("", 1001 + 2 * index), api: route("api/", 1000 + 2 * index) },
  };
}
