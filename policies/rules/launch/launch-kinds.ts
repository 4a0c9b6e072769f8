import { LAUNCH_CONFIGURATION, LAUNCH_TEMPLATE } from "../types";

/** Everything instances are launched with. */
export const LAUNCH = [...LAUNCH_TEMPLATE, ...LAUNCH_CONFIGURATION];

/** Whether a type is a launch template, and no launch configuration. */
export function isTemplate(type: string): boolean {
  return LAUNCH_TEMPLATE.includes(type);
}
