import { z } from "zod";
import type { EnvironmentDefaults } from "../environments";
import { list, named, oneOf, secretable, section, text, wholeNumber } from "../vocabulary";
import { discoverySchema } from "./discovery";
import { loadBalancerSchema } from "./load-balancer";
import { networkSchema } from "./network";
import { quotasSchema } from "./quotas";
import { serviceSchema } from "./service";

/** Regions as AWS names them. */
export const regionSchema = text(/^[a-z]{2}(-[a-z]+)+-[0-9]+$/, 'an AWS region such as "us-east-1"').describe(
  "AWS region of the stack.",
);

/** What a stack is for. Read first, because it decides how the rest is read. */
export const environmentSchema = oneOf(["production", "staging", "development"]).describe(
  "What the stack is for. Chooses the defaults.",
);

const namePrefix = text(
  /^(?=.{1,20}$)(?!internal(-|$))[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  'lower-case letters, digits and single dashes, beginning with a letter but not with "internal", up to 20 characters',
).describe("Start of the names seen in AWS; the stack's name follows. Left out: the project's name.");

const alarms = section({
  emails: list(
    text(
      /^[^\s@,;:<>()"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/,
      'an e-mail address such as "oncall@example.com"',
    ),
    "e-mail addresses",
    0,
    20,
  )
    .default([])
    .describe("Who is told when an alarm rings. Each address has to confirm a message from AWS once."),
  certificateExpiryDays: wholeNumber(1, 365)
    .default(30)
    .describe("Days before a certificate expires from which on it is late to renew it."),
  runbookUrl: text(
    /^https:\/\/[!-~]*[!-.0-~]$/,
    'an https URL without a slash at its end such as "https://docs.example.com/runbooks"',
  )
    .describe(
      "Where the runbooks are. Every alarm names its page below this address. Left out: those of this project.",
    )
    .optional(),
});

// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
const tagKey = text(
  /^(?![aA][wW][sS]:)(?!Name$)[A-Za-z0-9 _.:/=+\-@]{1,128}$/,
  'a tag key of letters, digits, spaces and _.:/=+-@, up to 128 characters, that does not begin with "aws:" and is not "Name"',
);
const tags = z.record(
  tagKey,
  secretable(
    /^[A-Za-z0-9 _.:/=+\-@]{0,256}$/,
    "a tag value of letters, digits, spaces and _.:/=+-@, up to 256 characters",
  ),
  { error: "must be a map of tags" },
);

/**
 * Everything a stack may say, by key, in the order of the reference.
 *
 * One function of the environment's defaults, so that each default is where its key is and the reference shows it.
 */
export function stackSchema(defaults: EnvironmentDefaults, region?: string) {
  return {
    environment: environmentSchema,
    namePrefix: namePrefix.optional(),
    network: networkSchema(defaults, region).describe("Where the stack stands."),
    loadBalancer: loadBalancerSchema(defaults).describe("What users reach."),
    services: named(serviceSchema(defaults), 20, "services").describe(
      "Groups of instances, each with what it answers to.",
    ),
    quotas: quotasSchema
      .prefault({})
      .describe(
        "AWS quotas of the account, checked before anything is created. Lower where services of other stacks share the load balancer.",
      ),
    failoverTargetSeconds: wholeNumber(10, 3600)
      .default(defaults.failoverTargetSeconds)
      .describe(
        "Seconds a failed instance may stay in rotation. Endpoints whose probes take longer are refused.",
      ),
    discovery: discoverySchema.prefault({}).describe("Names by which services find each other."),
    alarms: alarms.prefault({}).describe("Who is told when something is wrong."),
    tags: tags
      .default({})
      .describe(
        "Tags of everything that can carry them, such as owner and costCenter; project and environment are added.",
      ),
  };
}

/** The schemas of a stack's keys. */
export type StackSchema = ReturnType<typeof stackSchema>;
/** What a stack says, defaults in place. */
export type StackConfig = { readonly [Key in keyof StackSchema]: z.output<StackSchema[Key]> };
