// Lets `require` load TypeScript, without a type check: `npm run check` does that. What was transpiled is kept under
// node_modules/.cache, because transpiling takes longer than everything else a plan does (bench/README.md).

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const root = path.join(__dirname, "..");
const cache = path.join(root, "node_modules", ".cache", "evenkeel");

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

/** What was kept of a file, if it is of this source. The first line says of which. */
function kept(place, mark) {
  try {
    const text = fs.readFileSync(place, "utf8");
    const end = text.indexOf("\n");
    return text.slice(0, end) === mark ? text.slice(end + 1) : undefined;
  } catch {
    return undefined;
  }
}

function keep(place, mark, code) {
  const draft = `${place}.${process.pid}`;
  try {
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(draft, `${mark}\n${code}`);
    fs.renameSync(draft, place);
  } catch {
    // A folder nobody may write to: it only takes longer.
  }
}

Module._extensions[".ts"] = (module, file) => {
  const source = fs.readFileSync(file, "utf8");
  const sourceMap = process.sourceMapsEnabled === true;
  const mark = `// ${digest(version, settings, source)}`;
  const place = path.join(cache, `${digest(file, String(sourceMap))}.js`);
  let code = kept(place, mark);
  if (code === undefined) {
    code = transpile(source, file, sourceMap);
    keep(place, mark, code);
  }
  module._compile(code, file);
};
