import { checkOneOf } from "../../lib/closed-set";
import type { Problems } from "../../lib/problems";
import { answerFaults } from "../../lib/route-actions";
import { checkMatch, type MatchArgs, noteFaults } from "./conditions";
import type { RuleAction } from "./forwarding";

/** What the body of a fixed response is. */
export const ContentType = {
  /** Text. */
  PlainText: "text/plain",
  /** A style sheet. */
  Css: "text/css",
  /** A page. */
  Html: "text/html",
  /** A script. */
  JavaScript: "application/javascript",
  /** Data. */
  Json: "application/json",
} as const;
export type ContentType = (typeof ContentType)[keyof typeof ContentType];

/**
 * Requests that the load balancer answers itself: what is not to be reached, or a notice while something is mended.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html
 */
export interface FixedResponseArgs extends MatchArgs {
  /** Status code, 2XX, 4XX or 5XX, in quotes: `"503"`. */
  readonly statusCode: string;
  /**
   * What the body is: "text/plain", "text/css", "text/html", "application/javascript" or "application/json".
   * @default "text/plain"
   */
  readonly contentType?: ContentType;
  /**
   * The body, up to 1024 bytes.
   * @default nothing
   */
  readonly messageBody?: string;
}

/** Notes what is wrong with a fixed response. */
export function checkFixedResponse(response: FixedResponseArgs, path: string, problems: Problems): void {
  const { contentType = ContentType.PlainText } = response;
  checkMatch(response, path, problems);
  noteFaults(answerFaults(response), path, problems);
  checkOneOf(ContentType, contentType, `${path}.contentType`, problems);
}

/** A fixed response, for the provider. */
export function fixedResponseAction(response: FixedResponseArgs): RuleAction {
  const { statusCode, contentType = ContentType.PlainText, messageBody } = response;
  const body = messageBody === undefined ? {} : { messageBody };
  return { type: "fixed-response", fixedResponse: { contentType, statusCode, ...body } };
}
