import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN } from "../../policies/lib/unknown";
import { compilePack, packFolder } from "../policies/support/compiled-pack";
import { cliOlderThan, engineSuite } from "./support/engine-suite";

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly inputs: object;
  /** What AWS answered, beside the inputs. */
  readonly computed?: object;
  /** Names of the resources each property came from. */
  readonly from?: { readonly [property: string]: readonly string[] };
}

const urn = (type: string, name: string) => `urn:pulumi:test::evenkeel::${type}::${name}`;

/** A state file, as `pulumi stack export` writes it. */
function state(resources: readonly Resource[]): string {
  const urns = new Map(resources.map(({ type, name }) => [name, urn(type, name)]));
  const root = urn("pulumi:pulumi:Stack", "evenkeel-test");
  const provider = urn("pulumi:providers:aws", "default");
  const id = "00000000-0000-4000-8000-000000000000";
  return JSON.stringify({
    version: 3,
    deployment: {
      manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "" },
      resources: [
        { urn: root, custom: false, type: "pulumi:pulumi:Stack" },
        { urn: provider, custom: true, id, type: "pulumi:providers:aws", inputs: {}, outputs: {} },
        ...resources.map(({ type, name, inputs, computed, from }) => ({
          urn: urns.get(name),
          custom: true,
          id: `${name}-id`,
          type,
          inputs,
          outputs: { ...inputs, ...computed },
          parent: root,
          provider: `${provider}::${id}`,
          propertyDependencies: Object.fromEntries(
            Object.entries(from ?? {}).map(([property, names]) => [
              property,
              names.map((one) => urns.get(one)),
            ]),
          ),
        })),
      ],
    },
  });
}

const subnet = (name: string, zone: string): Resource => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  inputs: { availabilityZone: zone },
  computed: { id: `subnet-${name}` },
});

const good: readonly Resource[] = [
  subnet("a", "eu-west-1a"),
  subnet("b", "eu-west-1b"),
  {
    type: "aws:lb/loadBalancer:LoadBalancer",
    name: "edge",
    inputs: {
      subnets: ["subnet-a", "subnet-b"],
      dropInvalidHeaderFields: true,
      accessLogs: { enabled: true, bucket: "logs" },
    },
  },
  {
    type: "aws:lb/listener:Listener",
    name: "edge-https",
    inputs: {
      protocol: "HTTPS",
      port: 443,
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
    },
    computed: { arn: "arn:https" },
  },
  {
    type: "aws:lb/listenerRule:ListenerRule",
    name: "web-all",
    inputs: { listenerArn: "arn:https", actions: [{ type: "forward", targetGroupArn: "arn:web" }] },
  },
  {
    type: "aws:autoscaling/group:Group",
    name: "web",
    inputs: {
      minSize: 2,
      maxSize: 4,
      vpcZoneIdentifiers: ["subnet-a", "subnet-b"],
      targetGroupArns: ["arn:web"],
      healthCheckType: "ELB",
      launchTemplate: { id: "lt-1", version: "1" },
    },
  },
];

const bad: readonly Resource[] = [
  ...good.filter(({ name }) => name !== "web"),
  {
    type: "aws:alb/listener:Listener",
    name: "edge-http",
    inputs: { port: 80, defaultActions: [{ type: "forward", targetGroupArn: "arn:web" }] },
    computed: { arn: "arn:http", protocol: "HTTP" },
  },
  {
    type: "aws:lb/listenerRule:ListenerRule",
    name: "web-plain",
    inputs: { listenerArn: "arn:http", actions: [{ type: "forward", targetGroupArn: "arn:web" }] },
  },
  {
    type: "aws:autoscaling/group:Group",
    name: "web",
    inputs: {
      minSize: 1,
      maxSize: 4,
      vpcZoneIdentifiers: [UNKNOWN, UNKNOWN],
      suspendedProcesses: UNKNOWN,
      launchTemplate: { id: "lt-1", version: "1" },
    },
    from: { vpcZoneIdentifiers: ["a", "b", "edge"] },
  },
];

