import { hash } from 'node:crypto';

/** What two letters are compared by: every byte of the whole text counts. */
export function hashText(text: string): string {
  return hash('sha256', text, 'base64url');
}
