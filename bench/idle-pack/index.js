// What it costs to ask a policy pack, apart from what its rules cost.

const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("idle", {
  policies: [
    {
      name: "looks-at-nothing",
      description: "Has nothing to say",
      enforcementLevel: "mandatory",
      validateResource: () => undefined,
    },
  ],
});
