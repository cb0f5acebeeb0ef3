import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A row's identity: 26 characters of base 32, the first ten the millisecond, the rest 80 random bits.
 * Ordered by time, so that a million rows are appended to an index and not scattered over it.
 */
export function newId(now: number): string {
  return encodeTime(now) + encodeBits(randomBytes(10));
}

function encodeTime(now: number): string {
  let text = '';
  for (let rest = now, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) {
    text = alphabet.charAt(rest % 32) + text;
  }
  return text;
}

function encodeBits(bytes: Buffer): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let place = 0; place < 16; place++, bits >>= 5n) text = alphabet.charAt(Number(bits & 31n)) + text;
  return text;
}

/** A secret for a mailed link or a session: 256 random bits, base64url, 43 characters (security S-03). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}
