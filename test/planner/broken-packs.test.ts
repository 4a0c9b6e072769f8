import type { Files } from "./support/folder";
import { assertRefused, bucket, packFiles, plan, projectFiles } from "./support/project";

describe("a policy pack that does not work is refused when it", () => {
  // The time a pack gets matters only to those that use it up; the others start in a second or two.
  const packs: readonly [what: string, pack: Files, message: string, seconds?: number][] = [
    [
      "throws",
      packFiles("", 'throw new Error("no licence");'),
      "the policy pack in policies did not start: it ended with code 32\n  Error: no licence",
    ],
    [
      "prints before it starts",
      packFiles("", 'console.log("loading rules");'),
      'the policy pack in policies did not start: it wrote "loading rules" where its port belongs; nothing may be printed before',
    ],
    [
      "leaves at once",
      packFiles("", 'console.error("bye"); process.exit(7);'),
      "the policy pack in policies did not start: it ended with code 7\n  bye",
    ],
    [
      "serves nothing",
      { ...packFiles(), "policies/index.js": "" },
      "the policy pack in policies did not start: it ended with code 0",
    ],
    [
      "hangs before it starts",
      { ...packFiles(), "policies/index.js": "setInterval(() => {}, 1000);" },
      "the policy pack in policies did not start within 1 seconds",
      1,
    ],
    [
      "has a rule that throws",
      packFiles(
        '{ name: "bad", description: "d", enforcementLevel: "mandatory", validateResource: () => { throw new Error("oops"); } }',
      ),
      "the policy pack in policies could not judge tiny-dev: Error validating resource with policy 'bad' from policy pack 'stub@v1.2.3':\nError: oops",
    ],
    [
      "dies in the middle",
      packFiles(
        '{ name: "bad", description: "d", enforcementLevel: "mandatory", validateResource: () => { process.kill(process.pid, "SIGKILL"); } }',
      ),
      "the policy pack in policies ended when it was to judge tiny-dev",
    ],
    [
      "never answers",
      packFiles(
        '{ name: "bad", description: "d", enforcementLevel: "mandatory", validateStack: () => new Promise(() => {}) }',
      ),
      "the policy pack in policies did not judge the stack within 8 seconds",
      8,
    ],
  ];
  for (const [what, pack, message, seconds = 60] of packs) {
    it(what, async () => {
      const run = await plan(projectFiles(bucket, pack), [], {
        EVENKEEL_POLICY_TIMEOUT_SECONDS: String(seconds),
      });
      assertRefused(run, message);
    });
  }
});
