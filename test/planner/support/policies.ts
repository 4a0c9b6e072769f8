import assert from "node:assert/strict";
import type { Files } from "./folder";
import { bucket, plan, projectFiles } from "./project";

/** A policy that always finds something about the bucket. */
export function policy(name: string, level: string, more = ""): string {
  return `{ name: "${name}", description: "About ${name}", enforcementLevel: "${level}", ${more}
    validateResource: (args, report) => {
      if (args.type !== "aws:s3/bucket:Bucket") return args.notApplicable("no bucket");
      report("says " + JSON.stringify(args.getConfig()));
    } }`;
}

/** What a plan says of the policies, as JSON. */
export interface Told {
  readonly summary: { readonly [figure: string]: unknown };
  readonly policies: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly level: string;
    readonly remediation: string;
    readonly page?: string;
  }[];
  readonly violations: readonly {
    readonly policy: string;
    readonly level: string;
    readonly message: string;
    readonly urn: string;
  }[];
  readonly undecided: readonly string[];
  readonly remedied: readonly object[];
}

/** Has a pack judge a program, in a run of `plan` that says nothing else. */
export async function judged(files: Files, program = bucket): Promise<Told & { readonly code: number }> {
  const { code, stdout, stderr } = await plan(projectFiles(program, files), ["--json"]);
  assert.equal(stderr, "");
  return { code, ...(JSON.parse(stdout) as Told) };
}
