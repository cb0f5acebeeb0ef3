import { createHash } from 'node:crypto';

/** What two letters are compared by: every byte of the whole text counts. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
