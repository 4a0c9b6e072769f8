import type { WholeNumber } from "../../lib/parameters";

/** The parameter of the rules about the fewest instances of a group. */
export const minInstances: WholeNumber = {
  type: "integer",
  description: "Fewest instances a group may be told to keep.",
  default: 2,
  minimum: 1,
  maximum: 1000,
};
