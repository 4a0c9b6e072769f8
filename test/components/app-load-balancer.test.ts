import assert from "node:assert/strict";
import { BucketRemoval } from "../../components/app-load-balancer/access-logs";
import {
  AppLoadBalancer,
  type AppLoadBalancerArgs,
  type AppLoadBalancerOptions,
} from "../../components/app-load-balancer/app-load-balancer";
import { DeletionProtection, Exposure } from "../../components/app-load-balancer/load-balancer";
import { logBucketPolicy } from "../../components/lib/log-bucket-policy";
import { type Sandbox, type SandboxOptions, sandboxMocks, UNKNOWN } from "../../sandbox";
import { built } from "../support/built";

const account = "123456789012";
const certificateArn = `arn:aws:acm:us-east-1:${account}:certificate/0f0e0d0c-1111-2222-3333-444455556666`;
const site = { vpcId: "vpc-0a", subnetIds: ["subnet-0a", "subnet-0b"] };
const given = { ...site, certificateArn };
const requested = { ...site, domainName: "app.example.com", hostedZoneId: "Z0EXAMPLE" };

function edge(
  args: AppLoadBalancerArgs = given,
  options: SandboxOptions = {},
  opts: AppLoadBalancerOptions = {},
): Promise<Sandbox> {
  return built(() => new AppLoadBalancer("edge", args, opts), options);
}

const always = [
  "edge",
  "edge-http",
  "edge-https",
  "edge-ingress-443-0.0.0.0-0",
  "edge-ingress-80-0.0.0.0-0",
  "edge-lb",
  "edge-logs",
  "edge-logs-encryption",
  "edge-logs-lifecycle",
  "edge-logs-ownership",
  "edge-logs-policy",
  "edge-logs-public-access",
  "edge-logs-versioning",
  "edge-sg",
];

const forDomain = [
  "edge-certificate",
  "edge-certificate-record",
  "edge-certificate-validation",
  "edge-dns-a",
  "edge-dns-aaaa",
];

