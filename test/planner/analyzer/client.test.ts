import assert from "node:assert/strict";
import { PackClient } from "../../../planner/analyzer/client";
import { analyzeRequest } from "../../../planner/analyzer/messages";
import type { Bag } from "../../../sandbox/values";
import { withClient, withPack } from "../support/packs";
import { packFiles } from "../support/project";
import { bucketNamed } from "../support/registrations";

function about(inputs: Bag = {}) {
  return analyzeRequest(bucketNamed("logs"), inputs, () => undefined);
}

function validating(text: string): string {
  return `{ name: "one", description: "d", enforcementLevel: "remediate", validateResource: ${text}, remediateResource: ${text} }`;
}

describe("the client of a policy pack", () => {
  it("hears what the pack holds", async () => {
    const pack = packFiles(validating("() => undefined"));
    const info = await withClient(pack, (client) => client.info());
    assert.deepEqual(
      [info.getName(), info.getVersion(), info.getPoliciesList().map((one) => one.getName())],
      ["stub", "1.2.3", ["one"]],
    );
  });

  it("sends what is longer than gRPC's four megabytes, and receives it", async () => {
    const pack = packFiles(validating('(args, report) => report("got " + args.props.text)'));
    const text = "x".repeat(5 * 1024 * 1024);
    const answer = await withClient(pack, (client) => client.analyze("logs", about({ text })));
    const [diagnostic] = answer.diagnostics;
    assert.ok(diagnostic?.getMessage().endsWith(`got ${text}`));
  });

  it("passes by the proxy of the environment", async () => {
    const before = process.env.grpc_proxy;
    // Nobody listens there.
    process.env.grpc_proxy = "http://127.0.0.1:1";
    try {
      assert.equal((await withClient(packFiles(), (client) => client.info())).getName(), "stub");
    } finally {
      if (before === undefined) delete process.env.grpc_proxy;
      else process.env.grpc_proxy = before;
    }
  });

  it("says that a pack does not answer in the time it has", async () => {
    const pack = packFiles(validating("() => new Promise(() => {})"));
    await withPack(pack, async (started) => {
      const client = await PackClient.connect(started);
      started.hold(true);
      // It had its time to start; from here on there is nothing worth waiting for.
      Object.assign(started.context, { timeoutSeconds: 0.1 });
      const late = (what: string) => `the policy pack in policies did not ${what} within 0.1 seconds`;
      await assert.rejects(client.analyze("logs", about()), { name: "Failure", message: late("judge logs") });
      await assert.rejects(client.remediate("logs", about()), {
        name: "Failure",
        message: late("remedy logs"),
      });
      client.close();
    });
  });

  it("says that a pack is gone, and what it wrote before", async () => {
    const dying = '() => process.stderr.write("out of luck\\n", () => process.exit(1))';
    await withClient(packFiles(validating(`() => new Promise(${dying})`)), async (client) => {
      const gone = (what: string) =>
        `the policy pack in policies ended when it was to ${what}\n  out of luck`;
      await assert.rejects(client.analyze("logs", about()), { name: "Failure", message: gone("judge logs") });
      await assert.rejects(client.info(), { name: "Failure", message: gone("say what it holds") });
      await assert.rejects(client.configure(new Map()), { message: gone("take its config") });
      await assert.rejects(client.analyzeStack([]), { message: gone("judge the stack") });
    });
  });

  it("says what a policy threw, without the frames", async () => {
    const pack = packFiles(validating('() => { throw new TypeError("no such thing"); }'));
    const from = "from policy pack 'stub@v1.2.3':\nTypeError: no such thing";
    await withClient(pack, async (client) => {
      await assert.rejects(client.analyze("logs", about()), {
        name: "Failure",
        message: `the policy pack in policies could not judge logs: Error validating resource with policy 'one' ${from}`,
      });
      await assert.rejects(client.remediate("logs", about()), {
        name: "Failure",
        message: `the policy pack in policies could not remedy logs: Error remediating resource with remediation 'one' ${from}`,
      });
    });
  });
});
