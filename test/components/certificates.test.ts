import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
  type AppLoadBalancerOptions,
} from "../../components/app-load-balancer/app-load-balancer";
import { type Sandbox, type SandboxOptions, UNKNOWN } from "../../sandbox";
import { built } from "../support/built";
import { refused } from "../support/refused";

const arn = (digit: number) =>
  `arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-44445555666${digit}`;
const site = { vpcId: "vpc-0a", subnetIds: ["subnet-0a", "subnet-0b"] };
const given: AppLoadBalancerArgs = { ...site, certificateArn: arn(0) };
const requested: AppLoadBalancerArgs = {
  ...site,
  domainName: "example.com",
  hostedZoneId: "Z0EXAMPLE",
};

function edge(
  args: AppLoadBalancerArgs,
  options: SandboxOptions = {},
  opts: AppLoadBalancerOptions = {},
): Promise<Sandbox> {
  return built(() => new AppLoadBalancer("edge", args, opts), options);
}

async function problemsOf(args: AppLoadBalancerArgs): Promise<string[]> {
  const { message, names } = await refused(() => new AppLoadBalancer("edge", args));
  assert.deepEqual(names, ["edge"]);
  return message
    .split("\n")
    .slice(1)
    .map((line) => line.trim());
}

const certificates = (stack: Sandbox) =>
  stack.names.filter((name) => /^edge-(sni|certificate|dns)/.test(name));

describe("further certificates of a load balancer", () => {
  it("are added to the listener, each by its name", async () => {
    const stack = await edge({ ...given, additionalCertificateArns: { shop: arn(1), blog: arn(2) } });
    assert.deepEqual(certificates(stack), ["edge-sni-blog", "edge-sni-shop"]);
    const listenerArn = stack.outputs("edge-https").arn;
    assert.deepEqual(stack.inputs("edge-sni-shop"), { listenerArn, certificateArn: arn(1) });
    assert.deepEqual(stack.inputs("edge-sni-blog"), { listenerArn, certificateArn: arn(2) });
    assert.equal(stack.inputs("edge-https").certificateArn, arn(0));
  });

  it("are told by name, beside the default one", async () => {
    const stack = await edge({ ...given, additionalCertificateArns: { shop: arn(1) } });
    assert.deepEqual(stack.outputs("edge").certificateArns, { default: arn(0), shop: arn(1) });
  });

  it("may be known later", async () => {
    const later = pulumi.output(arn(1));
    const stack = await edge({ ...given, additionalCertificateArns: { shop: later } }, { mode: "preview" });
    assert.deepEqual(stack.inputs("edge-sni-shop"), { listenerArn: UNKNOWN, certificateArn: arn(1) });
  });

  it("leave the user the last word", async () => {
    const stack = await edge(
      { ...given, additionalCertificateArns: { shop: arn(1), blog: arn(2) } },
      {},
      {
        transform: {
          additionalCertificates: { shop: ({ args, opts }) => ({ args, opts: { ...opts, protect: true } }) },
        },
      },
    );
    assert.equal(stack.resource("edge-sni-shop").protect, true);
    assert.equal(stack.resource("edge-sni-blog").protect, false);
  });

  it("are 25 at most", async () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, `${arn(1)}${index}`]));
    const stack = await edge({ ...given, additionalCertificateArns: many(25) });
    assert.equal(certificates(stack).length, 25);
    assert.deepEqual(await problemsOf({ ...given, additionalCertificateArns: many(26) }), [
      "additionalCertificateArns: takes 25 at most beside the default one, got 26",
    ]);
  });

  it("are refused under a name that is taken or cannot be one", async () => {
    assert.deepEqual(
      await problemsOf({ ...given, additionalCertificateArns: { default: arn(1), "a b": arn(2) } }),
      [
        'additionalCertificateArns.a b: key must be letters, digits and hyphens, beginning with a letter, got "a b"',
        "additionalCertificateArns.default: key is kept for the certificate of certificateArn or domainName",
      ],
    );
  });

  it("are refused when one is there twice, because the first to go would take both away", async () => {
    const twice = { shop: arn(1), store: arn(1), main: arn(0) };
    assert.deepEqual(await problemsOf({ ...given, additionalCertificateArns: twice }), [
      `additionalCertificateArns.store: must differ from additionalCertificateArns.shop, got "${arn(1)}"`,
      `additionalCertificateArns.main: must differ from certificateArn, got "${arn(0)}"`,
    ]);
  });
});

