// Compiles the pack into bin/, anew: what was compiled of a file that is gone would be found before the folder that took
// its place.

const { execFileSync } = require("node:child_process");
const { rmSync } = require("node:fs");
const path = require("node:path");

const pack = path.join(__dirname, "..");
const compiler = require.resolve("typescript/bin/tsc");

rmSync(path.join(pack, "bin"), { recursive: true, force: true });
try {
  execFileSync(process.execPath, [compiler, "-p", path.join(pack, "tsconfig.build.json")], {
    stdio: "inherit",
  });
} catch {
  // The compiler has said what is wrong.
  process.exitCode = 1;
}
