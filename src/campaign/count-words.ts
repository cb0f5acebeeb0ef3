/**
 * How many words a text has: stretches between spaces that hold a letter or a digit. No-break spaces part
 * words too, so that a French colon standing alone is none.
 */
export function countWords(text: string): number {
  let count = 0;
  for (const piece of text.split(/\s+/u)) if (/[\p{L}\p{N}]/u.test(piece)) count++;
  return count;
}
