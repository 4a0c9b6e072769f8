import assert from "node:assert/strict";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
  type AppLoadBalancerOptions,
} from "../../components/app-load-balancer/app-load-balancer";
import {
  AdvertiseCaNames,
  ExpiredClientCertificates,
  type MutualTlsArgs,
  MutualTlsMode,
} from "../../components/app-load-balancer/mutual-tls";
import { type Sandbox, type SandboxOptions, UNKNOWN } from "../../sandbox";
import { built } from "../support/built";
import { refused } from "../support/refused";

const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const trustStoreArn = `${elb}:truststore/partners/0123456789abcdef`;
const caBundle = { bucket: "trust", key: "ca.pem", version: "v1" };
const given: AppLoadBalancerArgs = {
  vpcId: "vpc-0a",
  subnetIds: ["subnet-0a", "subnet-0b"],
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-444455556666",
};

function edge(
  mutualTls: MutualTlsArgs,
  more: Partial<AppLoadBalancerArgs> = {},
  options: SandboxOptions = {},
  opts: AppLoadBalancerOptions = {},
): Promise<Sandbox> {
  return built(() => new AppLoadBalancer("edge", { ...given, ...more, mutualTls }, opts), options);
}

async function problemsOf(mutualTls: object): Promise<string[]> {
  const args = { ...given, mutualTls: mutualTls as MutualTlsArgs };
  const { message, names } = await refused(() => new AppLoadBalancer("edge", args));
  assert.deepEqual(names, ["edge"]);
  return message
    .split("\n")
    .slice(1)
    .map((line) => line.trim());
}

const ofTrust = (stack: Sandbox) => stack.names.filter((name) => /trust-store|revocation/.test(name));

