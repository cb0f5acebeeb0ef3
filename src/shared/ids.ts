import { randomBytes, randomFillSync } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A row's identity: 26 characters of base 32, the first ten the millisecond, the rest 80 random bits.
 * Ordered by time, so that a million rows are appended to an index and not scattered over it.
 */
export function newId(now: number): string {
  return encodeTime(now) + encodeBits(tenRandomBytes());
}

function encodeTime(now: number): string {
  let text = '';
  for (let rest = now, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) {
    text = alphabet.charAt(rest % 32) + text;
  }
  return text;
}

// Five bytes are eight characters.
function encodeBits(bytes: Buffer): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 5) {
    const high = bytes.readUIntBE(from, 2) * 16 + bytes.readUInt8(from + 2) / 16;
    const low = (bytes.readUInt8(from + 2) % 16) * 65_536 + bytes.readUInt16BE(from + 3);
    text += encodeTwenty(Math.floor(high)) + encodeTwenty(low);
  }
  return text;
}

function encodeTwenty(bits: number): string {
  return (
    alphabet.charAt(bits >> 15) +
    alphabet.charAt((bits >> 10) & 31) +
    alphabet.charAt((bits >> 5) & 31) +
    alphabet.charAt(bits & 31)
  );
}

// Random bytes are fetched for many ids at once: each call to the system costs more than the id.
const pool = Buffer.alloc(10 * 400);
let used = pool.length;

function tenRandomBytes(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 10;
  return pool.subarray(used - 10, used);
}

/** A secret for a mailed link or a session: 256 random bits, base64url, 43 characters (security S-03). */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}
