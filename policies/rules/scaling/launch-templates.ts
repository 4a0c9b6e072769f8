import type { Value } from "../../lib/value";

/** Where a group names its launch template, if it does. */
export function templateNamedBy(group: Value): Value | undefined {
  const alone = group.at("launchTemplate");
  const mixed = group.at("mixedInstancesPolicy", "launchTemplate", "launchTemplateSpecification");
  const names = [
    alone.at("id"),
    alone.at("name"),
    mixed.at("launchTemplateId"),
    mixed.at("launchTemplateName"),
  ];
  return names.find((name) => name.isSet());
}