describe("mutual TLS", () => {
  it("is switched off where it is not asked for, so that taking it out has an effect", async () => {
    const stack = await built(() => new AppLoadBalancer("edge", given));
    assert.deepEqual(stack.inputs("edge-https").mutualAuthentication, { mode: "off" });
    assert.deepEqual(ofTrust(stack), []);
    assert.equal(stack.inputs("edge-http").mutualAuthentication, undefined);
  });

  it("hands certificates on to the service", async () => {
    const stack = await edge({ mode: MutualTlsMode.Passthrough });
    assert.deepEqual(stack.inputs("edge-https").mutualAuthentication, { mode: "passthrough" });
    assert.deepEqual(ofTrust(stack), []);
  });

  it("verifies by a trust store that is there", async () => {
    const stack = await edge({ mode: MutualTlsMode.Verify, trustStoreArn });
    assert.deepEqual(stack.inputs("edge-https").mutualAuthentication, {
      mode: "verify",
      trustStoreArn,
      ignoreClientCertificateExpiry: false,
      advertiseTrustStoreCaNames: "off",
    });
    assert.deepEqual(ofTrust(stack), []);
  });

  it("verifies by authorities it makes a trust store of", async () => {
    const stack = await edge({
      mode: MutualTlsMode.Verify,
      caBundle,
      expiredClientCertificates: ExpiredClientCertificates.Accepted,
      advertiseCaNames: AdvertiseCaNames.On,
    });
    assert.deepEqual(stack.inputs("edge-trust-store"), {
      caCertificatesBundleS3Bucket: "trust",
      caCertificatesBundleS3Key: "ca.pem",
      caCertificatesBundleS3ObjectVersion: "v1",
      tags: { Name: "edge-trust-store" },
    });
    assert.deepEqual(stack.inputs("edge-https").mutualAuthentication, {
      mode: "verify",
      trustStoreArn: stack.outputs("edge-trust-store").arn,
      ignoreClientCertificateExpiry: true,
      advertiseTrustStoreCaNames: "on",
    });
  });

  it("knows who is revoked before it lets anybody in", async () => {
    const revocations = {
      lost: { bucket: "trust", key: "lost.crl", version: "v2" },
      old: { bucket: "b", key: "k" },
    };
    const stack = await edge({ mode: MutualTlsMode.Verify, caBundle, revocations });
    assert.deepEqual(ofTrust(stack), ["edge-revocation-lost", "edge-revocation-old", "edge-trust-store"]);
    const storeArn = stack.outputs("edge-trust-store").arn;
    assert.deepEqual(stack.inputs("edge-revocation-lost"), {
      trustStoreArn: storeArn,
      revocationsS3Bucket: "trust",
      revocationsS3Key: "lost.crl",
      revocationsS3ObjectVersion: "v2",
    });
    assert.deepEqual(stack.inputs("edge-revocation-old"), {
      trustStoreArn: storeArn,
      revocationsS3Bucket: "b",
      revocationsS3Key: "k",
    });
    const { dependencies } = stack.resource("edge-https");
    for (const list of ["edge-revocation-lost", "edge-revocation-old"]) {
      assert.ok(dependencies.includes(stack.resource(list).urn), list);
    }
  });

  it("shows all of it in a first preview", async () => {
    const mutualTls = {
      mode: MutualTlsMode.Verify,
      caBundle,
      revocations: { lost: { bucket: "b", key: "k" } },
    };
    const stack = await edge(mutualTls, {}, { mode: "preview" });
    assert.deepEqual(ofTrust(stack), ["edge-revocation-lost", "edge-trust-store"]);
    assert.deepEqual(stack.inputs("edge-https").mutualAuthentication, {
      mode: "verify",
      trustStoreArn: UNKNOWN,
      ignoreClientCertificateExpiry: false,
      advertiseTrustStoreCaNames: "off",
    });
  });

  it("names the trust store for the prefix, or for itself where its name is long, within 32 characters", async () => {
    const named = async (name: string, more: Partial<AppLoadBalancerArgs> = {}) => {
      const mutualTls = { mode: MutualTlsMode.Verify, caBundle };
      const stack = await built(() => new AppLoadBalancer(name, { ...given, ...more, mutualTls }));
      return stack.inputs(`${name}-trust-store`).name;
    };
    assert.equal(await named("edge"), undefined);
    assert.equal(await named("edge", { namePrefix: "shop-production" }), "shop-production-edge-trust");
    assert.match(
      String(await named("edge", { namePrefix: "omni-keywords-finder-prod" })),
      /^omni-keywords-finder-pro-[0-9a-f]{7}$/,
    );
    assert.match(String(await named("edge-of-the-company")), /^edge-of-the-company-trus-[0-9a-f]{7}$/);
  });

  it("gives the user the last word, and tags what can be tagged", async () => {
    const stack = await edge(
      { mode: MutualTlsMode.Verify, caBundle, revocations: { lost: { bucket: "b", key: "k" } } },
      { tags: { owner: "platform" } },
      {},
      {
        transform: {
          trustStore: ({ args, opts }) => ({ args, opts: { ...opts, protect: true } }),
          revocations: { lost: ({ args, opts }) => ({ args: { ...args, revocationsS3Key: "mine" }, opts }) },
        },
      },
    );
    assert.equal(stack.resource("edge-trust-store").protect, true);
    assert.deepEqual(stack.inputs("edge-trust-store").tags, { owner: "platform", Name: "edge-trust-store" });
    assert.equal(stack.inputs("edge-revocation-lost").revocationsS3Key, "mine");
  });

  describe("refuses", () => {
    const cases: [what: string, mutualTls: object, problems: string[]][] = [
      [
        "a mode nobody knows",
        { mode: "on" },
        ['mutualTls.mode: must be one of "verify", "passthrough", got "on"'],
      ],
      [
        "to verify by nothing",
        { mode: "verify" },
        ['mutualTls.caBundle: or trustStoreArn must be given for mode "verify", got neither'],
      ],
      [
        "to verify by two trust stores",
        { mode: "verify", trustStoreArn, caBundle },
        ["mutualTls.trustStoreArn: takes the place of caBundle, got both"],
      ],
      [
        "to say how to verify what is handed on",
        {
          mode: "passthrough",
          trustStoreArn,
          caBundle,
          revocations: {},
          expiredClientCertificates: "refused",
          advertiseCaNames: "off",
        },
        ["trustStoreArn", "caBundle", "revocations", "expiredClientCertificates", "advertiseCaNames"].map(
          (member) => `mutualTls.${member}: goes with mode "verify", got mode "passthrough"`,
        ),
      ],
      [
        "to revoke in a trust store that is not its own",
        { mode: "verify", trustStoreArn, revocations: { lost: { bucket: "b", key: "k" } } },
        [
          "mutualTls.revocations: goes with caBundle: a trust store that is given has lists of its own, got no caBundle",
        ],
      ],
      [
        "files without a place",
        {
          mode: "verify",
          caBundle: { bucket: "", key: "", version: "" },
          revocations: { lost: { bucket: "b", key: "" } },
        },
        [
          'mutualTls.caBundle.bucket: must not be empty, got ""',
          'mutualTls.caBundle.key: must not be empty, got ""',
          'mutualTls.caBundle.version: must not be empty, got ""',
          'mutualTls.revocations.lost.key: must not be empty, got ""',
        ],
      ],
      [
        "names that cannot be part of a name",
        { mode: "verify", caBundle, revocations: { "1st": { bucket: "b", key: "k" } } },
        [
          'mutualTls.revocations.1st: key must be letters, digits and hyphens, beginning with a letter, got "1st"',
        ],
      ],
      [
        "more lists than AWS takes",
        {
          mode: "verify",
          caBundle,
          revocations: Object.fromEntries(
            Array.from({ length: 31 }, (_, index) => [`l${index}`, { bucket: "b", key: "k" }]),
          ),
        },
        ["mutualTls.revocations: takes 30 lists at most, got 31"],
      ],
      [
        "words it does not know",
        { mode: "verify", trustStoreArn, expiredClientCertificates: true, advertiseCaNames: "yes" },
        [
          'mutualTls.expiredClientCertificates: must be one of "refused", "accepted", got true',
          'mutualTls.advertiseCaNames: must be one of "on", "off", got "yes"',
        ],
      ],
    ];
    for (const [what, mutualTls, problems] of cases) {
      it(`${what}, before anything is made`, async () => {
        assert.deepEqual(await problemsOf(mutualTls), problems);
      });
    }
  });
});
