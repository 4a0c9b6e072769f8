import { Document, isMap, parseDocument, visit } from "yaml";
import { Failure } from "./failure";

/**
 * Reads YAML so that it can be written again as it was meant: every scalar is kept as text, because `0123` and `yes` are not
 * to Pulumi what they are to other readers. References are put in full, so that a part can be taken away.
 */
export function parsed(text: string, file: string): Document {
  const document = parseDocument(text, { schema: "failsafe", prettyErrors: false, stringKeys: true });
  const [error] = document.errors;
  if (error) throw new Failure(`${file}: not valid YAML: ${error.message.split("\n", 1)[0]}`);
  if (document.contents !== null && !isMap(document.contents) && document.toJS() !== "") {
    throw new Failure(`${file}: has to be a mapping (\`key: value\`)`);
  }
  visit(document, { Alias: (_, alias) => alias.resolve(document)?.clone() as typeof alias | undefined });
  return document;
}

/** An empty document of the same kind. */
export function emptyDocument(): Document {
  return new Document({}, { schema: "failsafe" });
}
