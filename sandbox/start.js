#!/usr/bin/env node
// Starts cli/main.ts: the source when `evenkeel:source` asks for it, as in this repository, else what was compiled of it.

require("#loading/brief-run").expectBriefRun();

const { main } = require("#cli");

// Whoever reads may stop reading: `npm run sandbox -- world list | head`.
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
