import { z } from "zod";
import { isInstanceType } from "../../components/lib/instance-types";
import type { EnvironmentDefaults } from "../environments";
import {
  decimal,
  list,
  named,
  oneOf,
  percent,
  secretable,
  section,
  tested,
  text,
  wholeNumber,
} from "../vocabulary";
import { calledBy, serviceDiscovery } from "./discovery";
import { endpointSchema, healthSchema } from "./endpoint";
import { routing } from "./route";
import { scalingSchema, sizingSchema } from "./sizing";

const instanceType = tested(isInstanceType, 'an instance type such as "c6i.large"');

const image = section({
  id: secretable(/^ami-[0-9a-f]{8,17}$/, 'an image id such as "ami-0123456789abcdef0"')
    .describe("A pinned image, the same for every instance until this changes.")
    .optional(),
  parameter: text(/^\/[A-Za-z0-9_.\-/:]{1,2047}$/, 'the name of an SSM parameter such as "/app/image"')
    .describe("SSM parameter that holds the image id, read whenever an instance starts.")
    .optional(),
});

function purchase(defaults: EnvironmentDefaults) {
  return section({
    mode: oneOf(["onDemand", "mixed"])
      .default(defaults.purchase.mode)
      .describe(
        "Whether all instances are bought on demand, or some on the spot market, where AWS may take them back.",
      ),
    onDemandBase: wholeNumber(0, 1000)
      .meta({ default: 1 })
      .describe("In `mixed`, instances that are always bought on demand.")
      .optional(),
    onDemandPercentAboveBase: wholeNumber(0, 100)
      .meta({ default: defaults.purchase.onDemandPercentAboveBase })
      .describe("In `mixed`, the share bought on demand above the base, in per cent.")
      .optional(),
    spotAllocationStrategy: oneOf([
      "capacity-optimized",
      "capacity-optimized-prioritized",
      "price-capacity-optimized",
      "lowest-price",
    ])
      .meta({ default: "capacity-optimized" })
      .describe(
        "In `mixed`, which spot instances are taken: the least likely to be taken back, or the cheapest.",
      )
      .optional(),
  });
}

// gp3. https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html
const volume = section({
  sizeGiB: wholeNumber(8, 65_536).default(20).describe("Size of the root volume, in GiB."),
  iops: wholeNumber(3000, 80_000)
    .default(3000)
    .describe("Operations per second, up to 500 for each GiB. 3000 cost nothing extra."),
  throughputMiBps: wholeNumber(125, 2000)
    .default(125)
    .describe("MiB per second, up to a quarter of iops. 125 cost nothing extra."),
});

const instanceRefresh = section({
  minHealthyPercent: wholeNumber(50, 100)
    .default(100)
    .describe("Share of the group that stays in service while instances are replaced, in per cent."),
  maxHealthyPercent: wholeNumber(100, 200)
    .default(150)
    .describe("How far the group may grow meanwhile, in per cent; at most 100 above minHealthyPercent."),
  warmupSeconds: wholeNumber(0, 3600)
    .default(120)
    .describe("Seconds after which a new instance counts as replaced."),
});

function alarms(defaults: EnvironmentDefaults) {
  return section({
    latencyHighSeconds: decimal(0.01, 60)
      .default(1)
      .describe("Seconds within which 95 of 100 requests are answered; the alarm rings when they are not."),
    errorHighPercent: percent()
      .default(5)
      .describe("Share of failed requests above which the alarm rings, in per cent."),
    memoryHighPercent: percent()
      .default(defaults.memoryHighPercent)
      .describe("Memory use above which the alarm rings, in per cent, above scaling.targetMemoryPercent."),
  });
}

const managedPolicies = z.record(
  text(/^[a-z][a-z0-9-]{0,19}$/, "a short name in lower case"),
  secretable(/^arn:aws(-[a-z-]+)?:iam::([0-9]{12}|aws):policy\/.+$/, "the ARN of an IAM policy"),
  { error: "must be a map of policy ARNs by name" },
);

/** One group of instances and what it answers to. */
export function serviceSchema(defaults: EnvironmentDefaults) {
  return section({
    endpoints: named(endpointSchema, 16, "endpoints").describe(
      "Target groups, each with the routes that lead to it.",
    ),
    ...routing,
    port: wholeNumber(1, 65_535)
      .default(8080)
      .describe("Port the service listens on, for each endpoint that does not say otherwise."),
    keepAliveSeconds: wholeNumber(1, 86_400)
      .describe(
        "Seconds the service keeps an idle connection, for each endpoint that does not say otherwise; above loadBalancer.idleTimeoutSeconds. Left out: not checked.",
      )
      .optional(),
    health: healthSchema(defaults)
      .prefault({})
      .describe("How instances show that they are well, for each endpoint that does not say otherwise."),
    sizing: sizingSchema(defaults).prefault({}).describe("How many instances there are."),
    scaling: scalingSchema(defaults).prefault({}).describe("When there are more of them, and when fewer."),
    alarms: alarms(defaults)
      .prefault({})
      .describe("When its alarms ring; those for CPU use do at scaling.highPercent and scaling.lowPercent."),
    instanceTypes: list(instanceType, "instance types", 1, 20)
      .meta({ default: typesFor(defaults) })
      .describe(
        "Instance types for one kind of processor, the preferred one first; `mixed` needs two or more, several are better. Left out: types with 2 vCPU and 4 GiB, one for `onDemand` and four for `mixed`.",
      )
      .optional(),
    purchase: purchase(defaults).prefault({}).describe("How instances are bought."),
    image: image
      .describe("Machine image, by id or by parameter. Left out: the newest Amazon Linux 2023.")
      .optional(),
    userDataFile: text(
      /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_\-./]*$/,
      'a file inside the project such as "workload/user-data.sh"',
    )
      .describe("Script that instances run when they start, at most 16 KB.")
      .optional(),
    volume: volume.prefault({}).describe("Root volume, encrypted gp3."),
    keyName: secretable(/^[ -~]{1,255}$/, "the name of an EC2 key pair")
      .describe("Key pair for SSH. Left out: none, use Session Manager.")
      .optional(),
    managedPolicyArns: managedPolicies
      .default({})
      .describe(
        "IAM policies the instances get besides those for Session Manager and the CloudWatch agent, by a name of yours.",
      ),
    discovery: serviceDiscovery
      .describe(
        "How other services find this one by name; `{}` takes the defaults. Needs evenkeel:discovery. Left out: it has no name.",
      )
      .optional(),
    calledBy: calledBy
      .default([])
      .describe("Other services of the stack that call this one without the load balancer."),
    healthCheckGraceSeconds: wholeNumber(0, 7200)
      .default(300)
      .describe("Seconds a new instance has before a failing probe gets it replaced."),
    maxInstanceLifetimeDays: wholeNumber(1, 365)
      .default(30)
      .describe("Days after which an instance is replaced, so that every one runs a recent image."),
    instanceRefresh: instanceRefresh
      .prefault({})
      .describe("How instances are replaced when the launch template changes."),
  });
}

/** The instance types a service gets where it names none. */
export function typesFor(
  { purchase: { instanceTypes, mode: usual } }: EnvironmentDefaults,
  mode: "onDemand" | "mixed" = usual,
): string[] {
  return mode === "mixed" ? [...instanceTypes] : [instanceTypes[0]];
}

/** What a stack says of a service, defaults in place. */
export type ServiceConfig = z.output<ReturnType<typeof serviceSchema>>;
