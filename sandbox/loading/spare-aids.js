// Loaded before the SDK runs a program of which nobody asked for debug messages: the SDK calls the engine with each, one
// after the other, about every step of every resource, and takes a stack trace of every promise, in case it stays open.
// Both together are half of what a program costs (bench/README.md).

const { locate } = require("./late-modules");

/**
 * Has debug messages left out, which the engine would throw away, and promises watched without stack traces. One that is
 * open at the end still fails the run, as the SDK has it: what it would have made is not taken for deleted.
 */
function spareAids() {
  const log = locate("@pulumi/pulumi/log");
  const debuggable = locate("@pulumi/pulumi/runtime/debuggable");
  const state = locate("@pulumi/pulumi/runtime/state");
  if (log === undefined || debuggable === undefined || state === undefined) return;
  require(log).debug = () => Promise.resolve();
  const { getStore } = require(state);
  const sdk = require(debuggable);
  const { debuggablePromise } = sdk;
  let watching = false;
  sdk.debuggablePromise = (promise, context) => {
    // The first call has the open ones named when the process ends.
    if (!watching) {
      watching = true;
      return debuggablePromise(promise, context);
    }
    const { leakCandidates } = getStore();
    Object.defineProperty(promise, "_debugCtx", { writable: true, value: context });
    leakCandidates.add(promise);
    return promise.then(
      (value) => {
        leakCandidates.delete(promise);
        return value;
      },
      (error) => {
        leakCandidates.delete(promise);
        error.promise = promise;
        throw error;
      },
    );
  };
}

const program = /@pulumi[\\/]pulumi[\\/]cmd[\\/]run([\\/]|$)/.test(process.argv[1]);
if (program && !process.env.PULUMI_DEBUG_PROMISE_LEAKS) spareAids();
