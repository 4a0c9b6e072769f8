import type { AsyncLocalStorage } from "node:async_hooks";
import * as log from "@pulumi/pulumi/log";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import * as state from "@pulumi/pulumi/runtime/state";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

/**
 * What the SDK keeps about one running program. Part of it is not in its public declarations; everything the sandbox
 * needs from there is named here and nowhere else.
 */
export interface Store {
  readonly settings: {
    engine: object | undefined;
    /** Settles when the calls made so far have been answered; replaced by every further call. */
    readonly rpcDone: Promise<unknown>;
  };
  /** Promises the SDK complains about when the process ends with them open. */
  leakCandidates: Set<Promise<unknown>>;
}

const { LocalStore } = state as unknown as { LocalStore: new () => Store };

/** The place the SDK looks for its state in. */
const place = globalThis as unknown as { asyncLocalStorage: AsyncLocalStorage<Store> };
const original = place.asyncLocalStorage;

/**
 * Gives the SDK a new state, so that nothing of an earlier program is left. Returns it, and a function that puts the
 * former one back.
 *
 * The SDK's own way, `AsyncLocalStorage.run`, would do as well, but makes every promise of the program a third slower.
 */
export function enterNewState(): { store: Store; leave: () => void } {
  const former = place.asyncLocalStorage;
  const store = new LocalStore();
  // Programs inside the program, as the automation API runs them, still get a state of their own.
  place.asyncLocalStorage = new Proxy(original, {
    get: (target, property) =>
      property === "getStore" ? () => target.getStore() ?? store : Reflect.get(target, property, target),
  });
  return {
    store,
    leave: () => {
      place.asyncLocalStorage = former;
    },
  };
}

/** Aids of the SDK for finding faults in the SDK, and a way to do without each. */
interface Aids {
  /** Writes a message for every step of every resource. */
  debug: () => Promise<void>;
  /** Watches every promise, so that the ones still open at the end can be named. */
  debuggablePromise: <T>(promise: T) => T;
}

const spared: Aids = { debug: () => Promise.resolve(), debuggablePromise: (promise) => promise };
const places: readonly (readonly [object: Partial<Aids>, name: keyof Aids])[] = [
  [log as unknown as Partial<Aids>, "debug"],
  [debuggable as unknown as Partial<Aids>, "debuggablePromise"],
];

/**
 * Has the SDK do without what serves the search for faults in the SDK itself: two fifths of the time a program takes, and
 * half of its memory. Returns a function that has it done again.
 */
export function spareAids(): () => void {
  const former = places.map(([object, name]) => object[name]);
  for (const [object, name] of places) Object.assign(object, { [name]: spared[name] });
  return () => {
    places.forEach(([object, name], index) => {
      Object.assign(object, { [name]: former[index] });
    });
  };
}

/** Values as the library takes them. */
type Plain = { readonly [key: string]: JavaScriptValue };

const { fromJavaScript } = Struct;

/**
 * Properties handed on as they are. They become a message, of several objects for each value, only once somebody asks for
 * its fields, as when it is sent to a transform.
 */
class LateStruct extends Struct {
  #made: Struct | undefined;

  constructor(readonly values: Plain) {
    super();
  }

  override toJavaScript(): { [key: string]: JavaScriptValue } {
    return this.values;
  }

  override getFieldsMap(...given: Parameters<Struct["getFieldsMap"]>): ReturnType<Struct["getFieldsMap"]> {
    this.#made ??= fromJavaScript(this.values);
    return this.#made.getFieldsMap(...given);
  }
}

/**
 * Has the properties that the SDK sends arrive as they are, since they never leave the process: a tenth of the time a
 * program takes. Returns a function that has messages made of them again.
 */
export function handOverPlain(): () => void {
  Struct.fromJavaScript = (values) => new LateStruct(values);
  return () => {
    Struct.fromJavaScript = fromJavaScript;
  };
}
