import { gunzipSync } from "node:zlib";

/** Most that packed user data is unpacked to: AWS takes 16 KiB, and a script does not shrink to a sixtieth. */
const MOST_BYTES = 2 ** 20;

/** What an instance is given to run at its first boot, unpacked; nothing if it cannot be unpacked. */
export function scriptIn(userData: string): string | undefined {
  const bytes = fromBase64(userData);
  // The provider takes plain text for a launch configuration too, and packs it itself.
  if (bytes === undefined) return userData;
  if (isZipped(bytes)) return unzipped(bytes)?.toString("latin1");
  return isText(bytes) ? bytes.toString("latin1") : userData;
}

/** Something that a script carries packed. */
export interface Packed {
  /** Where in the script it begins. */
  readonly index: number;
  /** What it is once unpacked. */
  readonly text: string;
}

/** What a script carries in base64, as cloud-init's files and the parts of a message do. */
export function packedIn(script: string): readonly Packed[] {
  const packed = script.matchAll(/[A-Za-z0-9+/]{60,}={0,2}(?:\r?\n[A-Za-z0-9+/]+={0,2})*/g);
  return [...packed].flatMap(({ 0: base64, index }) => {
    const text = scriptIn(base64);
    return text === undefined || text === base64 ? [] : [{ index, text }];
  });
}

function fromBase64(text: string): Buffer | undefined {
  const joined = text.replace(/\s+/g, "");
  const isBase64 = joined !== "" && joined.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(joined);
  return isBase64 ? Buffer.from(joined, "base64") : undefined;
}

function isZipped(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unzipped(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    return undefined;
  }
}

/** Whether it is lines of text, which anything else that looks like base64 is not. */
function isText(bytes: Buffer): boolean {
  return bytes.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0x1b);
}
