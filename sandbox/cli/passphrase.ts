import { createCipheriv, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

/**
 * Secrets as the CLI's passphrase provider keeps them: AES-256-GCM under a key made of the passphrase by PBKDF2 with
 * SHA-256 in a million rounds.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/crypt.go
 */
const cipher = "aes-256-gcm";
const rounds = 1_000_000;
const keyBytes = 32;
const nonceBytes = 12;

/** Bytes of salt, as the CLI takes them. */
const saltBytes = 8;

/** What is encrypted beside the salt, so that a wrong passphrase is noticed. */
const proof = "pulumi";

/** Encrypts with one passphrase and one salt. */
export class Crypter {
  readonly #key: Buffer;
  readonly #salt: Buffer;

  private constructor(key: Buffer, salt: Buffer) {
    this.#key = key;
    this.#salt = salt;
  }

  /**
   * The crypter of a passphrase. Takes a third of a second.
   *
   * @param encryptionSalt As a stack file has it; a new one if left out.
   */
  static async from(passphrase: string, encryptionSalt?: string): Promise<Crypter> {
    const salt =
      encryptionSalt === undefined
        ? randomBytes(saltBytes)
        : Buffer.from(encryptionSalt.split(":")[1] ?? "", "base64");
    return new Crypter(await promisify(pbkdf2)(passphrase, salt, rounds, keyBytes, "sha256"), salt);
  }

  /** What a stack file has as `encryptionsalt`. */
  encryptionSalt(): string {
    return `v1:${this.#salt.toString("base64")}:${this.encrypt(proof)}`;
  }

  /** A text as a stack file has it under `secure`. */
  encrypt(text: string): string {
    const nonce = randomBytes(nonceBytes);
    const encryption = createCipheriv(cipher, this.#key, nonce);
    const sealed = Buffer.concat([
      encryption.update(text, "utf8"),
      encryption.final(),
      encryption.getAuthTag(),
    ]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }
}
