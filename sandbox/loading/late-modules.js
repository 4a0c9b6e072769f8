// The Pulumi SDK loads npm's dependency resolver and the TypeScript compiler at start, two thirds of its loading time,
// and needs them only to serialize functions. Here are stand-ins for such modules, put under their names, which load the
// real ones when they are asked for anything.

const Module = require("node:module");
const path = require("node:path");

/** Where the SDK this process runs on finds a module, if it does. */
function locate(name) {
  try {
    return require.resolve(name, { paths: [path.dirname(process.argv[1] ?? __filename)] });
  } catch {
    return undefined;
  }
}

/**
 * Has a module loaded only when one of its properties is read. Returns what loads it at once.
 *
 * @param known Properties that can be told without it.
 */
function late(name, known = {}) {
  const file = locate(name);
  if (file === undefined || require.cache[file] !== undefined) return () => require(name);
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      if (require.cache[file] === standIn) delete require.cache[file];
      loaded = require(file);
    }
    return loaded;
  };
  // With this mark the import helpers of compiled code take the module as it is and do not copy its properties.
  const told = { __esModule: true, ...known };
  const standIn = new Module(file);
  standIn.filename = file;
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    {
      get: (_, key) => (Object.hasOwn(told, key) ? told[key] : load()[key]),
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => {
        const found = Reflect.getOwnPropertyDescriptor(load(), key);
        return found && { ...found, configurable: true };
      },
    },
  );
  require.cache[file] = standIn;
  return load;
}

/** Version of a package as it says itself, if it is there. */
function versionOf(name) {
  const file = locate(`${name}/package.json`);
  return file === undefined ? {} : { version: require(file).version };
}

/** Has the two wait that no program needs which serializes no functions. */
function deferHeavyModules() {
  late("@npmcli/arborist");
  late("typescript", versionOf("typescript"));
}

module.exports = { deferHeavyModules, late, locate, versionOf };
