import assert from "node:assert/strict";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
} from "../../components/app-load-balancer/app-load-balancer";
import { Problems } from "../../components/lib/problems";
import {
  type Fips,
  ForwardSecrecy,
  type PostQuantum,
  policyFor,
  settleTls,
  type TlsChoice,
  TlsVersion,
  wholeIntent,
} from "../../components/lib/tls-intent";
import { defaultTlsPolicy, tlsPolicies } from "../../components/lib/tls-policies";
import { built } from "../support/built";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-1111-2222-3333-444455556666";
const site: AppLoadBalancerArgs = {
  vpcId: "vpc-0a",
  subnetIds: ["subnet-0a", "subnet-0b"],
  certificateArn: arn,
};

/** Version, forward secrecy, post-quantum and FIPS, and the policy there is for them. */
const table: [TlsVersion, ForwardSecrecy, PostQuantum, Fips, string | undefined][] = [
  ["1.2", "required", "on", "off", "TLS13-1-2-Res-PQ-2025-09"],
  ["1.2", "required", "off", "off", "TLS13-1-2-Res-2021-06"],
  ["1.2", "required", "on", "on", "TLS13-1-2-Res-FIPS-PQ-2025-09"],
  ["1.2", "required", "off", "on", "TLS13-1-2-Res-FIPS-2023-04"],
  ["1.2", "optional", "on", "off", "TLS13-1-2-Ext1-PQ-2025-09"],
  ["1.2", "optional", "off", "off", "TLS13-1-2-Ext1-2021-06"],
  ["1.2", "optional", "on", "on", "TLS13-1-2-Ext1-FIPS-PQ-2025-09"],
  ["1.2", "optional", "off", "on", "TLS13-1-2-Ext1-FIPS-2023-04"],
  ["1.3", "required", "on", "off", "TLS13-1-3-PQ-2025-09"],
  ["1.3", "required", "off", "off", "TLS13-1-3-2021-06"],
  ["1.3", "required", "on", "on", "TLS13-1-3-FIPS-PQ-2025-09"],
  ["1.3", "required", "off", "on", "TLS13-1-3-FIPS-2023-04"],
  ["1.3", "optional", "on", "off", undefined],
  ["1.3", "optional", "off", "off", undefined],
  ["1.3", "optional", "on", "on", undefined],
  ["1.3", "optional", "off", "on", undefined],
];

function settled(choice: TlsChoice) {
  const problems = new Problems();
  const policy = settleTls(choice, problems);
  return { policy, problems: problems.found };
}

describe("what is expected of a connection", () => {
  for (const [minimumVersion, forwardSecrecy, postQuantum, fips, name] of table) {
    const intent = { minimumVersion, forwardSecrecy, postQuantum, fips };
    const policy = name === undefined ? undefined : `ELBSecurityPolicy-${name}`;
    it(`leads to ${name ?? "no policy"}: ${Object.values(intent).join(", ")}`, () => {
      assert.equal(policyFor(intent), policy);
      const exact = {
        floor: minimumVersion,
        forwardSecrecy: forwardSecrecy === "required",
        postQuantum: postQuantum === "on",
        fips: fips === "on",
      };
      const found = policy === undefined ? undefined : tlsPolicies.get(policy);
      assert.deepEqual(found, policy === undefined ? undefined : exact);
      const published = [...tlsPolicies.values()].some(
        (one) => JSON.stringify(one) === JSON.stringify(exact),
      );
      assert.equal(published, policy !== undefined, "AWS has published one");
    });
  }

  it("is the default where nothing is said", () => {
    assert.equal(policyFor(wholeIntent({})), defaultTlsPolicy);
    assert.deepEqual(settled({}), { policy: defaultTlsPolicy, problems: [] });
    assert.deepEqual(settled({ tls: {} }), { policy: defaultTlsPolicy, problems: [] });
  });

  it("takes the defaults for what is left out", () => {
    assert.equal(settled({ tls: { fips: "on" } }).policy, "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09");
    assert.equal(
      settled({ tls: { minimumVersion: "1.3" } }).policy,
      "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    );
  });

  it("is refused where AWS has no policy, naming both settings and the policies there are", () => {
    const tls = { minimumVersion: TlsVersion.Tls13, forwardSecrecy: ForwardSecrecy.Optional };
    assert.deepEqual(settled({ tls }).problems, [
      {
        path: "tls.forwardSecrecy",
        reason:
          'must be "required" for minimumVersion "1.3", which has no cipher without it: AWS has ' +
          "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09 for that, and ELBSecurityPolicy-TLS13-1-2-Ext1-PQ-2025-09 for " +
          '"optional" with minimumVersion "1.2", got "optional"',
      },
    ]);
  });

  it("is refused in words nobody knows, each of them named", () => {
    const tls = { minimumVersion: "1.1", forwardSecrecy: "yes", postQuantum: true, fips: "140" };
    assert.deepEqual(settled({ tls } as unknown as TlsChoice).problems, [
      { path: "tls.minimumVersion", reason: 'must be one of "1.2", "1.3", got "1.1"' },
      { path: "tls.forwardSecrecy", reason: 'must be one of "required", "optional", got "yes"' },
      { path: "tls.postQuantum", reason: 'must be one of "on", "off", got true' },
      { path: "tls.fips", reason: 'must be one of "on", "off", got "140"' },
    ]);
  });

  it("does not go with the name of a policy, which is judged all the same", () => {
    const { problems } = settled({ tls: {}, sslPolicy: "ELBSecurityPolicy-2016-08" });
    assert.deepEqual(
      problems.map(({ path, reason }) => `${path}: ${reason.slice(0, 40)}`),
      ["sslPolicy: takes the place of tls, got both", "sslPolicy: must be a policy of TLS 1.2 or newer, su"],
    );
  });

  it("is what the listener negotiates", async () => {
    const tls = { minimumVersion: TlsVersion.Tls13, fips: "on" } as const;
    const stack = await built(() => new AppLoadBalancer("edge", { ...site, tls }));
    assert.equal(stack.inputs("edge-https").sslPolicy, "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09");
  });
});
