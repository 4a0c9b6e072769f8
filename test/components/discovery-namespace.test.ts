import assert from "node:assert/strict";
import {
  DiscoveryNamespace,
  type DiscoveryNamespaceArgs,
} from "../../components/service-discovery/discovery-namespace";
import { built } from "../support/built";
import { refused } from "../support/refused";

const args = { vpcId: "vpc-0a1b2c3d4e5f60718", namespaceName: "svc.internal" };

describe("DiscoveryNamespace", () => {
  it("is a namespace of the VPC, and has its zone", async () => {
    let names: DiscoveryNamespace | undefined;
    const stack = await built(() => {
      names = new DiscoveryNamespace("names", { ...args, tags: { team: "platform" } });
    });
    assert.deepEqual(stack.names, ["names", "names-namespace"]);
    assert.deepEqual(stack.inputs("names-namespace"), {
      name: "svc.internal",
      vpc: "vpc-0a1b2c3d4e5f60718",
      description: "Services of names",
      tags: { team: "platform", Name: "names-namespace" },
    });
    assert.equal(stack.resource("names-namespace").parent, stack.resource("names").urn);
    const { hostedZone, arn } = stack.outputs("names-namespace");
    assert.deepEqual(stack.outputs("names"), {
      namespaceId: stack.resource("names-namespace").id,
      namespaceName: "svc.internal",
      namespaceArn: arn,
      hostedZoneId: hostedZone,
    });
    assert(names);
  });

  it("gives the caller the last word", async () => {
    const stack = await built(
      () =>
        new DiscoveryNamespace("names", args, {
          transform: {
            namespace: ({ args: before, opts }) => ({ args: { ...before, description: "mine" }, opts }),
          },
        }),
    );
    assert.equal(stack.inputs("names-namespace").description, "mine");
  });

  const refusals: readonly [what: string, more: Partial<DiscoveryNamespaceArgs>, ...lines: string[]][] = [
    [
      "a name that is no domain in lower case",
      { namespaceName: "Svc.internal" },
      'namespaceName: must be a domain in lower case such as "svc.internal", up to 189 characters, got "Svc.internal"',
    ],
    [
      "a name AWS answers for, and a description too long, at once",
      { namespaceName: "eu-west-1.compute.internal", description: "a".repeat(1025) },
      'namespaceName: must be a domain of your own, got "eu-west-1.compute.internal", in which the VPC\'s resolver has names of AWS',
      "description: must have 1024 characters or fewer, got 1025",
    ],
  ];
  for (const [what, more, ...lines] of refusals) {
    it(`refuses ${what}`, async () => {
      const { message, names } = await refused(() => new DiscoveryNamespace("names", { ...args, ...more }));
      assert.equal(message, ["invalid arguments", ...lines.map((line) => `  ${line}`)].join("\n"));
      assert.deepEqual(names, ["names"]);
    });
  }
});
