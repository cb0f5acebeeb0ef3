import type { Used } from '../../campaign/campaign-types.ts';
import { countWords } from '../../campaign/count-words.ts';
import type { Choices } from './choose-wording.ts';
import type { ComposedLetter } from './compose-letter.ts';
import { type EarlierTraits, type Fingerprint, likenessToNearest } from './sameness.ts';

/** What is kept of a letter an office has had: choices and keyed hashes. No text. */
export type EarlierLetter = EarlierTraits & { readonly facts: readonly string[] };

/** Reads what is kept as JSON: `choices` of a letter's wording, `fingerprints` of its own words. */
export function readEarlierLetter(kept: {
  readonly choices: string;
  readonly fingerprints: string;
}): EarlierLetter {
  const { phrasings = {}, facts = [] } = JSON.parse(kept.choices) as Partial<Choices>;
  return { phrasings, facts, own: JSON.parse(kept.fingerprints) as Fingerprint };
}

/** With fewer letters to compare with, the number would tell of one certain letter. */
const fewestCompared = 5;

export type Sameness = {
  /** Per cent of the words that the nearest of the office's earlier letters has too; null: too few to tell. */
  readonly number: number | null;
};

export function isComparable(earlier: readonly EarlierLetter[]): boolean {
  return earlier.length >= fewestCompared;
}

/** How alike a letter, with its own words as hashes, is to those its office has had. */
export function measureSameness(
  letter: Pick<ComposedLetter, 'paragraphs' | 'choices' | 'ownWords'>,
  own: Fingerprint,
  earlier: readonly EarlierLetter[],
): Sameness {
  if (!isComparable(earlier)) return { number: null };
  const mine = {
    phrasings: phrasingsOf(letter),
    own,
    ownWords: letter.ownWords,
  };
  return { number: likenessToNearest(mine, earlier) };
}

/** How often the office has had each fact and each wording, so that the next letter takes others first. */
export function countUses(earlier: readonly EarlierLetter[]): Used {
  const facts = new Map<string, number>();
  const phrasings = new Map<string, number[]>();
  for (const letter of earlier) {
    for (const fact of letter.facts) facts.set(fact, (facts.get(fact) ?? 0) + 1);
    for (const [paragraph, index] of Object.entries(letter.phrasings)) {
      const times = phrasings.get(paragraph) ?? [];
      times[index] = (times[index] ?? 0) + 1;
      phrasings.set(paragraph, times);
    }
  }
  return { facts, phrasings };
}

function phrasingsOf(
  letter: Pick<ComposedLetter, 'paragraphs' | 'choices'>,
): Map<string, { index: number; words: number }> {
  const phrasings = new Map<string, { index: number; words: number }>();
  for (const { id, text } of letter.paragraphs) {
    const index = letter.choices.phrasings[id];
    if (index !== undefined) phrasings.set(id, { index, words: countWords(text) });
  }
  return phrasings;
}
