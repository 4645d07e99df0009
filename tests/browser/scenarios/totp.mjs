// What an authenticator app does (RFC 6238), and a second factor switched on through the doors.
import { createHmac } from "node:crypto";
import { given } from "./stage.mjs";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_MS = 30_000;

/** The code an app shows. */
export function codeOf(secret, now = Date.now()) {
  const bits = [...secret].map((sign) => ALPHABET.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_MS)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const value = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, "0");
}

/** The one after it: good already, and good when the present one was used. */
export const nextCodeOf = (secret) => codeOf(secret, Date.now() + STEP_MS);

/** Switched on without a browser; gives the recovery codes. */
export async function enrolled({ identifier, password }) {
  const entered = await ask("/sign-in", { identifier, password });
  const { secret } = await ask("/me/second-factor", { password }, entered.access_token);
  const { recovery_codes } = await ask("/me/second-factor/confirmation", { code: codeOf(secret) }, entered.access_token);
  return recovery_codes;
}

async function ask(path, body, token) {
  const headers = { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`${given.base}/api/registration${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
