import { Environment } from "../environments";
import { defaultText, isSecretable, type Node, regionNode, settingsTree } from "./tree";

/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const secure = { $ref: "#/definitions/secure" };

/** The whole of a stack's file, `Pulumi.<stack>.yaml`, for editors. */
export function stackFileSchema(project: string): Json {
  const { properties = {}, required = [] } = settingsTree();
  const keys = Object.entries(properties).map(([key, node]): [string, Json] => {
    const schema = schemaOf(node);
    return [`${project}:${key}`, isSecretable(node) ? orSecure(schema) : schema];
  });
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of a stack of Evenkeel",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: { "aws:region": schemaOf(regionNode()), ...Object.fromEntries(keys) },
        required: ["aws:region", ...required.map((key) => `${project}:${key}`)],
        // The keys of other projects and of providers are none of our business; a misspelt one of ours is.
        patternProperties: { [`^(?!${project}:)`]: true },
        additionalProperties: false,
      },
    },
    required: ["config"],
    definitions: {
      secure: {
        description: "A value encrypted by `pulumi config set --secret`.",
        type: "object",
        properties: { secure: { type: "string" } },
        required: ["secure"],
        additionalProperties: false,
      },
    },
  };
}

function orSecure(schema: Json): Json {
  const { description, ...rest } = schema as { [key: string]: Json };
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, secure] };
}

function schemaOf(node: Node): Json {
  const { allowed: _, secretable, defaults, properties, additionalProperties, items, anyOf, ...rest } = node;
  const schema: Json = {
    ...(rest as { [key: string]: Json }),
    ...described(node),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, schemaOf(each)])),
    }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === "object" ? schemaOf(additionalProperties) : additionalProperties,
    }),
    ...(items && { items: schemaOf(items) }),
    ...(anyOf && { anyOf: anyOf.map(schemaOf) }),
  };
  return secretable ? orSecure(schema) : schema;
}

/** Editors show the description; the default of one environment would mislead in another. */
function described({ description, defaults }: Node): { [key: string]: Json } {
  if (!defaults) return description === undefined ? {} : { description };
  const text = `${description ?? ""} Default: ${defaultText(defaults)}.`.trim();
  const values = Object.values(Environment).map((environment) => JSON.stringify(defaults[environment]));
  const agree = new Set(values).size === 1;
  return { description: text, ...(agree && { default: defaults.production as Json }) };
}
