import type { Used } from '../../campaign/campaign-types.ts';
import { countWords } from '../../campaign/count-words.ts';
import { type Choices, phrasingId } from './choose-wording.ts';
import { type ComposedLetter, phrasingIds } from './compose-letter.ts';
import { type Fingerprint, fingerprintOwnWords, likenessToNearest } from './sameness.ts';

/** What is kept of a letter an office has had: choices and keyed hashes, as JSON. No text. */
export type EarlierLetter = { readonly choices: string; readonly fingerprints: string };

export type Sameness = {
  /** How many of the office's earlier letters were compared. */
  readonly letters: number;
  /** Per cent of the words that the nearest of them has too. */
  readonly number: number;
};

/** How alike a letter is to those its office has had. @param key the country's key for own words. */
export function measureSameness(
  letter: ComposedLetter,
  ownWords: string,
  earlier: readonly EarlierLetter[],
  key: Buffer,
): Sameness {
  const mine = {
    phrasings: phrasingsOf(letter),
    own: fingerprintOwnWords(ownWords, key),
    ownWords: letter.ownWords,
  };
  const others = earlier.map((other) => ({
    phrasings: new Set(phrasingIds(choicesOf(other))),
    own: JSON.parse(other.fingerprints) as Fingerprint,
  }));
  return { letters: earlier.length, number: likenessToNearest(mine, others) };
}

/** How often the office has had each fact and each wording, so that the next letter takes others first. */
export function countUses(earlier: readonly EarlierLetter[]): Used {
  const facts = new Map<string, number>();
  const phrasings = new Map<string, number>();
  for (const choices of earlier.map(choicesOf)) {
    for (const fact of choices.facts) facts.set(fact, (facts.get(fact) ?? 0) + 1);
    for (const id of phrasingIds(choices)) phrasings.set(id, (phrasings.get(id) ?? 0) + 1);
  }
  return { facts, phrasings };
}

function phrasingsOf(letter: ComposedLetter): Map<string, number> {
  const words = new Map<string, number>();
  for (const { id, text } of letter.paragraphs) {
    const index = letter.choices.phrasings[id];
    if (index !== undefined) words.set(phrasingId(id, index), countWords(text));
  }
  return words;
}

function choicesOf(letter: EarlierLetter): Choices {
  const choices = JSON.parse(letter.choices) as Partial<Choices>;
  return { version: '', order: '', phrasings: {}, facts: [], ...choices };
}
