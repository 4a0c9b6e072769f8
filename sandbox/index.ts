/**
 * A model of AWS for Pulumi programs: unit tests in one line, with AWS's identifiers, computed values and refusals.
 *
 * @module
 */

export { Sandbox, type SandboxOptions, sandboxed, sandboxMocks } from "./mocks";
export type { Failure } from "./model/kind";
export { type ComposeOptions, type Composition, compose } from "./monitor/compose";
export type { LogMessage, LogSeverity } from "./monitor/logs";
export { Refusal } from "./monitor/refusal";
export {
  type Alias,
  type CustomTimeouts,
  isScaffold,
  type Registration,
  stackType,
} from "./monitor/registration";
export { withSecrets } from "./monitor/wire";
export { type Bag, holdsUnknown, isUnknown, UNKNOWN, type Value } from "./values";
