import assert from "node:assert/strict";
import path from "node:path";
import { findProject } from "../../planner/project";
import { readStackConfig } from "../../planner/stack-config";
import { type Composition, compose } from "../../sandbox";
import { root } from "./plan";

/** The program of a stack, deployed into an account of the model. */
async function deployed(stack: string): Promise<Composition> {
  const project = await findProject(root);
  const { values, secretKeys } = await readStackConfig(project, { stack }, root);
  const program = () => {
    delete require.cache[path.join(root, "index.ts")];
    return require("../../index") as unknown;
  };
  return compose(program, { project: project.name, stack, config: values, secretConfigKeys: secretKeys });
}

for (const stack of ["production", "staging", "development"]) {
  describe(`the ${stack} program, deployed`, () => {
    let composition: Composition;

    before(async () => {
      composition = await deployed(stack);
    });

    it("is taken by AWS, resource by resource", () => {
      assert.equal(composition.error, undefined);
      assert.deepEqual(composition.refusals, []);
    });

    it("writes no output of Pulumi into a text", () => {
      const spoilt = composition.registrations
        .filter(({ inputs }) => JSON.stringify(inputs).includes("Calling [to"))
        .map(({ urn }) => urn);
      assert.deepEqual(spoilt, []);
    });

    it("names the groups and target groups it watches", () => {
      const inputsOf = (type: string) =>
        composition.registrations.filter((one) => one.type === type).map(({ inputs }) => inputs);
      const dimensions = inputsOf("aws:cloudwatch/metricAlarm:MetricAlarm").flatMap((inputs) => [
        inputs,
        ...((inputs.metricQueries ?? []) as { metric?: object }[]).map(({ metric }) => metric ?? {}),
      ]);
      const named = dimensions.flatMap((one) =>
        Object.values("dimensions" in one ? (one.dimensions ?? {}) : {}),
      );
      assert.ok(named.length > 0);
      assert.deepEqual(
        named.filter((value) => typeof value !== "string" || value === ""),
        [],
      );
    });

    it("shows them on the dashboard", () => {
      const { registrations, outputs } = composition;
      const dashboard = registrations.find(({ name }) => name === "overview-dashboard");
      const body = String(dashboard?.inputs.dashboardBody);
      const groups = Object.values(outputs.groupNames as { [service: string]: string });
      assert.deepEqual(
        groups.filter((group) => group === "" || !body.includes(JSON.stringify(group))),
        [],
      );
    });
  });
}
