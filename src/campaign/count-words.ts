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
  let count = 0;
  let counted = false;
  for (let at = 0; at < text.length; at++) {
    const kind = kinds[text.charCodeAt(at)];
    if (kind === undefined) return text.match(words)?.length ?? 0;
    if (kind === space) counted = false;
    else if (kind === wordPart && !counted) {
      counted = true;
      count++;
    }
  }
  return count;
}

// From the beginning of each stretch to its first letter or digit.
const words = /(?<!\S)[^\s\p{L}\p{N}]*[\p{L}\p{N}]/gu;

const [other, space, wordPart] = [0, 1, 2];

// Letters and signs of scripts with spaces are told apart by a table; others, and rare ones, by the pattern.
const kinds = Uint8Array.from({ length: 0x3000 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(char: string): number {
  if (/\s/.test(char)) return space;
  return /[\p{L}\p{N}]/u.test(char) ? wordPart : other;
}
