import type * as lb from "@pulumi/aws/lb";

/** A replacement in one part of a request. */
export interface RewritingArgs {
  /**
   * Regular expression for what is replaced, 1 to 1024 characters; a request without it is passed on as it came. No
   * look-around, back references, atomic groups, possessive quantifiers, recursion and Unicode classes.
   */
  readonly regex: string;
  /** What takes its place, up to 1024 characters; `$1` is the first group of the expression. */
  readonly replace: string;
}

/**
 * What is changed in a request before it is forwarded. Which route it takes is decided before.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-transforms.html
 */
export interface RewriteArgs {
  /**
   * In the path of the URL; what takes its place may hold a query string.
   * @default nothing
   */
  readonly path?: RewritingArgs;
  /**
   * In the Host header.
   * @default nothing
   */
  readonly host?: RewritingArgs;
}

type Transforms = Pick<lb.ListenerRuleArgs, "transforms">;

/** What a route rewrites, for the provider. */
export function rewriteTransforms(rewrite: RewriteArgs | undefined): Transforms {
  if (rewrite === undefined) return {};
  const { host, path } = rewrite;
  return {
    transforms: [
      ...(host ? [{ type: "host-header-rewrite", hostHeaderRewriteConfig: { rewrite: host } }] : []),
      ...(path ? [{ type: "url-rewrite", urlRewriteConfig: { rewrite: path } }] : []),
    ],
  };
}
