import assert from "node:assert/strict";
import { development } from "./edits/development";
import { production } from "./edits/production";
import { staging } from "./edits/staging";
import type { Edit } from "./support/edit";
import { engineSuite } from "./support/engine-suite";
import { type Run, SandboxProject } from "./support/sandbox-project";
import { sorted, stepsOf } from "./support/steps";
import { unannounced, type Verdicts, verdictsOf } from "./support/verdicts";

interface Shipped {
  /** What its policies advise. */
  readonly advice: readonly string[];
  readonly edits: readonly Edit[];
  /** What a first preview cannot judge yet. */
  readonly open: readonly string[];
}

const shipped: { readonly [stack: string]: Shipped } = {
  development: {
    edits: development,
    advice: ["advisory balancer-web-acl edge-lb"],
    open: ["balancer-multi-zone: edge-lb subnets", "scaling-multi-zone: web-group-asg vpcZoneIdentifiers"],
  },
  staging: { edits: staging, advice: [], open: [] },
  production: { edits: production, advice: [], open: [] },
};

const up = ["up", "--yes", "--skip-preview"];

/** What somebody does in the console, what a refresh notes of it, and what puts it right. */
const drift: readonly (readonly [words: readonly string[], note: string, repair: string])[] = [
  [
    ["set", "edge-https", "sslPolicy=ELBSecurityPolicy-2016-08"],
    "~ lb.Listener edge-https sslPolicy",
    "~ lb.Listener edge-https sslPolicy",
  ],
  [
    ["scale", "web-group-asg", "--max", "30", "--desired", "6"],
    // How many there are at the moment is for scaling to say.
    "~ autoscaling.Group web-group-asg maxSize",
    "~ autoscaling.Group web-group-asg maxSize",
  ],
  [
    ["set", "edge-sg", "tags.Contact=somebody"],
    "~ ec2.SecurityGroup edge-sg tags.Contact tagsAll.Contact",
    "~ ec2.SecurityGroup edge-sg tags.Contact tagsAll.Contact",
  ],
  [
    ["delete", "web-alarms-cpu-high"],
    "- cloudwatch.MetricAlarm web-alarms-cpu-high",
    "+ cloudwatch.MetricAlarm web-alarms-cpu-high",
  ],
];

/** What the engine says is wrong, without the outputs that follow. */
function failureIn(output: string): string {
  const at = output.indexOf("Diagnostics:");
  return at === -1 ? output : output.slice(at).replace(/^Outputs:.*/ms, "");
}

for (const [stack, { edits, advice, open }] of Object.entries(shipped)) {
  engineSuite(`the ${stack} stack in the sandbox`, () => {
    let project: SandboxProject;
    let planned: string[];
    let foreseen: Verdicts;

    before(() => {
      project = new SandboxProject([stack]);
    });

    after(() => project?.remove());

    /** Runs the engine on the stack, which has to succeed. */
    async function run(...argv: readonly string[]): Promise<Run> {
      const run = await project.engine([...argv, "--stack", stack]);
      assert.equal(run.code, 0, failureIn(run.output));
      return run;
    }

    /** Runs a command of the sandbox's own, which has to succeed, and gives what it prints. */
    async function runs(...argv: readonly string[]): Promise<string> {
      const { code, output } = await project.command(argv);
      assert.equal(code, 0, output);
      return output;
    }

    /** Previews, which these policies and no others have to stop. */
    async function isRefused(policies: readonly string[]): Promise<void> {
      const { code, events } = await project.engine(["preview", "--stack", stack]);
      const { violations } = verdictsOf(events);
      const mandatory = violations.filter((violation) => violation.startsWith("mandatory "));
      const stopping = new Set(mandatory.map((violation) => violation.split(" ")[1]));
      assert.deepEqual([code === 0, [...stopping]], [false, policies]);
    }

    it("is allowed in its first preview, which says what it cannot judge", async () => {
      const { events } = await run("preview");
      planned = stepsOf(events);
      foreseen = verdictsOf(events);
      assert.deepEqual(foreseen, { violations: advice, open });
    });

    it("is made as the preview said", async () => {
      const { events } = await run(...up);
      assert.deepEqual(stepsOf(events), planned);
      assert.deepEqual(
        planned.filter((line) => !line.startsWith("+ ")),
        [],
      );
    });

    it("is left alone when nothing has changed", async () => {
      const { events } = await run(...up);
      assert.deepEqual(stepsOf(events), []);
    });

    it("is judged whole in the next preview, with nothing that the first had not told of", async () => {
      const verdicts = verdictsOf((await run("preview")).events);
      assert.deepEqual(verdicts, { violations: advice, open: [] });
      assert.deepEqual(unannounced(foreseen, verdicts), []);
    });

    it("shows what somebody has changed in the console, takes note of it, and is put right", async () => {
      for (const [words] of drift) await runs("drift", ...words);
      const repairs = sorted(drift.map(([, , repair]) => repair));
      assert.deepEqual(stepsOf((await run("preview", "--refresh")).events), repairs);
      const noted = await run("refresh", "--yes", "--skip-preview");
      assert.deepEqual(stepsOf(noted.events), sorted(drift.map(([, note]) => note)));
      assert.deepEqual(stepsOf((await run(...up)).events), repairs);
    });

    for (const { title, change, steps, refusedBy } of edits) {
      it(`takes ${title}, and does no more than that needs`, async () => {
        change(project, stack);
        if (refusedBy !== undefined) await isRefused(refusedBy);
        const { events } = await run(...(refusedBy === undefined ? [] : ["--no-policies"]), ...up);
        assert.deepEqual(stepsOf(events), sorted(steps));
      });
    }

    it("leaves nothing behind when it is destroyed", async () => {
      await run("destroy", "--yes", "--skip-preview");
      assert.equal(await runs("world", "list"), "the account is empty\n");
    });
  });
}
