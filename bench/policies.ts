import { createRequire } from "node:module";
import * as deserialize from "@pulumi/policy/deserialize";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { listOf } from "../planner/analyzer/encoding";
import { analyzeRequest, stackResource } from "../planner/analyzer/messages";
import { concluded } from "../policies/lib/judgement";
import { policiesOf } from "../policies/lib/policy";
import type { Rule } from "../policies/lib/rule";
import { givenIn } from "../policies/lib/scenario";
import { unpackOnce } from "../policies/lib/unpacking";
import { Value } from "../policies/lib/value";
import { rules } from "../policies/rules";
import type { Registration } from "../sandbox/monitor/registration";
import { middle, repeat } from "./measure";

type Handler<Request> = (call: { readonly request: Request }, done: (error: unknown) => void) => void;

/** The SDK's own handlers of the engine's calls, which its types do not show. */
const server = createRequire(__filename)("@pulumi/policy/server") as {
  makeAnalyzeRpcFun(...pack: readonly unknown[]): Handler<proto.AnalyzeRequest>;
  makeAnalyzeStackRpcFun(...pack: readonly unknown[]): Handler<proto.AnalyzeStackRequest>;
};

/** How long a pack takes over some resources and their stack, in milliseconds, without what the network costs. */
async function judging(
  policies: readonly unknown[],
  registrations: readonly Registration[],
): Promise<number> {
  const none = () => undefined;
  const requests = registrations.map((one) =>
    proto.AnalyzeRequest.deserializeBinary(analyzeRequest(one, one.checkedInputs, none)),
  );
  const resources = registrations.map((one) => stackResource(one, one.outputs, [], none));
  const stack = proto.AnalyzeStackRequest.deserializeBinary(listOf(resources));
  const pack = ["bench", "1.0.0", "advisory", policies] as const;
  const resource = server.makeAnalyzeRpcFun(...pack);
  const whole = server.makeAnalyzeStackRpcFun(...pack);
  const began = process.hrtime.bigint();
  for (const request of requests) await new Promise((done) => resource({ request }, done));
  await new Promise((done) => whole({ request: stack }, done));
  return Number(process.hrtime.bigint() - began) / 1e6;
}

/**
 * The same rules as most packs write them: a list of functions for each policy, one for each type, none of which says what
 * it is for. Only the part by resource; a stack part would come on top.
 */
function asOthersDo(rule: Rule): object {
  const scenario = { name: "", is: "pass" as const, given: {} };
  const validateResource = rule.types.map((type) => (args: { type: string; props: object }) => {
    if (args.type !== type) return;
    concluded(() => rule.judge?.(Value.of(args.props), givenIn(rule, scenario, type)) ?? []);
  });
  return { name: rule.name, description: rule.title, enforcementLevel: "advisory", validateResource };
}

/** Times every rule over some resources, as the pack does it and as others would. */
export async function policyFigures(registrations: readonly Registration[], times: number) {
  const unpacking = deserialize as Parameters<typeof unpackOnce>[0];
  const { deserializeProperties } = unpacking;
  const others = await repeat(times, () => judging(rules.map(asOthersDo), registrations));
  unpackOnce(unpacking);
  const own = await repeat(times, () => judging(policiesOf(rules), registrations));
  Object.assign(unpacking, { deserializeProperties });
  return { rules: rules.length, own: middle(own), others: middle(others) };
}
