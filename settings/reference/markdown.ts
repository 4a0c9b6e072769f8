import { type Environment, type EnvironmentDefaults, environments } from "../environments";
import { defaultText, isSecretable, type Node, regionNode, settingsTree } from "./tree";

/** `docs/configuration.md`. */
export function configurationPage(project: string): string {
  const { properties = {}, required = [] } = settingsTree();
  const plain = Object.entries(properties).filter(([, node]) => !isMap(node));
  const maps = Object.entries(properties).filter(([, node]) => isMap(node));
  const top = [
    row("aws:region", regionNode(), true),
    ...plain.map(([key, node]) => row(`${project}:${key}`, node, required.includes(key))),
  ];
  return [
    introduction(project),
    matrix(),
    "## Every key",
    "A key without a default that is not required has none; its meaning says what happens without it. *Secret* marks values that may be encrypted.",
    table(top),
    ...maps.flatMap(([key, node]) => sectionsOf(`${project}:${key}`, node, required.includes(key))),
    "",
  ].join("\n\n");
}

function introduction(project: string): string {
  return `<!-- Written by \`npm run reference\` from settings/. Do not edit. -->
# Configuration

A stack is one file, \`Pulumi.<stack>.yaml\`. It says what the stack is for, and where it differs from what such a stack gets
anyway. The least it can say:

\`\`\`yaml
config:
  aws:region: us-east-1
  ${project}:environment: staging
  ${project}:network:
    zones: [us-east-1a, us-east-1b]
  ${project}:loadBalancer:
    domainName: app.example.com
    hostedZoneId: Z0123456789ABCDEFGHIJ
  ${project}:services:
    web:
      endpoints:
        main: { routes: { all: { priority: 1000, paths: ["/*"] } } }
\`\`\`

Editors that know the YAML language server complete and check the file as you type: its first line names the schema.

\`pulumi config\` works as usual, with \`--path\` for what is inside a key:

\`\`\`sh
pulumi config set --path '${project}:services.web.sizing.max' 12
pulumi config set --path --secret '${project}:loadBalancer.hostedZoneId' Z0123456789ABCDEFGHIJ
\`\`\`

Everything is checked before the first resource, and everything wrong is said at once:

\`\`\`
invalid configuration of stack staging
  ${project}:network.cidrBlock: "10.1.0.0/28", must be an IPv4 block from /16 to /24 that begins at its first address, such as "10.0.0.0/16"
  ${project}:services.web.sizing.max: 2, must be more than min (2)
  ${project}:alarm: unknown key, did you mean "alarms"?
\`\`\`

## Secrets

Values that go to AWS as they are may be encrypted; they are marked *secret* below. Pulumi marks a whole key as secret when
anything in it is, so every markable value under that key then reaches AWS as a secret, and no message shows anything of the
key. What decides which resources exist, or becomes a part of a name, cannot be a secret.

\`npm run plan\` needs no passphrase: it puts \`[secret]\` in the place of every encrypted value, and that is accepted wherever
a value may be encrypted, whatever form it would otherwise need.`;
}

const figures: readonly [label: string, of: (defaults: EnvironmentDefaults) => unknown][] = [
  ["instances, fewest", ({ sizing }) => sizing.min],
  ["instances, most", ({ sizing }) => sizing.max],
  ["instances at the start", ({ sizing }) => sizing.desired],
  ["CPU aimed at, %", ({ scaling }) => scaling.targetCpuPercent],
  ["memory aimed at, %", ({ scaling }) => scaling.targetMemoryPercent],
  ["CPU high, %", ({ scaling }) => scaling.highPercent],
  ["CPU low, %", ({ scaling }) => scaling.lowPercent],
  ["memory alarm, %", ({ memoryHighPercent }) => memoryHighPercent],
  ["bought", ({ purchase }) => purchase.mode],
  ["NAT gateways", ({ nat }) => nat],
  ["probes", ({ healthProfile }) => healthProfile],
  ["deletion protection", ({ deletionProtection }) => deletionProtection],
];

function matrix(): string {
  const names = Object.keys(environments) as Environment[];
  const rows = figures.map(([label, of]) => cells([label, ...names.map((name) => of(environments[name]))]));
  return [
    "## What an environment means\n",
    cells(["", ...names]),
    cells(["---", ...names.map(() => "---")]),
    ...rows,
    "",
    "Development's low threshold is 40, not 50: one instance at 90 % becomes two at 45 %, and below 50 the second would be removed at",
    "once, without end. A NAT gateway costs less than the endpoints that instances would need without one, so development has one",
    "too. `t3.medium` sustains 20 % of its processors and is billed for more, so production, which aims at 70 %, starts on",
    "`c6i.large`.",
  ].join("\n");
}

function cells(values: readonly unknown[]): string {
  return `| ${values.map(String).join(" | ")} |`;
}

function isMap(node: Node): boolean {
  return node.properties !== undefined || typeof node.additionalProperties === "object";
}

/** The members of a map, then a section for each map among them. */
function sectionsOf(path: string, node: Node, required: boolean): string[] {
  const { additionalProperties, properties = {}, required: needed = [], description } = node;
  const title = `### \`${path}\``;
  const about = `${description ?? ""}${required ? " Required." : ""}`;
  if (typeof additionalProperties === "object") {
    if (!isMap(additionalProperties))
      return [title, about, table([row("<name>", additionalProperties, false)])];
    const [, ...inside] = sectionsOf(
      `${path}.<name>`,
      { ...additionalProperties, description: about },
      false,
    );
    return [`### \`${path}.<name>\``, ...inside];
  }
  const members = Object.entries(properties);
  const plain = members.filter(([, each]) => !isMap(each));
  const maps = members.filter(([, each]) => isMap(each));
  return [
    title,
    about,
    ...(plain.length > 0 ? [table(plain.map(([key, each]) => row(key, each, needed.includes(key))))] : []),
    ...maps.flatMap(([key, each]) => sectionsOf(`${path}.${key}`, each, needed.includes(key))),
  ];
}

function table(rows: readonly string[]): string {
  const head = ["Key", "Allowed", "Default", "Meaning"];
  return [cells(head), cells(head.map(() => "---")), ...rows].join("\n");
}

function row(key: string, node: Node, required: boolean): string {
  const fallback = node.defaults ? defaultText(node.defaults, "`") : "";
  const secret = isSecretable(node) ? " *Secret.*" : "";
  const allowed = [node.allowed, node.items?.allowed].filter((each) => each !== undefined).join(": ");
  return cells([
    `\`${key}\``,
    allowed.replaceAll("|", "\\|"),
    required ? "required" : fallback,
    `${node.description ?? ""}${secret}`,
  ]);
}
