import { hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What the preview fixed: enough to render the same bytes again, and to see if they are not the same. */
export type FixedChoices = {
  /** JSON of the order, phrasing and fact ids. */
  readonly choices: string;
  /** Version of the campaign's content. */
  readonly version: string;
  /** The day the letter was composed for. */
  readonly day: string;
  /** Hash of the whole text. */
  readonly hash: string;
};

const fixedSchema = z.strictObject({
  choices: z.string(),
  version: z.string(),
  day: z.string(),
  hash: z.string(),
});

/** Signs what the preview fixed, so that it can travel in the form. @param key 32 bytes of the server's own. */
export function fixChoices(key: Buffer, fixed: FixedChoices): string {
  const payload = Buffer.from(JSON.stringify(fixed)).toString('base64url');
  return `${payload}.${sign(key, payload)}`;
}

/** @returns what was fixed, or null if a byte of it was changed on the way. */
export function readFixedChoices(key: Buffer, text: string): FixedChoices | null {
  if (text === '') return null;
  const [payload = '', signature = '', ...more] = text.split('.');
  if (more.length > 0) return null;
  // Bytes are counted, not characters: as many characters of two bytes are not as many bytes.
  const expected = Buffer.from(sign(key, payload));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const read = fixedSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
  return read.success ? read.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// SHA-3 with the key before the text is a sound signature: nothing can be appended to it, as it could be with SHA-2.
function sign(key: Buffer, payload: string): string {
  return hash('sha3-256', `${key.toString('base64')}|choices|${payload}`, 'base64url');
}
