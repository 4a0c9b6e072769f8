import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Bag, isUnknown } from "../../../sandbox";
import type { SavedWorld } from "../../../sandbox/account/saved-world";
import { serve } from "../../../sandbox/plugin/server";
import { Project } from "./cli";

/** What the engine makes of the program, comparable: nothing in it depends on time or on the plugin's version. */
export interface Made {
  /** What a first preview shows. */
  readonly preview: readonly Bag[];
  /** What the state holds after `up`. */
  readonly deployed: readonly Bag[];
  /** Outputs of the stack, by VPC. */
  readonly outputs: Bag;
  /** What a second preview finds to do. */
  readonly changes: readonly string[];
}

/** What differs from run to run, or says only which plugin it was. */
const passing = new Set(["created", "modified", "sourcePosition", "stackTrace"]);

function comparable(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item));
    return key === "dependencies" ? items.sort() : items;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([name]) => !passing.has(name));
    // Which resources a property depends on matters, their order does not.
    const inner = (name: string) => (key === "propertyDependencies" ? "dependencies" : name);
    return Object.fromEntries(entries.map(([name, item]) => [name, comparable(item, inner(name))]));
  }
  if (typeof value !== "string" || isUnknown(value)) return value;
  // The default provider is called after the SDK's version, and a provider's id is drawn by lot.
  return value.replace(/(pulumi:providers:\w+::[\w-]+?)(?:_\d+_\d+_\d+)?::[0-9a-f-]{36}$/, "$1");
}

function isNoProvider({ type }: Bag): boolean {
  return !String(type).startsWith("pulumi:providers:");
}

/** Resources by URN, without the providers, whose inputs say their version. */
function resources(all: readonly Bag[]): Bag[] {
  return all
    .filter(isNoProvider)
    .map((resource) => comparable(resource) as Bag)
    .sort((a, b) => (String(a.urn) < String(b.urn) ? -1 : 1));
}

/** The state of a stack with names in place of what AWS hands out: ids, and the VPCs' IPv6 blocks. */
function withNames(all: readonly Bag[]): Bag[] {
  const handedOut = all.filter(isNoProvider).flatMap(({ id, urn, outputs }) => {
    const block = String((outputs as Bag | undefined)?.ipv6CidrBlock ?? "");
    const [stem = ""] = /^\S+(?=00::\/56$)/.exec(block) ?? [];
    return [
      [String(id ?? ""), `<${urn}>`],
      [stem, `<block of ${urn}>:`],
    ] as const;
  });
  const named = handedOut
    .filter(([text]) => text !== "")
    .reduce((json, [text, name]) => json.replaceAll(text, name), JSON.stringify(all));
  return JSON.parse(named);
}

/** What was asked for and how it hangs together; what AWS makes of it is not the component's doing. */
function withoutAnswers({ id: _, outputs: __, ...resource }: Bag): Bag {
  return resource;
}

/** First paragraphs of what the engine says about the component. */
function errorsIn(text: string): string[] {
  const paragraphs = text.matchAll(/^\s+error: (awsx:[\s\S]*?)(?=\n\s*\n|\n\s+error: |$(?![\s\S]))/gm);
  return [...new Set([...paragraphs].map(([, message = ""]) => message.replace(/\s+/g, " ").trim()))];
}

/** An empty account with room for so many VPCs: AWS's own limits are five of each. */
function roomyWorld(): string {
  const quotas = {
    "VPCs per Region": 20,
    "Internet gateways per Region": 20,
    "EC2-VPC Elastic IPs": 40,
    "NAT gateways per Availability Zone": 20,
  };
  const world: SavedWorld = {
    format: 1,
    accountId: "123456789012",
    made: 0,
    salt: "test",
    resources: [],
    faults: [],
    quotas,
  };
  return JSON.stringify(world);
}

/** Runs something in a stack with an empty account; without the folder of the awsx plugin, ours is used. */
async function within<T>(
  awsx: string | undefined,
  environment: { readonly [name: string]: string },
  run: (project: Project) => Promise<T>,
): Promise<T> {
  const program = join(__dirname, "vpc-program");
  const project = new Project(program, awsx === undefined ? [] : [awsx], environment);
  try {
    const worldFile = join(project.folder, "world.json");
    writeFileSync(worldFile, roomyWorld());
    const server = await serve({
      worldFile,
      purpose: "comparing the awsx plugins",
      onCrash: () => assert.fail("no fault was asked for"),
    });
    try {
      const attached = awsx === undefined ? ["aws", "awsx"] : ["aws"];
      project.attach(attached.map((provider) => `${provider}:${server.port}`));
      await succeeding(project, "stack", "init", "test");
      await succeeding(project, "config", "set", "aws:region", "us-east-1");
      return await run(project);
    } finally {
      await server.close();
    }
  } finally {
    project.remove();
  }
}

/**
 * Previews and deploys every VPC of the program.
 *
 * @param awsx Folder of the awsx plugin; ours if there is none.
 */
export function makeVpcs(awsx: string | undefined): Promise<Made> {
  return within(awsx, {}, async (project) => {
    const preview = JSON.parse(await succeeding(project, "preview", "--json"));
    await succeeding(project, "up", "--yes", "--skip-preview");
    const state = JSON.parse(await succeeding(project, "stack", "export", "--show-secrets"));
    const all = withNames(state.deployment.resources);
    const again = JSON.parse(await succeeding(project, "preview", "--json"));
    const planned = preview.steps.map((step: Bag) => ({
      urn: step.urn,
      op: step.op,
      ...(step.newState as Bag),
    }));
    return {
      preview: resources(planned),
      deployed: resources(all.map(withoutAnswers)),
      outputs: comparable(all.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {}) as Bag,
      changes: again.steps.filter(({ op }: Bag) => op !== "same").map(({ urn, op }: Bag) => `${op} ${urn}`),
    };
  });
}

/** What the engine says of a VPC that is refused. */
export function refusalOfVpc(name: string, awsx: string | undefined): Promise<string[]> {
  return within(awsx, { VPC_REFUSED: name }, async (project) => {
    const { status, stdout, stderr } = await project.run("preview");
    assert.notEqual(status, 0);
    return errorsIn(stdout + stderr);
  });
}

async function succeeding(project: Project, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await project.run(...args);
  assert.equal(status, 0, `pulumi ${args.join(" ")}: ${stdout.slice(-2000)}${stderr}`);
  return stdout;
}