describe("alternative names of a requested certificate", () => {
  const alternativeNames = ["www.example.com", "*.example.com", "*.eu.example.com"];

  it("are on the certificate, and proved with one record for each host", async () => {
    const stack = await edge({ ...requested, alternativeNames });
    assert.deepEqual(certificates(stack), [
      "edge-certificate",
      "edge-certificate-record",
      "edge-certificate-record-eu.example.com",
      "edge-certificate-record-www.example.com",
      "edge-certificate-validation",
      "edge-dns-a",
      "edge-dns-a-www.example.com",
      "edge-dns-aaaa",
      "edge-dns-aaaa-www.example.com",
    ]);
    assert.deepEqual(stack.inputs("edge-certificate"), {
      domainName: "example.com",
      subjectAlternativeNames: alternativeNames,
      validationMethod: "DNS",
      keyAlgorithm: "RSA_2048",
      tags: { Name: "edge-certificate" },
    });
    const proofs = stack.outputs("edge-certificate").domainValidationOptions as unknown as {
      domainName: string;
      resourceRecordName: string;
      resourceRecordValue: string;
    }[];
    for (const [record, proved] of [
      ["edge-certificate-record", "example.com"],
      ["edge-certificate-record-www.example.com", "www.example.com"],
      ["edge-certificate-record-eu.example.com", "*.eu.example.com"],
    ] as const) {
      const proof = proofs.find(({ domainName }) => domainName === proved);
      assert.deepEqual(stack.inputs(record), {
        zoneId: "Z0EXAMPLE",
        name: proof?.resourceRecordName,
        type: "CNAME",
        records: [proof?.resourceRecordValue],
        ttl: 300,
        allowOverwrite: true,
      });
    }
    assert.deepEqual(stack.inputs("edge-certificate-validation").validationRecordFqdns, [
      stack.outputs("edge-certificate-record").fqdn,
      stack.outputs("edge-certificate-record-www.example.com").fqdn,
      stack.outputs("edge-certificate-record-eu.example.com").fqdn,
    ]);
  });

  it("lead to the load balancer, wildcards apart", async () => {
    const stack = await edge({ ...requested, alternativeNames });
    const { dnsName, zoneId } = stack.outputs("edge-lb");
    for (const type of ["A", "AAAA"]) {
      assert.deepEqual(stack.inputs(`edge-dns-${type.toLowerCase()}-www.example.com`), {
        zoneId: "Z0EXAMPLE",
        name: "www.example.com",
        type,
        aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: true }],
      });
    }
  });

  it("show their records in a first preview", async () => {
    const [preview, deployed] = await Promise.all([
      edge({ ...requested, alternativeNames }, { mode: "preview" }),
      edge({ ...requested, alternativeNames }),
    ]);
    assert.deepEqual(preview.names, deployed.names);
    assert.equal(preview.inputs("edge-certificate-record-www.example.com").name, UNKNOWN);
  });

  it("keep their records whatever order they stand in", async () => {
    const reversed = [...alternativeNames].reverse();
    const [one, other] = await Promise.all([
      edge({ ...requested, alternativeNames }),
      edge({ ...requested, alternativeNames: reversed }),
    ]);
    assert.deepEqual(one.names, other.names);
  });

  it("are refused without a certificate to be on", async () => {
    assert.deepEqual(await problemsOf({ ...given, alternativeNames: ["www.example.com"] }), [
      "alternativeNames: goes with domainName, got none",
    ]);
  });

  it("are refused when they are none, or there already", async () => {
    const names = ["WWW.example.com", "a.*.example.com", "example.com", "x.example.com", "x.example.com"];
    const form = 'must be a name such as "www.example.com" or "*.example.com", in lower case, got';
    assert.deepEqual(await problemsOf({ ...requested, alternativeNames: names }), [
      `alternativeNames[0]: ${form} "WWW.example.com"`,
      `alternativeNames[1]: ${form} "a.*.example.com"`,
      'alternativeNames[2]: must differ from domainName and from the names before it, got "example.com"',
      'alternativeNames[4]: must differ from domainName and from the names before it, got "x.example.com"',
    ]);
  });

  it("are 99 at most, and no longer than a name of DNS", async () => {
    const many = Array.from({ length: 100 }, (_, index) => `n${index}.example.com`);
    assert.deepEqual(await problemsOf({ ...requested, alternativeNames: many }), [
      "alternativeNames: takes 99 at most, got 100",
    ]);
    const long = `${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.example.com`;
    const [problem = ""] = await problemsOf({ ...requested, alternativeNames: [long] });
    assert.match(problem, /^alternativeNames\[0\]: must be a name such as/);
  });
});
