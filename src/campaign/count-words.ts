/**
 * How many words a text has: stretches between spaces that hold a letter or a digit. No-break spaces part
 * words too, so that a French colon standing alone is none.
 */
export function countWords(text: string): number {
  return text.match(words)?.length ?? 0;
}

// From the beginning of each stretch to its first letter or digit.
const words = /(?<!\S)[^\s\p{L}\p{N}]*[\p{L}\p{N}]/gu;
