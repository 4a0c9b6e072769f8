import type * as pulumi from "@pulumi/pulumi";

/** The arguments and options a child is about to be made with. */
export interface Shape<Args> {
  readonly args: Args;
  readonly opts: pulumi.CustomResourceOptions;
}

/** The last word on one child: gets its arguments and options and returns the ones to use. Must be pure. */
export type Transform<Args> = (shape: Shape<Args>) => Shape<Args>;

/** What a child's constructor takes after its name, once the user's transform, if any, has had its say. */
export function shaped<Args>(
  transform: Transform<Args> | undefined,
  args: Args,
  opts: pulumi.CustomResourceOptions,
): [Args, pulumi.CustomResourceOptions] {
  if (!transform) return [args, opts];
  const shape = transform({ args, opts });
  return [shape.args, shape.opts];
}
