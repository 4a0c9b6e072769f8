/** Processor families an image can be built for. */
export type Architecture = "x86_64" | "arm64";

const shape = /^[a-z][a-z0-9]*(-[a-z0-9]+)?\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;

/** Says whether a text looks like the name of an EC2 instance type: `t3.medium`. */
export function isInstanceType(text: string): boolean {
  return shape.test(text);
}

/**
 * Processor family of an instance type.
 *
 * Graviton types carry a `g` right after the generation (`t4g`, `c7gn`, `im4gn`); the first of them was `a1`.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOf(instanceType: string): Architecture {
  return /^(a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}
