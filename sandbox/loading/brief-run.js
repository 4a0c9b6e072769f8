const v8 = require("node:v8");

/**
 * Has V8 optimize a function only after fifteen times as much work as it does else: in a run of seconds its compiler's
 * threads take more processor time than they save, a fifth of the whole; in one of minutes nothing changes.
 */
function expectBriefRun() {
  v8.setFlagsFromString("--interrupt-budget=1000000");
}

module.exports = { expectBriefRun };
