import type { Rule } from "../../lib/rule";
import { requiredTags } from "./required-tags";
import { statefulProtected } from "./stateful-protected";

/** Rules about general resources, in the order in which they are told. */
export const generalRules: readonly Rule[] = [requiredTags, statefulProtected];
