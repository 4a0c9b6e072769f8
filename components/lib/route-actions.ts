import type { RouteFault } from "./route-conditions";

/** Where a redirect leads: what is left out stays as it is in the request. */
export interface Target {
  readonly host?: string | undefined;
  readonly path?: string | undefined;
  readonly port?: string | undefined;
  readonly query?: string | undefined;
}

/** What is wrong with a part of a redirect's target. */
const parts = {
  host: {
    form: /^(?=.{1,128}$)([A-Za-z0-9.-]|#\{host\})+$/,
    allowed: 'a host name of up to 128 characters such as "www.example.com", in which #{host} may stand',
  },
  path: {
    form: /^(?=.{1,128}$)\/([^#\s?]|#\{(host|path|port)\})*$/,
    allowed:
      'a path of up to 128 characters that begins with a slash such as "/new/#{path}", in which #{host}, #{path} and #{port} may stand',
  },
  port: {
    form: /^(#\{port\}|[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$/,
    allowed: "a port from 1 to 65535, or #{port}",
  },
  query: {
    form: /^(?=.{0,128}$)(?!\?)([^#\s]|#\{(protocol|host|path|port|query)\})*$/,
    allowed:
      'a query string of up to 128 characters without the question mark such as "#{query}&from=old", in which #{protocol}, #{host}, #{path}, #{port} and #{query} may stand',
  },
} as const;

const unchanged: Target = { host: "#{host}", path: "/#{path}", port: "#{port}" };

/**
 * What is wrong with where a redirect leads.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RedirectActionConfig.html
 */
export function* targetFaults(to: Target): Iterable<RouteFault> {
  for (const part of ["host", "path", "port", "query"] as const) {
    const found = to[part];
    if (found !== undefined && !parts[part].form.test(found)) {
      yield { at: ["to", part], found, must: `be ${parts[part].allowed}` };
    }
  }
  const away = (["host", "path", "port"] as const).some(
    (part) => (to[part] ?? unchanged[part]) !== unchanged[part],
  );
  if (!away) {
    yield {
      at: ["to"],
      must: "change host, path or port, or it would lead back to where the request came from",
    };
  }
}

/** What the load balancer says by itself. */
export interface Answer {
  readonly statusCode: string;
  readonly messageBody?: string | undefined;
}

/** Most characters of an answer. */
export const longestBody = 1024;

/**
 * What is wrong with an answer.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_FixedResponseActionConfig.html
 */
export function* answerFaults({ statusCode, messageBody = "" }: Answer): Iterable<RouteFault> {
  if (!/^[245][0-9]{2}$/.test(statusCode)) {
    yield {
      at: ["statusCode"],
      found: statusCode,
      must: 'be a status code of 2XX, 4XX or 5XX such as "503"',
    };
  }
  const bytes = Buffer.byteLength(messageBody);
  if (bytes > longestBody) {
    yield { at: ["messageBody"], found: bytes, unit: "bytes", must: `have ${longestBody} bytes at most` };
  }
}
