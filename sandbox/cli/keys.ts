import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { Failure } from "./failure";
import { textOf, writeOnce } from "./files";
import type { Folder } from "./folder";
import { Crypter } from "./passphrase";

/** What stands in for a secret of the user's that only her own key could read. */
export const PLACEHOLDER = "sandbox-placeholder";

/** What the sandbox encrypts with. */
export interface Keys {
  readonly passphrase: string;
  /** As a stack file has it. */
  readonly encryptionSalt: string;
  /** The placeholder, encrypted. One for all, since making it takes a third of a second. */
  readonly placeholder: string;
}

/** The sandbox's keys, made at the first start. */
export async function keysIn(folder: Folder): Promise<Keys> {
  const { passphraseFile, keysFile, state } = folder;
  if (!existsSync(passphraseFile) && existsSync(keysFile)) {
    throw new Failure(
      `${passphraseFile} is gone, and the secrets in ${state} cannot be read without it: ` +
        "put it back, or delete the folder .sandbox to begin anew",
    );
  }
  const passphrase = writeOnce(passphraseFile, `${randomBytes(24).toString("base64url")}\n`).trim();
  const kept = textOf(keysFile);
  if (kept !== undefined) return { passphrase, ...read(kept, keysFile) };
  const crypter = await Crypter.from(passphrase);
  const made = { encryptionSalt: crypter.encryptionSalt(), placeholder: crypter.encrypt(PLACEHOLDER) };
  const written = writeOnce(keysFile, `${JSON.stringify(made, undefined, 2)}\n`);
  return { passphrase, ...read(written, keysFile) };
}

function read(text: string, file: string): Omit<Keys, "passphrase"> {
  try {
    const { encryptionSalt, placeholder } = JSON.parse(text) as Partial<Keys>;
    if (typeof encryptionSalt === "string" && typeof placeholder === "string") {
      return { encryptionSalt, placeholder };
    }
  } catch {
    // Not JSON: said below.
  }
  throw new Failure(`${file} is not what the sandbox wrote: delete the folder .sandbox to begin anew`);
}
