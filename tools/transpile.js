// Lets `require` load TypeScript, without a type check: `npm run check` does that. What was transpiled is kept under
// node_modules/.cache, because transpiling takes longer than everything else a plan does (bench/README.md).

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const root = path.join(__dirname, "..");
const cache = path.join(root, "node_modules", ".cache", "evenkeel");
/** Files it may hold before it begins anew: the project has a tenth of that. */
const most = 8000;

/** What a transpiled text depends on besides its source. */
const version = require("typescript/package.json").version;
const settings = fs.readFileSync(path.join(root, "tsconfig.json"), "utf8");

function digest(...texts) {
  const hash = createHash("sha1");
  for (const text of texts) hash.update(text).update("\0");
  return hash.digest("hex");
}

let options;

function transpile(source, file, sourceMap) {
  const ts = require("typescript");
  options ??= ts.parseConfigFileTextToJson("tsconfig.json", settings).config.compilerOptions;
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      ...ts.convertCompilerOptionsFromJson(options, root).options,
      noEmit: false,
      noCheck: true,
      sourceMap: false,
      inlineSourceMap: sourceMap,
    },
  });
  const [problem] = diagnostics;
  if (problem) {
    const { line, character } = ts.getLineAndCharacterOfPosition(problem.file, problem.start);
    const text = ts.flattenDiagnosticMessageText(problem.messageText, "\n");
    throw new SyntaxError(`${path.relative(process.cwd(), file)}:${line + 1}:${character + 1}: ${text}`);
  }
  return outputText;
}

/** What was kept under a name, if anything was. */
function kept(name) {
  try {
    return fs.readFileSync(path.join(cache, name), "utf8");
  } catch {
    return undefined;
  }
}

function keep(name, code) {
  const draft = path.join(cache, `${name}.${process.pid}`);
  try {
    fs.mkdirSync(cache, { recursive: true });
    // What no file has any more is never asked for again.
    if (fs.readdirSync(cache).length > most) fs.rmSync(cache, { recursive: true });
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(draft, code);
    fs.renameSync(draft, path.join(cache, name));
  } catch {
    // A folder nobody may write to: it only takes longer.
  }
}

Module._extensions[".ts"] = (module, file) => {
  const source = fs.readFileSync(file, "utf8");
  const sourceMap = process.sourceMapsEnabled === true;
  // The same wherever it lies, as long as it is called so: its map names it without its folder.
  const name = `${digest(version, settings, String(sourceMap), path.basename(file), source)}.js`;
  let code = kept(name);
  if (code === undefined) {
    code = transpile(source, file, sourceMap);
    keep(name, code);
  }
  module._compile(code, file);
};
