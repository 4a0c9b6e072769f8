// Loaded before the SDK starts a program or a policy pack: `node --require …/quick-start.js`. Leaves out what a run of
// seconds has no use for, which is half of the time a compiled pack takes to start and a third of a preview's
// (bench/README.md). In any other process it does nothing.

const Module = require("node:module");
const { expectBriefRun } = require("./brief-run");
const { deferHeavyModules, late, locate, versionOf } = require("./late-modules");

// Node.js has the loader of `.js` load `.cts` and `.mts`, too.
const extensions = [".js", ".ts"];

/** Registers ts-node when the first file is loaded that it is for. */
function register(options) {
  const { allowJs, jsx } = options?.compilerOptions ?? {};
  // Then it is for other files as well, perhaps for the first one.
  if (allowJs || jsx) {
    tsNode().register(options);
    return;
  }
  const before = { ...Module._extensions };
  for (const extension of extensions) {
    Module._extensions[extension] = (module, file) => {
      if (!/\.[cm]?ts$/.test(file)) return before[extension](module, file);
      restore(before);
      tsNode().register(options);
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

let tsNode;

/** For a pack, which the SDK registers ts-node with its type check for, and attaches a debugger to, whatever it is. */
function packStart() {
  const { version } = versionOf("ts-node");
  tsNode = late("ts-node", { VERSION: version, register });
  late("@pulumi/pulumi/runtime/closure/v8Hooks", { isInitializedAsync: async () => undefined });
}

/** Where Node.js maps stack traces itself, the SDK's library for it would do so a second time. */
function mapOnce() {
  const file = locate("source-map-support/register");
  if (file === undefined || !process.sourceMapsEnabled) return;
  const nothing = new Module(file);
  nothing.filename = file;
  nothing.loaded = true;
  require.cache[file] = nothing;
}

const [, started] =
  /@pulumi[\\/]pulumi[\\/]cmd[\\/](run(?:-policy-pack)?)(?:[\\/]|$)/.exec(process.argv[1]) ?? [];
if (started !== undefined) {
  expectBriefRun();
  mapOnce();
  deferHeavyModules();
}
if (started === "run-policy-pack") packStart();