describe("AppLoadBalancer", () => {
  it("makes a load balancer with two listeners, a security group and a log bucket", async () => {
    const stack = await edge();
    assert.deepEqual(stack.names, always);
  });

  it("is the parent of all it makes", async () => {
    const stack = await edge(requested);
    const { urn } = stack.resource("edge");
    const parents = new Set(stack.registrations.filter(({ custom }) => custom).map(({ parent }) => parent));
    assert.deepEqual([...parents], [urn]);
    assert.equal(stack.resource("edge").type, "evenkeel:index:AppLoadBalancer");
  });

  describe("the load balancer", () => {
    it("is hardened, logged, protected and open to the internet", async () => {
      const stack = await edge();
      assert.deepEqual(stack.inputs("edge-lb"), {
        loadBalancerType: "application",
        internal: false,
        ipAddressType: "ipv4",
        subnets: ["subnet-0a", "subnet-0b"],
        securityGroups: [stack.resource("edge-sg").id],
        enableHttp2: true,
        idleTimeout: 60,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        xffHeaderProcessingMode: "append",
        enableZonalShift: true,
        enableDeletionProtection: true,
        accessLogs: { enabled: true, bucket: stack.outputs("edge-logs").bucket, prefix: "alb-logs" },
        tags: { Name: "edge-lb" },
      });
    });

    it("is made after the policy that lets it write its logs", async () => {
      const stack = await edge();
      const policy = stack.resource("edge-logs-policy").urn;
      assert.ok(stack.resource("edge-lb").dependencies.includes(policy));
    });

    it("does as it is told", async () => {
      const stack = await edge({
        ...given,
        exposure: Exposure.Internal,
        ingressCidrBlocks: ["10.0.0.0/8"],
        idleTimeoutSeconds: 4000,
        deletionProtection: DeletionProtection.Off,
      });
      const { internal, idleTimeout, enableDeletionProtection } = stack.inputs("edge-lb");
      assert.deepEqual([internal, idleTimeout, enableDeletionProtection], [true, 4000, false]);
    });

    it("is named by the provider, or for the prefix within 32 characters", async () => {
      const named = async (name: string, args: AppLoadBalancerArgs) => {
        const stack = await built(() => new AppLoadBalancer(name, args));
        return stack.inputs(`${name}-lb`).name;
      };
      assert.equal(await named("edge", given), undefined);
      assert.equal(
        await named("edge", { ...given, namePrefix: "omni-keywords-finder" }),
        "omni-keywords-finder-edg-ae79e1c",
      );
      assert.match(
        String(await named("edge-of-the-whole-company", given)),
        /^edge-of-the-whole-compan-[0-9a-f]{7}$/,
      );
    });
  });

  describe("the security group", () => {
    it("has no rules of its own", async () => {
      const stack = await edge();
      assert.deepEqual(stack.inputs("edge-sg"), {
        vpcId: "vpc-0a",
        description: "Clients of load balancer edge",
        tags: { Name: "edge-sg" },
      });
    });

    it("lets nothing out, but to identity providers if it is told so", async () => {
      const stack = await edge({ ...given, outbound: "https" });
      assert.ok(!(await edge({ ...given, outbound: "services" })).names.includes("edge-egress-443"));
      assert.deepEqual(stack.inputs("edge-egress-443"), {
        securityGroupId: stack.resource("edge-sg").id,
        description: "TCP 443 to identity providers",
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
        cidrIpv4: "0.0.0.0/0",
        tags: { Name: "edge-egress-443" },
      });
    });

    it("lets everybody in on ports 80 and 443", async () => {
      const stack = await edge();
      const rule = (port: number, description: string) => ({
        securityGroupId: stack.resource("edge-sg").id,
        description,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
        cidrIpv4: "0.0.0.0/0",
        tags: { Name: `edge-ingress-${port}-0.0.0.0-0` },
      });
      assert.deepEqual(
        stack.inputs("edge-ingress-80-0.0.0.0-0"),
        rule(80, "HTTP, to be redirected, from 0.0.0.0/0"),
      );
      assert.deepEqual(stack.inputs("edge-ingress-443-0.0.0.0-0"), rule(443, "HTTPS, from 0.0.0.0/0"));
    });

    it("lets in only who is named", async () => {
      const stack = await edge({ ...given, ingressCidrBlocks: ["10.0.0.0/8", "192.0.2.0/24"] });
      const rules = stack.names.filter((name) => name.includes("ingress"));
      assert.deepEqual(rules, [
        "edge-ingress-443-10.0.0.0-8",
        "edge-ingress-443-192.0.2.0-24",
        "edge-ingress-80-10.0.0.0-8",
        "edge-ingress-80-192.0.2.0-24",
      ]);
    });
  });

  describe("the listeners", () => {
    it("speak TLS 1.2 or newer and answer 404 on port 443, with headers that keep browsers safe", async () => {
      const stack = await edge();
      assert.deepEqual(stack.inputs("edge-https"), {
        loadBalancerArn: stack.outputs("edge-lb").arn,
        port: 443,
        protocol: "HTTPS",
        certificateArn,
        sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        mutualAuthentication: { mode: "off" },
        defaultActions: [
          {
            type: "fixed-response",
            fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "Not found" },
          },
        ],
        routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
        routingHttpResponseXContentTypeOptionsHeaderValue: "nosniff",
        routingHttpResponseServerEnabled: false,
        tags: { Name: "edge-https" },
      });
    });

    it("redirect from port 80 and do nothing else there", async () => {
      const stack = await edge();
      assert.deepEqual(stack.inputs("edge-http"), {
        loadBalancerArn: stack.outputs("edge-lb").arn,
        port: 80,
        protocol: "HTTP",
        defaultActions: [
          { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
        ],
        routingHttpResponseServerEnabled: false,
        tags: { Name: "edge-http" },
      });
    });

    it("negotiate what they are told to", async () => {
      const sslPolicy = "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09";
      const stack = await edge({ ...given, sslPolicy });
      assert.equal(stack.inputs("edge-https").sslPolicy, sslPolicy);
    });
  });

  describe("the log bucket", () => {
    it("is private, encrypted by S3 itself, and keeps each log for 90 days", async () => {
      const stack = await edge();
      const { bucket } = stack.outputs("edge-logs");
      assert.deepEqual(stack.inputs("edge-logs"), { forceDestroy: false, tags: { Name: "edge-logs" } });
      assert.deepEqual(stack.inputs("edge-logs-public-access"), {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      });
      assert.deepEqual(stack.inputs("edge-logs-ownership"), {
        bucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
      });
      assert.deepEqual(stack.inputs("edge-logs-encryption"), {
        bucket,
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      });
      assert.deepEqual(stack.inputs("edge-logs-versioning"), {
        bucket,
        versioningConfiguration: { status: "Enabled" },
      });
      assert.deepEqual(stack.inputs("edge-logs-lifecycle"), {
        bucket,
        rules: [
          {
            id: "expire-logs",
            status: "Enabled",
            filter: {},
            expiration: { days: 90 },
            noncurrentVersionExpiration: { noncurrentDays: 30 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
          },
          {
            id: "drop-delete-markers",
            status: "Enabled",
            filter: {},
            expiration: { expiredObjectDeleteMarker: true },
          },
        ],
      });
    });

    for (const mode of ["preview", "deployed"] as const) {
      it(`has a policy for log delivery that can be read, mode ${mode}`, async () => {
        const stack = await edge(given, { mode });
        const { bucket, policy } = stack.inputs("edge-logs-policy");
        assert.equal(bucket, stack.resource("edge-logs").checkedInputs.bucket);
        assert.deepEqual(
          JSON.parse(String(policy)),
          logBucketPolicy({
            partition: "aws",
            accountId: account,
            bucket: String(bucket),
            prefixes: ["alb-logs"],
          }),
        );
      });
    }

    it("gets its policy after it is shut to the public", async () => {
      const stack = await edge();
      const { dependencies } = stack.resource("edge-logs-policy");
      assert.ok(dependencies.includes(stack.resource("edge-logs-public-access").urn));
    });

    it("has a name in lower case that begins with the prefix and ends in account and region", async () => {
      const stack = await edge({ ...given, namePrefix: "Shop" });
      assert.equal(stack.inputs("edge-logs").bucket, "shop-edge-logs-123456789012-us-east-1");
    });

    it("keeps logs as long as asked for and goes with its stack when told to", async () => {
      const stack = await edge({
        ...given,
        accessLogs: { retentionDays: 7, bucketDeletion: BucketRemoval.Empty },
      });
      assert.equal(stack.inputs("edge-logs").forceDestroy, true);
      const { rules } = stack.inputs("edge-logs-lifecycle") as unknown as {
        rules: { expiration: { days?: number } }[];
      };
      assert.equal(rules[0]?.expiration.days, 7);
    });
  });

  describe("with a domain name", () => {
    it("requests a certificate, proves that the name is its own, and points the name at itself", async () => {
      const stack = await edge(requested);
      assert.deepEqual(stack.names, [...always, ...forDomain].sort());
      const [proof] = stack.outputs("edge-certificate").domainValidationOptions as unknown as [
        { resourceRecordName: string; resourceRecordType: string; resourceRecordValue: string },
      ];
      assert.deepEqual(stack.inputs("edge-certificate"), {
        domainName: "app.example.com",
        validationMethod: "DNS",
        keyAlgorithm: "RSA_2048",
        tags: { Name: "edge-certificate" },
      });
      assert.deepEqual(stack.inputs("edge-certificate-record"), {
        zoneId: "Z0EXAMPLE",
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 300,
        allowOverwrite: true,
      });
      assert.deepEqual(stack.inputs("edge-certificate-validation"), {
        certificateArn: stack.outputs("edge-certificate").arn,
        validationRecordFqdns: [stack.outputs("edge-certificate-record").fqdn],
      });
      const { dnsName, zoneId } = stack.outputs("edge-lb");
      for (const type of ["A", "AAAA"]) {
        assert.deepEqual(stack.inputs(`edge-dns-${type.toLowerCase()}`), {
          zoneId: "Z0EXAMPLE",
          name: "app.example.com",
          type,
          aliases: [{ name: dnsName, zoneId, evaluateTargetHealth: true }],
        });
      }
    });

    it("listens once the certificate is valid", async () => {
      const stack = await edge(requested);
      const validation = stack.resource("edge-certificate-validation");
      assert.equal(stack.inputs("edge-https").certificateArn, validation.outputs.certificateArn);
      assert.ok(stack.resource("edge-https").dependencies.includes(validation.urn));
    });

    it("shows every record in a first preview, though not what is in it", async () => {
      const stack = await edge(requested, { mode: "preview" });
      assert.deepEqual(stack.names, [...always, ...forDomain].sort());
      assert.deepEqual(stack.inputs("edge-certificate-record"), {
        zoneId: "Z0EXAMPLE",
        name: UNKNOWN,
        type: UNKNOWN,
        records: [UNKNOWN],
        ttl: 300,
        allowOverwrite: true,
      });
    });

    it("answers at that name", async () => {
      const stack = await edge(requested, { mode: "preview" });
      const { hostName, url } = stack.outputs("edge");
      assert.deepEqual([hostName, url], ["app.example.com", "https://app.example.com"]);
    });
  });

  it("answers at a name whose record is kept elsewhere", async () => {
    const stack = await edge({ ...given, hostName: "app.example.com" });
    const { hostName, url } = stack.outputs("edge");
    assert.deepEqual([hostName, url], ["app.example.com", "https://app.example.com"]);
    assert.deepEqual(stack.names, [...always].sort());
  });

  it("tells what others need to know of it", async () => {
    const stack = await edge();
    const balancer = stack.outputs("edge-lb");
    assert.deepEqual(stack.outputs("edge"), {
      loadBalancerArn: balancer.arn,
      arnSuffix: balancer.arnSuffix,
      dnsName: balancer.dnsName,
      zoneId: balancer.zoneId,
      securityGroupId: stack.resource("edge-sg").id,
      httpsListenerArn: stack.outputs("edge-https").arn,
      httpListenerArn: stack.outputs("edge-http").arn,
      certificateArn,
      certificateArns: { default: certificateArn },
      accessLogsBucketName: stack.outputs("edge-logs").bucket,
      hostName: balancer.dnsName,
      url: `https://${balancer.dnsName}`,
    });
  });

  it("adds the user's tags to every child that has tags", async () => {
    const stack = await edge({ ...requested, tags: { owner: "platform", Name: "mine" } });
    const tagged = stack.registrations
      .filter(({ custom, inputs }) => custom && inputs.tags !== undefined)
      .map(({ inputs }) => inputs.tags as unknown as { owner: string; Name: string });
    assert.deepEqual(tagged.map(({ Name }) => Name).sort(), [
      "edge-certificate",
      "edge-http",
      "edge-https",
      "edge-ingress-443-0.0.0.0-0",
      "edge-ingress-80-0.0.0.0-0",
      "edge-lb",
      "edge-logs",
      "edge-sg",
    ]);
    assert.deepEqual(
      tagged.map(({ owner }) => owner),
      tagged.map(() => "platform"),
    );
  });

  it("gives the user the last word on each child", async () => {
    const stack = await edge(
      requested,
      {},
      {
        transform: {
          loadBalancer: ({ args, opts }) => ({ args: { ...args, ipAddressType: "dualstack" }, opts }),
          httpsListener: ({ args, opts }) => ({ args, opts: { ...opts, protect: true } }),
          httpListener: ({ args, opts }) => ({ args: { ...args, port: 8080 }, opts }),
          securityGroup: ({ args, opts }) => ({ args: { ...args, description: "Mine" }, opts }),
          logBucket: ({ args, opts }) => ({ args: { ...args, bucket: "my-logs" }, opts }),
          logBucketPolicy: ({ args, opts }) => ({ args, opts: { ...opts, protect: true } }),
          logBucketLifecycle: ({ args, opts }) => ({ args: { ...args, rules: [] }, opts }),
          certificate: ({ args, opts }) => ({ args: { ...args, keyAlgorithm: "EC_prime256v1" }, opts }),
          ipv4Record: ({ args, opts }) => ({ args: { ...args, allowOverwrite: true }, opts }),
          ipv6Record: ({ args, opts }) => ({ args: { ...args, allowOverwrite: true }, opts }),
        },
      },
    );
    assert.equal(stack.inputs("edge-lb").ipAddressType, "dualstack");
    assert.equal(stack.resource("edge-https").protect, true);
    assert.equal(stack.inputs("edge-http").port, 8080);
    assert.equal(stack.inputs("edge-sg").description, "Mine");
    assert.equal(stack.inputs("edge-logs").bucket, "my-logs");
    assert.equal(stack.resource("edge-logs-policy").protect, true);
    assert.deepEqual(stack.inputs("edge-logs-lifecycle").rules, []);
    assert.equal(stack.inputs("edge-certificate").keyAlgorithm, "EC_prime256v1");
    assert.equal(stack.inputs("edge-dns-a").allowOverwrite, true);
    assert.equal(stack.inputs("edge-dns-aaaa").allowOverwrite, true);
  });

  describe("refuses", () => {
    const cases: [what: string, args: AppLoadBalancerArgs, problems: string[], name?: string][] = [
      ["one subnet", { ...given, subnetIds: ["subnet-0a"] }, ["subnetIds: needs 2 or more, got 1"]],
      [
        "a certificate and a domain name",
        { ...requested, certificateArn },
        ["certificateArn: takes the place of domainName, got both"],
      ],
      [
        "two names",
        { ...requested, hostName: "app.example.org" },
        ["hostName: goes with certificateArn, got domainName"],
      ],
      [
        "neither a certificate nor a domain name",
        site,
        ["certificateArn: must be given unless domainName is, got neither"],
      ],
      [
        "a domain name without its zone",
        { ...site, domainName: "app.example.com" },
        ["hostedZoneId: must be given with domainName, got none"],
      ],
      [
        "a zone without a domain name",
        { ...given, hostedZoneId: "Z0EXAMPLE" },
        ["domainName: must be given with hostedZoneId, got none"],
      ],
      [
        "a name no certificate is made out to",
        { ...requested, domainName: "*.Example.com" },
        ['domainName: must be a name such as "app.example.com", in lower case, got "*.Example.com"'],
      ],
      [
        "a name longer than ACM's",
        { ...requested, domainName: `${"a".repeat(63)}.io` },
        ["domainName: must have at most 64 characters, got 66"],
      ],
      [
        "a security policy that accepts TLS 1.0",
        { ...given, sslPolicy: "ELBSecurityPolicy-2016-08" },
        [
          "sslPolicy: must be a policy of TLS 1.2 or newer, such as ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09, " +
            "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09, ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09, " +
            'got "ELBSecurityPolicy-2016-08", which accepts TLS 1.0',
        ],
      ],
      [
        "numbers out of range",
        { ...given, idleTimeoutSeconds: 0, accessLogs: { retentionDays: 1.5 } },
        [
          "idleTimeoutSeconds: must be a whole number from 1 to 4000, got 0",
          "accessLogs.retentionDays: must be a whole number from 1 to 3650, got 1.5",
        ],
      ],
      [
        "words it does not know",
        {
          ...given,
          exposure: "public" as Exposure,
          deletionProtection: "yes" as DeletionProtection,
          accessLogs: { bucketDeletion: "never" as BucketRemoval },
          ingressCidrBlocks: ["10.0.0.0/8"],
        },
        [
          'exposure: must be one of "internet", "internal", got "public"',
          'deletionProtection: must be one of "on", "off", got "yes"',
          'accessLogs.bucketDeletion: must be one of "keep", "empty", got "never"',
        ],
      ],
      [
        "an internal load balancer that does not say for whom",
        { ...given, exposure: Exposure.Internal },
        ['ingressCidrBlocks: needs 1 or more for exposure "internal", got none'],
      ],
      [
        "a load balancer for nobody",
        { ...given, ingressCidrBlocks: [] },
        ['ingressCidrBlocks: needs 1 or more for exposure "internet", got 0'],
      ],
      [
        "an internal load balancer that is open to the world",
        { ...given, exposure: Exposure.Internal, ingressCidrBlocks: ["0.0.0.0/0"] },
        ['ingressCidrBlocks[0]: must not be the whole internet for exposure "internal", got "0.0.0.0/0"'],
      ],
      [
        "a prefix AWS does not take",
        { ...given, namePrefix: "my_shop" },
        ['namePrefix: must be letters, digits and hyphens, beginning with a letter, got "my_shop"'],
      ],
      [
        "a prefix that leaves no room",
        { ...given, namePrefix: "a".repeat(33) },
        ["namePrefix: must have 32 characters or fewer, got 33"],
      ],
      [
        "a prefix AWS keeps to itself",
        { ...given, namePrefix: "internal" },
        ['namePrefix: must not begin with "internal", got "internal"'],
      ],
      [
        "a name AWS keeps to itself",
        given,
        ['name: must not begin with "internal", got "internal-edge"'],
        "internal-edge",
      ],
      [
        "a name AWS does not take",
        given,
        ['name: must be letters, digits and hyphens, beginning with a letter, got "the edge"'],
        "the edge",
      ],
      [
        "a name that leaves no room",
        given,
        ['name: must have 244 characters or fewer to leave room for "-sg", got 245'],
        "e".repeat(245),
      ],
      [
        "several at once, naming each",
        { ...site, subnetIds: [], idleTimeoutSeconds: 5000 },
        [
          "subnetIds: needs 2 or more, got 0",
          "certificateArn: must be given unless domainName is, got neither",
          "idleTimeoutSeconds: must be a whole number from 1 to 4000, got 5000",
        ],
      ],
    ];
    for (const [what, args, problems, name = "edge"] of cases) {
      it(`${what}, before anything is made`, async () => {
        const sandbox = await sandboxMocks();
        assert.throws(() => new AppLoadBalancer(name, args), {
          name: "ArgumentError",
          message: ["invalid arguments", ...problems.map((problem) => `  ${problem}`)].join("\n"),
        });
        await sandbox.settled();
        assert.deepEqual(sandbox.names, [name]);
      });
    }
  });
});
