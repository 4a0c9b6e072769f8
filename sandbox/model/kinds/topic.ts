import { isUnknown, knownText } from "../../values";
import { all, arns, type Check, isArn, oneOf, pattern } from "../checks";
import { fill } from "../fill";
import { uuidOf } from "../ids";
import type { Kinds } from "../kind";
import { arnOf } from "../places";
import { policy } from "../policy-document";
import { whereOf } from "../where";

/** What an endpoint looks like, by protocol. */
const endpoints: { readonly [protocol: string]: (endpoint: string) => boolean } = {
  email: (text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text),
  "email-json": (text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text),
  http: (text) => text.startsWith("http://"),
  https: (text) => text.startsWith("https://"),
  sms: (text) => /^\+?[0-9][0-9 -]{6,}$/.test(text),
  sqs: isArn,
  lambda: isArn,
  firehose: isArn,
  application: isArn,
};

const endpoint: Check = function* ({ inputs }) {
  const [protocol, text] = [knownText(inputs.protocol), knownText(inputs.endpoint)];
  if (protocol === undefined || text === undefined || endpoints[protocol]?.(text) !== false) return;
  yield {
    property: "endpoint",
    reason: `InvalidParameter: Invalid parameter: Endpoint "${text}" for the protocol ${protocol}`,
  };
};

/** Topics and who hears of them. */
export const topicKinds: Kinds = {
  "aws:sns/topic:Topic": {
    autoName: { property: "name", max: 256, unless: "namePrefix" },
    json: ["policy"],
    fill: fill({ contentBasedDeduplication: false, fifoTopic: false }),
    id: (subject) => arnOf("sns", whereOf(subject), String(subject.inputs.name)),
    computed: ({ world }, id) => ({ arn: id, owner: world.options.accountId, signatureVersion: 0 }),
    refuse: all(
      pattern(
        "name",
        /^[A-Za-z0-9_-]+(\.fifo)?$/,
        (text) => `InvalidParameter: Invalid parameter: Topic Name "${text}"`,
      ),
      policy("policy", "resource", 30720),
    ),
  },
  "aws:sns/topicPolicy:TopicPolicy": {
    json: ["policy"],
    id: ({ inputs }) => String(inputs.arn),
    computed: ({ world }) => ({ owner: world.options.accountId }),
    refuse: all(arns("arn"), policy("policy", "resource", 30720)),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    fill: fill({ confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false }),
    id: ({ inputs, seed }) => `${inputs.topic}:${uuidOf(seed)}`,
    computed: ({ inputs, world }, id) => ({
      arn: id,
      ownerId: world.options.accountId,
      pendingConfirmation: ["email", "email-json"].includes(String(inputs.protocol)),
      confirmationWasAuthenticated: !isUnknown(inputs.endpoint) && isArn(String(inputs.endpoint)),
      filterPolicyScope: "",
    }),
    refuse: all(
      oneOf(
        "protocol",
        "application",
        "email",
        "email-json",
        "firehose",
        "http",
        "https",
        "lambda",
        "sms",
        "sqs",
      ),
      arns("topic"),
      endpoint,
    ),
  },
};
