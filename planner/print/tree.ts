import type { Plan, PlanResource } from "../plan";
import { harmless, padded, type Style, shortened, widthOf } from "./style";
import { linesOf } from "./values";

/** A line of the tree: what stands before the type draws the branches. */
interface Row {
  readonly resource: PlanResource;
  readonly branch: string;
  /** What draws the branches on further lines of the same resource. */
  readonly below: string;
}

const symbols = { create: "+", read: "=" } as const;

/** The resources of a plan as `pulumi preview` draws them; with their inputs when `verbose`. */
export function treeLines({ resources }: Plan, style: Style, verbose: boolean): string[] {
  const rows = rowsOf(resources);
  const first = Math.max(...rows.map(({ branch, resource }) => widthOf(branch + typeOf(resource))), 4);
  const room = style.cut ? Math.max(style.width - first - 15, 12) : Number.POSITIVE_INFINITY;
  const name = ({ resource }: Row) => shortened(harmless(resource.name), room);
  const second = Math.max(...rows.map((row) => widthOf(name(row))), 4);
  const head = style.paint("dim", `     ${padded("Type", first)}  ${padded("Name", second)}  Plan`);
  return [
    head,
    ...rows.flatMap((row) => [line(row, name(row), first, second, style), ...inputs(row, style, verbose)]),
  ];
}

function line({ resource, branch }: Row, name: string, first: number, second: number, style: Style): string {
  const { operation, component } = resource;
  const type = typeOf(resource);
  const fill = " ".repeat(first - widthOf(branch + type));
  const shown = style.paint("dim", branch) + (component ? style.paint("bold", type) : type) + fill;
  const [symbol, plan] = [symbols[operation], operation].map((text) => {
    return style.paint(operation === "create" ? "green" : "cyan", text);
  });
  return ` ${symbol}   ${shown}  ${padded(name, second)}  ${plan}`;
}

function inputs({ resource, below }: Row, style: Style, verbose: boolean): string[] {
  if (!verbose) return [];
  return linesOf(resource.inputs).map((text) => {
    const indented = `     ${below}    ${text}`;
    return style.paint("dim", style.cut ? shortened(indented, style.width) : indented);
  });
}

/** A type without the part that only repeats the class: `aws:ec2/vpc:Vpc` is `aws:ec2:Vpc`. */
export function shortType(type: string): string {
  return type.replace(/^([^:]+):([^:/]+)\/[^:]+:([^:]+)$/, "$1:$2:$3");
}

function typeOf({ type }: PlanResource): string {
  return harmless(shortType(type));
}

type Children = ReadonlyMap<string, readonly PlanResource[]>;

function rowsOf(resources: readonly PlanResource[]): Row[] {
  const known = new Set(resources.map(({ urn }) => urn));
  const children = new Map<string, PlanResource[]>();
  for (const resource of resources) {
    // A parent that is not shown leaves its children at the top.
    const parent = resource.parent !== undefined && known.has(resource.parent) ? resource.parent : "";
    const siblings = children.get(parent);
    if (siblings) siblings.push(resource);
    else children.set(parent, [resource]);
  }
  return inOrder("", children).flatMap((root) => rowsUnder(root, { branch: "", indent: "" }, children));
}

/** A resource and all below it. */
function rowsUnder(
  resource: PlanResource,
  { branch, indent }: { readonly branch: string; readonly indent: string },
  children: Children,
): Row[] {
  const found = inOrder(resource.urn, children);
  const below = indent + (found.length > 0 ? "│  " : "   ");
  const rows = found.flatMap((child, index) => {
    const isLast = index === found.length - 1;
    const drawn = { branch: indent + (isLast ? "└─ " : "├─ "), indent: indent + (isLast ? "   " : "│  ") };
    return rowsUnder(child, drawn, children);
  });
  return [{ resource, branch, below }, ...rows];
}

const naturally = new Intl.Collator("en", { numeric: true }).compare;

/** What stands alone first, by type and name; then what holds others, in the order of the program. */
function inOrder(urn: string, children: Children): PlanResource[] {
  const found = children.get(urn) ?? [];
  const alone = found.filter((child) => !children.has(child.urn));
  const groups = found.filter((child) => children.has(child.urn));
  return [...alone.sort((a, b) => naturally(a.type, b.type) || naturally(a.name, b.name)), ...groups];
}
