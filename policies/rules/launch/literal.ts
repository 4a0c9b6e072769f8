/** A value that is looked up when the script runs, or put in when it is written: variables, commands, templates. */
const lookUp =
  /^\$|\$[\w({]|`|\{\{|<%|%[({]|^#\{|^<.*>$|^\[.*\]$|^\{.*\}$|^%{1,2}\w+%{1,2}$|^@{1,2}\w+@{1,2}$/;

/** An element or a member of something, as programs in user data write it: `secret["password"]`, `process.env.DB_PW`. */
const element = /^[a-z_][\w.]*\[(?:["']|$)|^(?:args|config|creds?|os|process|self|settings|this)\.[a-z_]/i;

/** What a command of PowerShell gives. */
const command = /^(?:Get|Import|Invoke|New|Read)-[A-Z][A-Za-z]+$/;

/** What a script looks for in a file to put something else there: `s/PASSWORD=.*`. */
const soughtText = /^\.[*+]/;

/** The place of a value: a file, a URL, an ARN, a name with slashes, the id of a key that several regions share. */
const place = /^(?:mrk-[\da-f]{32}$|\/|\.{1,2}\/|~\/|[a-z][\w+.-]*:|[\w-]+(?:\/[\w.-]+)+$)/i;

/** The name of a variable in some language, rather than its value: a word for a secret, and no digit. */
const variable = /^[a-z_.-]*(?:pass|pwd|secret|token|key)[a-z_.-]*$/i;

/** What people write where they do not write the value. */
const placeholders = [
  /^(.)\1*$/,
  /^__\w+__$/,
  /^[A-Z]+(?:_[A-Z]+)+$/,
  /your|change[_-]?(?:me|it|this)|replace|placeholder|example|dummy|sample|redacted|todo|xxx|\*\*\*|\.\.\./i,
  /^(?:none|null|nil|undefined|true|false|yes|no|on|off|required|optional|prompt|ask|stdin|enabled|disabled)$/i,
  /^(?:auto|random|generated?|empty|unset|string|text|hidden|masked|file|vault|value|default)$/i,
];

/** Whether a value is left for somebody to fill in. */
export function isPlaceholder(value: string): boolean {
  return placeholders.some((pattern) => pattern.test(value));
}

/** Whether a value stands there itself, and is not looked up, named, or left for somebody to fill in. */
export function isLiteral(value: string): boolean {
  const others = [lookUp, element, command, soughtText, place, variable];
  return !isPlaceholder(value) && !others.some((pattern) => pattern.test(value));
}

/** Whether a value looks drawn at random: letters and digits, and many different ones. */
export function isRandom(value: string): boolean {
  return /[A-Za-z]/.test(value) && /\d/.test(value) && new Set(value).size >= 8;
}

/** Whether a value looks like a key, and not like the name of one, which is made of words. */
export function isKey(value: string): boolean {
  const runs = value.match(/[A-Za-z0-9]{16,}/g) ?? [];
  return isLiteral(value) && runs.some((run) => isRandom(run) && run.replace(/\D/g, "").length >= 3);
}
