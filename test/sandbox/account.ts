import type { Failure, Made } from "../../sandbox/model/kind";
import { World } from "../../sandbox/model/world";
import type { Bag } from "../../sandbox/values";

/** Which resources each property of an input comes from. */
export interface Sources {
  readonly [property: string]: readonly Made[];
}

/** A world to put resources into one by one, without a program. */
export class Account {
  readonly world: World;

  constructor(mode: "preview" | "deployed" = "deployed") {
    this.world = new World({ preview: mode === "preview", region: "us-east-1", accountId: "123456789012" });
  }

  /** What is wrong with a resource called `x`. */
  failures(type: string, inputs: Bag, sources: Sources = {}): Failure[] {
    return this.world.check(this.wanted(type, "x", inputs, sources)).failures;
  }

  /** Makes a resource that nothing is wrong with. */
  make(type: string, name: string, inputs: Bag, sources: Sources = {}): Made {
    const wanted = this.wanted(type, name, inputs, sources);
    const { inputs: checked, failures } = this.world.check(wanted);
    const [first] = failures;
    if (first) throw new Error(`${name}: ${first.property}: ${first.reason}`);
    return this.world.create({ ...wanted, inputs: checked });
  }

  private wanted(type: string, name: string, inputs: Bag, sources: Sources) {
    const propertyDependencies = Object.fromEntries(
      Object.entries(sources).map(([property, made]) => [property, made.map(({ urn }) => urn)]),
    );
    const urn = `urn:pulumi:stack::project::${type}::${name}`;
    return { urn, type, name, inputs, propertyDependencies, region: "us-east-1" };
  }
}

/** A fault of one property and nothing else. */
export interface Case {
  /** What the case is about. */
  readonly title: string;
  readonly type: string;
  readonly inputs: Bag;
  /** Path of the property at fault. */
  readonly at?: string;
  readonly reason: string;
}
