import assert from "node:assert/strict";
import { refusedStacks, refusing } from "../stacks/broken-stacks";
import { engineSuite } from "./support/engine-suite";
import { type Run, SandboxProject } from "./support/sandbox-project";
import { unannounced, verdictsOf } from "./support/verdicts";

engineSuite("a stack with one thing broken, in the sandbox", () => {
  let project: SandboxProject;

  before(() => {
    project = new SandboxProject(["production"]);
    project.replaceProgram("test/stacks/broken");
  });

  after(() => project?.remove());

  function run(broken: readonly string[], ...argv: readonly string[]): Promise<Run> {
    return project.engine([...argv, "--stack", "production"], { BREAK: broken.join(",") });
  }

  const mandatoryIn = ({ events }: Run) =>
    verdictsOf(events).violations.filter((violation) => violation.startsWith("mandatory "));

  for (const [policy, name] of Object.entries(refusedStacks)) {
    it(`is refused by ${refusing(policy).join(" and ")}, and by no other policy`, async () => {
      const preview = await run([policy], "preview");
      assert.deepEqual(
        { isAllowed: preview.code === 0, mandatory: mandatoryIn(preview) },
        { isAllowed: false, mandatory: refusing(policy).map((each) => `mandatory ${each} ${name}`) },
      );
    });
  }

  it("is told of target-drain-time, and of the hook that gives up before, which is advice, and allowed", async () => {
    const { code, events } = await run(["target-drain-time"], "preview");
    const told = verdictsOf(events).violations;
    const advice = ["scaling-drain-hook web-group-drain", "target-drain-time web-targets-api"];
    assert.deepEqual([code, told], [0, advice.map((each) => `advisory ${each}`)]);
  });

  it("is refused without a certificate, by AWS", async () => {
    const { code, output } = await run(["listener-certificate-set"], "preview");
    assert.match(output, /edge-https.*ValidationError: A certificate must be specified for HTTPS listeners/);
    assert.notEqual(code, 0);
  });

  it("is found as broken in its first preview as once it is there, whatever was unknown", async () => {
    const everything = [...Object.keys(refusedStacks), "target-drain-time"];
    const first = await run(everything, "preview");
    const up = await run(everything, "--no-policies", "up", "--yes", "--skip-preview");
    assert.equal(up.code, 0, up.output);
    const later = await run(everything, "preview");
    const mandatory = Object.entries(refusedStacks).flatMap(([policy, name]) =>
      refusing(policy).map((each) => `mandatory ${each} ${name}`),
    );
    assert.deepEqual(mandatoryIn(later), mandatory.sort());
    assert.deepEqual(unannounced(verdictsOf(first.events), verdictsOf(later.events)), []);
  });
});
