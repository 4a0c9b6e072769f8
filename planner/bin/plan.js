#!/usr/bin/env node
// Starts planner/main.ts. Plain JavaScript, because something has to run before TypeScript can.

require("../../sandbox/loading/brief-run").expectBriefRun();
require("../../sandbox/loading/late-modules").deferHeavyModules();
require("../../tools/transpile");

const { main } = require("../main");

// Leaving in order ends the policy pack, too.
for (const [signal, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  process.once(signal, () => process.exit(128 + number));
}
// Whoever reads may stop reading: `npm run plan | head`.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});

main(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
}).then((code) => {
  process.exitCode = code;
});
