// The Pulumi SDK loads npm's dependency resolver and the TypeScript compiler at start, two thirds of its loading time,
// and needs them only to serialize functions. This puts stand-ins under their names that load the real ones when they
// are asked for anything.

const Module = require("node:module");

/** Where the SDK finds a module, if it does. */
function locate(name) {
  try {
    return require.resolve(name, { paths: [require.resolve("@pulumi/pulumi/package.json")] });
  } catch {
    return undefined;
  }
}

/** Loads a module only when one of its properties is read. */
function late(name) {
  const file = locate(name);
  if (file === undefined || require.cache[file] !== undefined) return;
  let loaded;
  const load = () => {
    if (loaded === undefined) {
      if (require.cache[file] === standIn) delete require.cache[file];
      loaded = require(file);
    }
    return loaded;
  };
  const standIn = new Module(file);
  standIn.filename = file;
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    {
      // With this mark the import helpers of compiled code take the module as it is and do not copy its properties.
      get: (_, key) => (key === "__esModule" ? true : load()[key]),
      has: (_, key) => key in load(),
      ownKeys: () => Reflect.ownKeys(load()),
      getOwnPropertyDescriptor: (_, key) => {
        const found = Reflect.getOwnPropertyDescriptor(load(), key);
        return found && { ...found, configurable: true };
      },
    },
  );
  require.cache[file] = standIn;
}

late("@npmcli/arborist");
late("typescript");
