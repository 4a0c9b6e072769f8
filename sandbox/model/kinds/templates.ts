import { bags, knownText } from "../../values";
import type { Made, Subject } from "../kind";

export const templateType = "aws:ec2/launchTemplate:LaunchTemplate";

/** What a group says about a launch template: which, and which version. */
export interface TemplateUse {
  /** Property it is said in. */
  readonly property: "launchTemplate" | "mixedInstancesPolicy";
  readonly template: Made;
  /** A number, `$Latest`, `$Default`, or nothing. */
  readonly version?: string;
}

/** The launch templates a group's instances are made from, as far as the model made them. */
export function templateUses(group: Subject): TemplateUse[] {
  const { inputs, world } = group;
  const direct = bags(inputs.launchTemplate).map(
    (spec) => ["launchTemplate", spec.id ?? spec.name, spec.version] as const,
  );
  const mixed = bags(inputs.mixedInstancesPolicy)
    .flatMap(({ launchTemplate }) => bags(launchTemplate))
    .flatMap(({ launchTemplateSpecification }) => bags(launchTemplateSpecification))
    .map(
      (spec) =>
        ["mixedInstancesPolicy", spec.launchTemplateId ?? spec.launchTemplateName, spec.version] as const,
    );
  return [...direct, ...mixed].flatMap(([property, id, version]) =>
    world.candidates(group, templateType, property, id).map((template) => {
      const known = knownText(version);
      return known === undefined ? { property, template } : { property, template, version: known };
    }),
  );
}
