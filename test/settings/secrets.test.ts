import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { secretPlaceholder } from "../../settings";
import { type Config, service, settingsOf, stack } from "./configured";

const arn = "arn:aws:acm:us-east-1:123456789012:certificate/0";
const web = (more: object) => ({ "evenkeel:services": { web: service(more) } });

/** The text a resource gets, and whether it gets it as a secret. */
async function received(value: pulumi.Input<string> | undefined): Promise<[string | undefined, boolean]> {
  const output = pulumi.output(value);
  const [text, secret] = await Promise.all([
    new Promise<string | undefined>((settle) => void output.apply((each) => settle(each))),
    pulumi.isSecret(output),
  ]);
  return [text, secret];
}

function messageOf(config: Config, secretKeys: string[]): string {
  try {
    settingsOf(config, "staging", secretKeys);
  } catch (error) {
    assert(error instanceof Error);
    return error.message;
  }
  assert.fail("the configuration was accepted");
}

describe("a secret", () => {
  it("reaches AWS as one", async () => {
    const config = stack({
      "evenkeel:network": {
        zones: ["us-east-1a", "us-east-1b"],
        nat: { mode: "single", elasticIpIds: ["eipalloc-0a"] },
      },
      "evenkeel:loadBalancer": { certificateArn: arn },
      "evenkeel:tags": { owner: "platform" },
      ...web({
        image: { id: "ami-0123456789abcdef0" },
        keyName: "ops",
        managedPolicyArns: { queue: "arn:aws:iam::123456789012:policy/queue" },
      }),
    });
    const keys = ["network", "loadBalancer", "services", "tags"].map((key) => `evenkeel:${key}`);
    const settings = settingsOf(config, "staging", keys);
    const { image, keyName, managedPolicyArns } = settings.services.web ?? {};
    assert.deepEqual(await received(settings.network.nat.elasticIpIds?.[0]), ["eipalloc-0a", true]);
    assert.deepEqual(await received(settings.loadBalancer.certificateArn), [arn, true]);
    assert.deepEqual(await received(image?.id), ["ami-0123456789abcdef0", true]);
    assert.deepEqual(await received(keyName), ["ops", true]);
    assert.deepEqual(await received(managedPolicyArns?.queue), [
      "arn:aws:iam::123456789012:policy/queue",
      true,
    ]);
    assert.deepEqual(await received(settings.tags.owner), ["platform", true]);
    assert.equal(settings.tags.environment, "staging");
  });

  it("makes nothing of another key a secret", () => {
    const settings = settingsOf(stack({ "evenkeel:tags": { owner: "platform" } }), "staging", [
      "evenkeel:tags",
    ]);
    assert.equal(settings.loadBalancer.hostedZoneId, "Z0123456789ABCDEFGHIJ");
  });

  it("may be a placeholder, whatever form its value has", async () => {
    const settings = settingsOf(
      stack({ "evenkeel:loadBalancer": { certificateArn: secretPlaceholder } }),
      "staging",
      ["evenkeel:loadBalancer"],
    );
    assert.deepEqual(await received(settings.loadBalancer.certificateArn), ["[secret]", true]);
  });

  it("is refused where it would decide what is built", () => {
    const config = stack({
      "evenkeel:loadBalancer": { certificateArn: arn, domainName: secretPlaceholder },
      ...web({ sizing: { min: "3" }, scaling: { mode: secretPlaceholder } }),
    });
    const keys = ["evenkeel:loadBalancer", "evenkeel:services"];
    assert.equal(
      messageOf(config, keys),
      `invalid configuration of stack staging
  evenkeel:loadBalancer.domainName: [secret], must be a domain name in lower case such as "app.example.com", and cannot be a secret
  evenkeel:services.web.sizing.min: [secret], must be a whole number from 1 to 1000, and cannot be a secret
  evenkeel:services.web.scaling.mode: [secret], must be one of "targetTracking", "step", "none", and cannot be a secret`,
    );
  });

  it("is refused under a key in which nothing can be one", () => {
    const config = stack({ "evenkeel:alarms": { emails: ["oncall@example.com"] } });
    assert.equal(
      messageOf(config, ["evenkeel:environment", "evenkeel:alarms"]),
      `invalid configuration of stack staging
  evenkeel:environment: [secret], must be plain: nothing in it can be a secret
  evenkeel:alarms: [secret], must be plain: nothing in it can be a secret`,
    );
  });

  it("is refused for a whole key that cannot be read without its passphrase", () => {
    assert.equal(
      messageOf(stack({ "evenkeel:tags": secretPlaceholder }), ["evenkeel:tags"]),
      `invalid configuration of stack staging
  evenkeel:tags: [secret], must be a map of tags, and cannot be a secret`,
    );
  });

  it("is shown by no message, nor is anything beside it", () => {
    const services = web({
      keyName: "very private",
      sizing: { min: 17, max: 13 },
      endpoints: { main: { routes: { all: { priority: 1, paths: ["private"] } } } },
    });
    assert.equal(
      messageOf(stack({ "aws:region": "private", ...services }), ["evenkeel:services", "aws:region"]),
      `invalid configuration of stack staging
  aws:region: [secret], must be an AWS region such as "us-east-1"
  evenkeel:services.web.endpoints.main.routes.all.paths[0]: [secret], must be a path pattern of up to 128 characters such as "/api/*"
  evenkeel:services.web.sizing.max: [secret], must be more than min ([secret])`,
    );
  });
});
