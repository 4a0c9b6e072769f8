import type { Bag } from "../../values";
import type { Where } from "../places";
import type { World } from "../world";

/** What came of a function call. */
export type Answer = { readonly outputs: Bag } | { readonly failure: string };

/** A function of the AWS provider. */
export type Invocation = (args: Bag, where: Where, world: World) => Answer;
