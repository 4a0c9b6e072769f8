import type { Rule } from "../../lib/rule";
import { alarmHasActions } from "./alarm-has-actions";
import { alarmTopicCanReceive } from "./alarm-topic-can-receive";
import { logGroupEncrypted } from "./log-group-encrypted";
import { logGroupRetention } from "./log-group-retention";
import { requiredAlarmsPresent } from "./required-alarms-present";
import { topicEncrypted } from "./topic-encrypted";
import { topicPolicyNotPublic } from "./topic-policy-not-public";
import { topicTlsOnly } from "./topic-tls-only";

/** Rules about alarm resources, in the order in which they are told. */
export const alarmRules: readonly Rule[] = [
  alarmHasActions,
  alarmTopicCanReceive,
  requiredAlarmsPresent,
  topicEncrypted,
  topicPolicyNotPublic,
  topicTlsOnly,
  logGroupRetention,
  logGroupEncrypted,
];
