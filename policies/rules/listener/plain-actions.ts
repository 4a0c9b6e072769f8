import { agreed, candidatesOf } from "../../lib/candidates";
import { apart, type each, type Judgement } from "../../lib/judgement";
import type { Stack, StackResource } from "../../lib/stack";
import { brief, shown, type Value } from "../../lib/value";
import { LISTENER } from "../types";

/** What a redirect goes to when it says nothing: the protocol of the request. */
const kept = "#{protocol}";

/** What is certain of an action whatever listener it is on: a redirect to HTTP leaves encryption behind. */
export function judgeRedirect(action: Value): Judgement {
  const protocol = action.at("redirect", "protocol");
  if (protocol.text()?.toUpperCase() !== "HTTP") return [];
  return [{ path: protocol.path, says: '"HTTP", must be "HTTPS"' }];
}

/** What else is wrong with an action once its listener is known to speak plain HTTP. */
function judgePlainAction(action: Value, listener: string): Judgement {
  const type = action.at("type");
  if (type.text() === "forward") {
    return [{ path: type.path, says: `"forward" on the HTTP listener ${listener}, must be "redirect"` }];
  }
  if (type.text() !== "redirect") return [];
  const protocol = action.at("redirect", "protocol");
  if ((protocol.text() ?? kept) !== kept) return [];
  return [
    {
      path: protocol.path,
      says: `${shown(protocol.text())}, which keeps HTTP on ${listener}, must be "HTTPS"`,
    },
  ];
}

/** Whether an action leaves the protocol to its listener; one that is not known yet may. */
function staysOnListener(action: Value): boolean {
  const type = action.at("type");
  if (!type.isKnown() || type.text() === "forward") return true;
  const protocol = action.at("redirect", "protocol");
  return type.text() === "redirect" && (!protocol.isKnown() || (protocol.text() ?? kept) === kept);
}

/** Whether a listener speaks plain HTTP, which it does when it says nothing. */
function speaksPlain({ inputs }: StackResource): boolean {
  return (inputs.at("protocol").text() ?? "HTTP").toUpperCase() === "HTTP";
}

/** Judges the actions of a rule that leave the protocol to its listener. */
export function* judgeOnListener(resource: StackResource, stack: Stack): ReturnType<typeof each> {
  const open = resource.inputs.at("actions").items().filter(staysOnListener);
  if (open.length === 0) return undefined;
  const path = "listenerArn";
  const listener = stack.refer(resource, resource.inputs.at(path), LISTENER);
  if (listener === undefined) return undefined;
  if (listener.kind === "outside") {
    yield { path, waits: "the listener is not in this stack" };
    return undefined;
  }
  const candidates = candidatesOf(listener);
  const plain = agreed(candidates, speaksPlain);
  if (plain === undefined) yield { path, waits: "not known whether its listener speaks HTTP" };
  const [first] = candidates;
  const name = candidates.length === 1 && first !== undefined ? brief(first.name) : "it is on";
  if (plain === true) yield* apart(...open.map((action) => () => judgePlainAction(action, name)));
  return undefined;
}
