import assert from "node:assert/strict";
import { planAlone, projectFiles } from "./support/project";

describe("a program that is planned", () => {
  it("can serialize a function, for which the SDK needs what is loaded late", async () => {
    const program = `import * as pulumi from "@pulumi/pulumi";
const answer = 42;
export = async () => {
  const { text } = await pulumi.runtime.serializeFunction(() => "answer " + answer);
  return { text: text.includes('"answer " + answer'), answer: text.includes("answer: 42") };
};
`;
    const { code, stdout, stderr } = await planAlone(projectFiles(program), ["--json"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(JSON.parse(stdout).outputs, { text: true, answer: true });
  });
});
