/** How long letters in a language are; fewest and most, both allowed. */
export type TextLength = {
  readonly unit: 'words' | 'characters';
  /** From opening to close, without the writer's own words. */
  readonly tool: Range;
  readonly own: Range;
  readonly subject: Range;
};
type Range = readonly [least: number, most: number];

/** How long a text is as its language counts: in words, or in characters without the spaces. */
export function measureText(text: string, { unit }: Pick<TextLength, 'unit'>): number {
  return unit === 'words' ? countWords(text) : (text.match(/[^\s\u200b]/gu)?.length ?? 0);
}

/**
 * How many words a text has: stretches between spaces that hold a letter or a digit. No-break spaces part
 * words too, so that a French colon standing alone is none.
 */
export function countWords(text: string): number {
  return text.match(words)?.length ?? 0;
}

// From the beginning of each stretch to its first letter or digit.
const words = /(?<!\S)[^\s\p{L}\p{N}]*[\p{L}\p{N}]/gu;
