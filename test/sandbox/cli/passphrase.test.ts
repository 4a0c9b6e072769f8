import assert from "node:assert/strict";
import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { Crypter } from "../../../sandbox/cli/passphrase";

/** Decrypts as the CLI does: sdk/go/common/resource/config/crypt.go. */
function decrypted(passphrase: string, encryptionSalt: string, secure: string): string {
  const [version, salt = ""] = encryptionSalt.split(":");
  assert.equal(version, "v1");
  const key = pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), 1_000_000, 32, "sha256");
  const [format, nonce = "", text = ""] = secure.split(":");
  assert.equal(format, "v1");
  const bytes = Buffer.from(text, "base64");
  const decryption = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decryption.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decryption.update(bytes.subarray(0, -16)), decryption.final()]).toString();
}

describe("the passphrase's crypter", () => {
  it("encrypts what the CLI can read, and nobody with another passphrase", async () => {
    const crypter = await Crypter.from("sesame");
    const salt = crypter.encryptionSalt();
    const [secret, again] = [crypter.encrypt("grüße"), crypter.encrypt("grüße")];
    assert.notEqual(secret, again);
    assert.equal(decrypted("sesame", salt, secret), "grüße");
    assert.throws(() => decrypted("other", salt, secret));
  });

  it("proves the passphrase beside the salt", async () => {
    const salt = (await Crypter.from("sesame")).encryptionSalt();
    assert.equal(decrypted("sesame", salt, salt.split(":").slice(2).join(":")), "pulumi");
  });

  it("goes on with a salt there is", async () => {
    const salt = (await Crypter.from("sesame")).encryptionSalt();
    const later = await Crypter.from("sesame", salt);
    assert.equal(later.encryptionSalt().split(":")[1], salt.split(":")[1]);
    assert.equal(decrypted("sesame", salt, later.encrypt("x")), "x");
  });

  // Written by `pulumi config set --secret`, version 3.260, with the passphrase "x".
  it("reads a salt the CLI has written", async () => {
    const salt = "v1:E86LsL21ALE=:v1:opUrVP9xxs/5RYEE:G6k55Gk42V8rkQqnuVuexc9gc9ll5A==";
    const crypter = await Crypter.from("x", salt);
    assert.equal(decrypted("x", salt, "v1:xeIINjxftuwDKlkR:rBBArtyZVrnlJyZDPQJw2lg3F3sX"), "hello");
    assert.equal(decrypted("x", salt, crypter.encrypt("hi")), "hi");
  });
});
