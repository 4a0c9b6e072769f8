// Loaded before the SDK's `run-policy-pack`, which registers ts-node with its type check and attaches a debugger to the
// process, for every pack: half of the time a compiled one takes to start. Here ts-node waits for the first file in
// TypeScript, and the debugger for the first function that is serialized.

const Module = require("node:module");
const { late, versionOf } = require("./late-modules");

// Node.js has the loader of `.js` load `.cts` and `.mts`, too.
const extensions = [".js", ".ts"];

/** Registers ts-node when the first file is loaded that it is for. */
function register(options) {
  const { allowJs, jsx } = options?.compilerOptions ?? {};
  // Then it is for other files as well, perhaps for the first one.
  if (allowJs || jsx) {
    load().register(options);
    return;
  }
  const before = { ...Module._extensions };
  for (const extension of extensions) {
    Module._extensions[extension] = (module, file) => {
      if (!/\.[cm]?ts$/.test(file)) return before[extension](module, file);
      restore(before);
      load().register(options);
      Module._extensions[extension](module, file);
    };
  }
}

function restore(before) {
  for (const extension of extensions) {
    if (before[extension]) Module._extensions[extension] = before[extension];
    else delete Module._extensions[extension];
  }
}

const { version } = versionOf("ts-node");
const load = late("ts-node", { VERSION: version, register });
late("@pulumi/pulumi/runtime/closure/v8Hooks", { isInitializedAsync: async () => undefined });
