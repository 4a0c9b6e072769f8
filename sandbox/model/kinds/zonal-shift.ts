import { bags, knownText } from "../../values";
import { all, at, type Check, oneOf, textsAt } from "../checks";
import type { Kinds } from "../kind";

const autoshiftType = "aws:arczonalshift/zonalAutoshiftConfiguration:ZonalAutoshiftConfiguration";
const balancerType = "aws:lb/loadBalancer:LoadBalancer";

/** A list of so many, in AWS's words. */
function counted(property: string, min: number, max: number): Check {
  return function* ({ inputs }) {
    const list = inputs[property] ?? [];
    if (!Array.isArray(list) || (list.length >= min && list.length <= max)) return;
    const bound = list.length < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
    const reason = `ValidationException: 1 validation error detected: Value at '${property}' failed to satisfy constraint: Member must have length ${bound}`;
    yield { property, reason };
  };
}

const time = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01][0-9]|2[0-3]):[0-5][0-9]";

/** Texts of a certain form. */
function blockers(property: string, form: RegExp): Check {
  return function* ({ inputs }) {
    for (const { path, text } of textsAt(inputs, property)) {
      if (!form.test(text))
        yield { property: path, reason: `ValidationException: InvalidPracticeBlocker: ${text}` };
    }
  };
}

const eitherWindows: Check = function* ({ inputs }) {
  if (at(inputs, "allowedWindows").length === 0 || at(inputs, "blockedWindows").length === 0) return;
  const reason = 'Attribute "blocked_windows" cannot be specified when "allowed_windows" is specified';
  yield { property: "blockedWindows", reason };
};

/** Alarms are those of the resource's own region. */
const alarmsNear: Check = function* ({ inputs, region }) {
  for (const property of ["outcomeAlarms", "blockingAlarms"]) {
    for (const [index, { alarmIdentifier }] of bags(inputs[property]).entries()) {
      const arn = knownText(alarmIdentifier);
      if (arn === undefined || new RegExp(`^arn:aws[a-z-]*:cloudwatch:${region}:\\d{12}:alarm:.+$`).test(arn))
        continue;
      const reason = `ValidationException: InvalidAlarmCondition: ${arn}`;
      yield { property: `${property}[${index}].alarmIdentifier`, reason };
    }
  }
};

/** A load balancer says itself whether it may be shifted. */
const canShift: Check = function* (subject) {
  const found = subject.world.candidates(subject, balancerType, "resourceArn", subject.inputs.resourceArn);
  if (found.length === 0 || found.some(({ inputs }) => inputs.enableZonalShift === true)) return;
  const reason = `ValidationException: InvalidResourceIdentifier: zonal shift is not enabled for ${found[0]?.name}`;
  yield { property: "resourceArn", reason };
};

/** A resource has one configuration. */
const once: Check = function* ({ inputs, seed, world }) {
  const arn = knownText(inputs.resourceArn);
  const others = world
    .all(autoshiftType)
    .filter((other) => other.seed !== seed && other.inputs.resourceArn === arn);
  if (arn === undefined || others.length === 0) return;
  yield { property: "resourceArn", reason: "ConflictException: PracticeConfigurationAlreadyExists" };
};

/** Traffic that AWS moves out of a zone. */
export const zonalShiftKinds: Kinds = {
  [autoshiftType]: {
    id: ({ inputs }) => String(inputs.resourceArn),
    refuse: all(
      oneOf("zonalAutoshiftStatus", "ENABLED", "DISABLED"),
      oneOf("outcomeAlarms.type", "CLOUDWATCH"),
      oneOf("blockingAlarms.type", "CLOUDWATCH"),
      counted("outcomeAlarms", 1, 10),
      counted("blockingAlarms", 0, 10),
      counted("blockedDates", 0, 15),
      counted("blockedWindows", 0, 15),
      counted("allowedWindows", 0, 15),
      blockers("blockedDates", /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
      blockers("blockedWindows", new RegExp(`^${time}-${time}$`)),
      blockers("allowedWindows", new RegExp(`^${time}-${time}$`)),
      eitherWindows,
      alarmsNear,
      canShift,
      once,
    ),
  },
};
