import type * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "./problems";

/**
 * The error to throw from an `apply` that finds a fault only once values are known.
 *
 * It has no stack. That would show the SDK at work and nothing of the program, and some versions of Node.js never finish
 * colouring it: the SDK's frames read `node_modules/@pulumi/output.ts`, which sends `util.inspect` into an endless loop.
 *
 * @see https://github.com/nodejs/node/issues/64011
 */
export function lateFault(path: string, reason: string, resource: pulumi.Resource): ArgumentError {
  const error = new ArgumentError([{ path, reason }], resource);
  error.stack = "";
  return error;
}
