import { isKey, isLiteral, isPlaceholder, isRandom } from "./literal";
import type { SecretKind } from "./secret-kinds";

/** Words that end the name of a password. `chpasswd` and `OLDPWD` do so by accident. */
const password = "(?:password|passphrase|(?<!ch)passwd|(?<=[a-z0-9_])(?<!old)pwd)";

/** Words that end the name of a key. An access key's id and the ARN of a secret end otherwise. */
const key = [
  "secret[_-]?key[_-]?base",
  "(?:account|api|app|encryption|license|private|secret|service|signing)[_-]?key",
  "(?:app|client|jwt|session|shared|webhook)[_-]?secret",
  "(?:access|api|app|auth|bearer|bot|join|refresh|registration|secret|session)[_-]?token",
  "(?<![a-z])(?:secret|token)",
].join("|");

// Whatever could be repeated in two ways is bounded, because user data is a text of any length.
const gap = String.raw`[ \t]{0,8}`;
const quote = String.raw`\\?["']`;
/** Between a name and its value: `=`, `:=`, and after a name in quotes `:` or `=>`. */
const is = `(?:${gap}:?=${gap}|(?:${quote})?${gap}(?::|=>)${gap})`;

function said(kind: string, form: string, isSecret: (value: string) => boolean = isLiteral): SecretKind {
  return { kind, pattern: new RegExp(form, "dgim"), isSecret };
}

/** A quote after which a value begins: in `echo "Password: "; read …` and in `"password=" + …` one ends there. */
const opening = String.raw`(?<quote>${quote})(?!\s)(?!(?<=[a-z]:[ \t]{0,8}["'])[;|&>)])`;

const assigned = [
  // DB_PASSWORD="…", $Password = '…', password: "…", "password": "…", 'password' => '…'
  String.raw`${password}${is}${opening}(?<value>[^"'\r\n\\]{4,200})\k<quote>`,
  // DB_PASSWORD=…
  String.raw`${password}=(?<value>[^\s"'\\\x60,;&|<>()$]{4,200})(?=[\s"'\\,;&|]|$)`,
  // password: …
  String.raw`^[ \t-]*["']?[\w.-]{0,60}?${password}["']?:[ \t]+(?<value>[^\s"'#|>{}[\]&*!%@\x60<,][^\s,]{3,199})[ \t]*(?:#.*)?$`,
];

const commanded = [
  // echo root:… | chpasswd
  String.raw`echo\s+(?:-\w+\s+)?["']?(?:[\w.-]{1,40}:)?(?<value>[^\s"':]{4,200})["']?\s*\|\s*(?:sudo\s+)?(?:chpasswd|passwd\s+--stdin)`,
  // curl --user root:…
  String.raw`curl\s[^\n|;]{0,200}?(?<=\s)(?:-u|--user)[ =]["']?[^\s"':]{1,64}:(?<value>[^\s"']{3,200})`,
  // create user root identified by '…', alter role root with password '…'
  String.raw`(?:identified[ \t]+by|(?:user|role)[ \t]+\S{1,64}[ \t]+(?:(?:with|login)[ \t]+){0,2}(?:encrypted[ \t]+)?password)[ \t]+(?<quote>${quote})(?<value>[^"'\r\n\\]{4,200})\k<quote>`,
  // ConvertTo-SecureString "…"
  String.raw`ConvertTo-SecureString\s+(?:-String\s+)?(?<quote>["'])(?<value>[^"'\r\n]{4,200})\k<quote>`,
  // net user root … /add
  String.raw`net\s+user\s+[^\s/]{1,40}\s+["']?(?<value>[^\s"'/][^\s"']{3,199})["']?\s+\/add`,
];

// --password …, --master-user-password=…
const option = String.raw`(?<![\w-])--?[\w-]{0,40}?${password}[ \t=]+(?<quote>["']?)(?<value>[^\s"'(-][^\s"']{3,199})\k<quote>`;

/** A word of letters alone after an option may as well belong to a sentence about it. */
function isArgument(value: string): boolean {
  return /[^A-Za-z]/.test(value) && isLiteral(value);
}

// postgres://root:…@host
const inUrl = String.raw`:\/\/[^\s:@/"'<>{}$]{0,64}:(?<value>[^\s:@/"'<>{}]{3,200})@`;

// API_KEY=…, "clientSecret": "…"
const keyed = String.raw`(?:${key})(?:${is}|[ \t])(?:${quote})?(?<value>[\w+=.~-]{16,2000})(?![\w+=.~\-/$(])`;

// Authorization: Bearer …
const header = String.raw`authorization(?:${is})(?:${quote})?(?:basic|bearer|token)[ \t]+(?<value>[\w+/=.~-]{16,})`;

/** Secrets that the words around them give away. */
export const saidSecrets: readonly SecretKind[] = [
  ...[...assigned, ...commanded].map((form) => said("a password", form)),
  said("a password", option, isArgument),
  said("a password in a URL", inUrl),
  said("a key or token", keyed, isKey),
  said("an authorization header", header, (value) => isRandom(value) && !isPlaceholder(value)),
];
