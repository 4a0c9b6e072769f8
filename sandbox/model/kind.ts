import type { Bag, Value } from "../values";
import type { World } from "./world";

/** Something AWS, or its provider, does not accept. */
export interface Failure {
  /** Path of the property at fault, if one is. */
  readonly property?: string;
  /** What is wrong, close to the words AWS uses. */
  readonly reason: string;
  /**
   * Seconds the provider keeps trying, in case it goes away by itself, before it says so.
   * @default 0
   */
  readonly patienceSeconds?: number;
}

/** A resource the model is asked to judge or make. */
export interface Subject {
  readonly urn: string;
  /** What tells it from every other resource and what its identifiers are made of: the URN, unless one URN has had several. */
  readonly seed: string;
  readonly type: string;
  readonly name: string;
  /** After defaults and naming. */
  readonly inputs: Bag;
  /** URNs each property depends on. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  /** Region it lives in. */
  readonly region: string;
  /** Tags its provider puts on everything. */
  readonly defaultTags?: Bag;
  readonly world: World;
  /** The resource as it was, when its outputs after an update are asked for. */
  readonly previous?: Made;
}

/** A resource the model has made. */
export interface Made extends Subject {
  /** `UNKNOWN` in a preview. */
  readonly id: string;
  readonly outputs: Bag;
  /**
   * Whether it was taken up by its id alone, so that most of what can be read of it is made up.
   * @default false
   */
  readonly imagined?: boolean;
}

/** How a physical name is made from a logical one. */
export interface AutoName {
  /** Property that takes it. */
  readonly property: string;
  /** Most characters AWS takes. */
  readonly max: number;
  /** Another property that, when set, has AWS's provider make the name. */
  readonly unless?: string;
  /** Buckets take no capitals. */
  readonly lowerCase?: boolean;
  /** What the name has to start with. */
  readonly prefix?: string;
}

/** What is particular to one resource type. */
export interface Kind {
  readonly autoName?: AutoName;
  /** Texts that hold JSON: a program may give an object instead. */
  readonly json?: readonly string[];
  /** The inputs with what the provider fills in before anything is created. */
  readonly fill?: (inputs: Bag) => Bag;
  /** What AWS or the provider refuses. Says only what is certain: unknown values are not judged. */
  readonly refuse?: (subject: Subject) => Iterable<Failure>;
  /** Identifier AWS would hand out. */
  readonly id?: (subject: Subject) => string;
  /** What can be read of it besides its inputs, known even in a preview. */
  readonly planned?: (subject: Subject) => Bag;
  /** What can be read of it besides its inputs once it exists; all of it is unknown in a preview. */
  readonly computed?: (subject: Subject, id: string) => Bag;
  /** Outputs AWS hands out anew when these inputs take the place of the former ones: unknown in the preview of an update. */
  readonly renewed?: (before: Made, inputs: Bag) => readonly string[];
  /** Inputs of which AWS keeps one: what an update sends takes the place of the others. */
  readonly alternatives?: readonly string[];
  /** What AWS answers with after an update in place of what the inputs say. */
  readonly decided?: (subject: Subject, previous: Made) => Bag;
  /** What keeps AWS from deleting it as long as the world is as it is. */
  readonly refuseDelete?: (made: Made) => Iterable<Failure>;
}

/** Kinds by type token. */
export interface Kinds {
  readonly [type: string]: Kind;
}

/** Whether a property was set at all. */
export function isSet(value: Value | undefined): value is Value {
  return value !== undefined && value !== null;
}

/** The resource an update is about as it is before that; `undefined` for one that is not there yet. */
export function formerOf({ previous, world, urn, seed }: Subject): Made | undefined {
  const found = previous ?? world.withUrn(urn);
  return found?.seed === seed ? found : undefined;
}
