import { each } from "../../lib/judgement";
import { rule } from "../../lib/rule";
import { UNKNOWN } from "../../lib/unknown";
import { SCALING_GROUP } from "../types";

export const scalingTagsPropagate = rule({
  name: "scaling-tags-propagate",
  title: "Scaling groups hand their tags on to their instances",
  description:
    "Costs, owners and access are read from the tags of instances. A tag that stays on the group is on nothing that costs money.",
  severity: "low",
  level: "advisory",
  types: SCALING_GROUP,
  frameworks: {},
  remediation: "Set propagateAtLaunch to true for each tag.",
  url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html",
  judge(group) {
    const tags = group.at("tags");
    if (!tags.isSet()) return { skip: "no tags" };
    return each(tags, (tag) => {
      const handedOn = tag.at("propagateAtLaunch");
      return handedOn.flag() === true ? [] : [{ path: handedOn.path, says: "not true, must be true" }];
    });
  },
  scenarios: [
    {
      name: "every tag",
      given: {
        tags: [
          { key: "Name", value: "web", propagateAtLaunch: true },
          { key: "Owner", value: UNKNOWN, propagateAtLaunch: "true" },
        ],
      },
      is: "pass",
    },
    {
      name: "a tag that stays on the group",
      given: {
        tags: [
          { key: "Name", value: "web", propagateAtLaunch: true },
          { key: "Owner", value: "shop", propagateAtLaunch: "false" },
        ],
      },
      is: "fail",
      findings: [{ path: "tags[1].propagateAtLaunch", says: "not true, must be true" }],
    },
    {
      name: "left out",
      given: { tags: [{ key: "Name", value: "web" }] },
      is: "fail",
      findings: [{ path: "tags[0].propagateAtLaunch", says: "not true, must be true" }],
    },
    { name: "no tags", given: {}, is: "skip", why: "no tags" },
    {
      name: "one tag that stays on the group, one not known yet",
      given: { tags: [UNKNOWN, { key: "Name", value: "web", propagateAtLaunch: false }] },
      is: "fail",
      findings: [{ path: "tags[1].propagateAtLaunch", says: "not true, must be true" }],
      deferrals: [{ path: "tags[0]", waits: "not known yet" }],
    },
  ],
});
