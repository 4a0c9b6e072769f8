/** Name of the policy that says what the others could not judge. */
export const NOT_DECIDED = "not-decided-in-preview";
