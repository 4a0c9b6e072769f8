// Loaded before the SDK's `run-policy-pack`, which registers ts-node with its type check and attaches a debugger to the
// process, for every pack: half of the time a compiled one takes to start. Here ts-node waits for the first file in
// TypeScript, and the debugger for the first function that is serialized.

const Module = require("node:module");
const { late, versionOf } = require("./late-modules");

const extensions = [".ts", ".tsx"];

/** Registers ts-node when the first file is loaded that it is for. */
function register(options) {
  for (const extension of extensions) {
    Module._extensions[extension] = (module, file) => {
      for (const one of extensions) delete Module._extensions[one];
      load().register(options);
      Module._extensions[extension](module, file);
    };
  }
}

const { version } = versionOf("ts-node");
const load = late("ts-node", { VERSION: version, register });
late("@pulumi/pulumi/runtime/closure/v8Hooks", { isInitializedAsync: async () => undefined });
