/** A config key with its namespace, the project's if it has none; `undefined` if it cannot be a key. */
export function fullKey(project: string, key: string): string | undefined {
  const parts = key.split(":");
  if (parts.some((part) => part === "")) return undefined;
  if (parts.length === 1) return `${project}:${key}`;
  if (parts.length === 2) return key;
  // An older way to write it: `aws:config:region`.
  return parts.length === 3 && parts[1] === "config" ? `${parts[0]}:${parts[2]}` : undefined;
}