/** The bucket is somebody else's, so the pack cannot see who may write to it. */
const elsewhere = "balancer-log-bucket-usable: edge accessLogs.bucket (logs is not in this stack)";
const one = `advisory not-decided-in-preview, evenkeel-test: 1 left open: ${elsewhere}`;

function analyses(): void {
  let folder: string;

  before(() => {
    compilePack();
    folder = mkdtempSync(join(tmpdir(), "evenkeel-analyze-"));
    mkdirSync(join(folder, "backend"));
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  /** Analyses a stack, and gives the exit code, the violations and what was said on the error channel. */
  function analyze(resources: readonly Resource[], ...options: readonly string[]) {
    const file = join(folder, "state.json");
    writeFileSync(file, state(resources));
    const { status, stdout, stderr } = spawnSync(
      "pulumi",
      [
        "policy",
        "analyze",
        "--file",
        file,
        "--policy-pack",
        packFolder,
        "--json",
        "--non-interactive",
        ...options,
      ],
      {
        encoding: "utf8",
        cwd: folder,
        env: {
          ...process.env,
          PULUMI_HOME: join(folder, "home"),
          PULUMI_BACKEND_URL: `file://${join(folder, "backend")}`,
          PULUMI_SKIP_UPDATE_CHECK: "true",
        },
      },
    );
    const violations = stdout
      .split("\n")
      .flatMap((line) => (line.startsWith("{") ? (JSON.parse(line).policyEvent ?? []) : []))
      .map((event) => {
        const [, finding] = event.message.split("\n");
        const name = event.resourceUrn.split("::").at(-1);
        return `${event.enforcementLevel} ${event.policyName}, ${name}: ${finding}`;
      })
      // A state this small gets much advice; what stops a deployment is the matter here, and what was left open.
      .filter((line) => line.startsWith("mandatory") || line.includes("not-decided-in-preview"));
    return { status, violations: violations.sort(), stderr };
  }

  it("lets a good stack through, and says what it cannot see", () => {
    const { status, violations } = analyze(good);
    assert.deepEqual({ status, violations }, { status: 0, violations: [one] });
  });

  it("refuses a bad stack, and says what it could not judge", () => {
    const { status, violations } = analyze(bad);
    const open = [
      `3 left open: ${elsewhere}`,
      "scaling-health-processes-on: web suspendedProcesses (not known yet)",
      "scaling-multi-zone: web vpcZoneIdentifiers (not known yet)",
    ];
    assert.deepEqual(violations, [
      `advisory not-decided-in-preview, evenkeel-test: ${open.join("; ")}`,
      'mandatory listener-http-redirect, edge-http: defaultActions[0].type: "forward", must be "redirect"',
      'mandatory listener-rule-no-plain-forward, web-plain: actions[0].type: "forward" on the HTTP listener edge-http, must be "redirect"',
      "mandatory scaling-min-instances, web: minSize: 1, must be 2 or more",
    ]);
    assert.notEqual(status, 0);
  });

  it("lets development run one instance", () => {
    const alone = good.map((resource) =>
      resource.name === "web" ? { ...resource, inputs: { ...resource.inputs, minSize: 1 } } : resource,
    );
    const config = join(packFolder, "config/development.json");
    const { status, violations } = analyze(alone, "--policy-pack-config", config);
    assert.deepEqual({ status, violations }, { status: 0, violations: [one] });
    assert.deepEqual(analyze(alone).violations, [
      one,
      "mandatory scaling-min-instances, web: minSize: 1, must be 2 or more",
    ]);
  });

  it("is told of a parameter of the wrong type by the engine", () => {
    const config = join(folder, "config.json");
    writeFileSync(config, JSON.stringify({ "scaling-min-instances": { minInstances: "two" } }));
    const { status, stderr } = analyze(good, "--policy-pack-config", config);
    assert.match(
      stderr,
      /scaling-min-instances: minInstances: Invalid type\. Expected: integer, given: string/,
    );
    assert.notEqual(status, 0);
  });
}

// The first version that analyses a state file.
engineSuite("pulumi policy analyze with the compiled pack", analyses, () => cliOlderThan(3, 249));
