import type { ComposedLetter } from './compose-letter.ts';

const runWords = 5;
const segmenter = new Intl.Segmenter('ja', { granularity: 'word' });
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Every five words that follow each other in what the tool has written: without addresses, salutation, own words,
 * closing and sources.
 */
export function runsOf({ paragraphs }: Pick<ComposedLetter, 'paragraphs'>): ReadonlySet<string> {
  const runs = new Set<string>();
  for (const { role, text } of paragraphs) {
    if (role === 'own-words' || role === 'link') continue;
    const words = wordsOf(text);
    for (let at = 0; at + runWords <= words.length; at++) runs.add(words.slice(at, at + runWords).join(' '));
  }
  return runs;
}

function wordsOf(text: string): string[] {
  const folded = text.toLowerCase();
  if (!unspaced.test(folded)) return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...segmenter.segment(folded)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/** The share, 0 to 1, of the shorter letter's runs of five words that the other one has too. */
export function shareOfRuns(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [short, long] = one.size < other.size ? [one, other] : [other, one];
  let common = 0;
  for (const run of short) if (long.has(run)) common++;
  return short.size === 0 ? 0 : common / short.size;
}
