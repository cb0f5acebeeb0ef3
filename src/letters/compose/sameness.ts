import { hash } from 'node:crypto';
import { foldWord } from '../own-words/fold-words.ts';

/**
 * Own words as keyed hashes: nobody without the key can test a guess against them, and no text can be read
 * back. Each entry is a hash of 40 bits times 1,024 plus the place of its first word.
 */
export type Fingerprint = readonly number[];

const gramWords = 5;
// A stretch of words that two letters share is noticed from this many grams on (winnowing).
const window = 3;
const places = 1024;
// More than anyone's hundred words; what comes after is not looked at.
const mostCharacters = 20_000;

/**
 * Fingerprint of a text of up to a thousand words: keyed hash of every stretch of five words, of which the smallest
 * in each window of three is kept, and always the first and the last. Case, accents, punctuation, invisible
 * characters and look-alike letters make no difference.
 */
export function fingerprintOwnWords(text: string, key: Buffer): Fingerprint {
  const secret = key.toString('base64');
  const hashes = gramsOf(wordsOf(text.slice(0, mostCharacters)).slice(0, places - 1)).map((gram) =>
    hashGram(gram, secret),
  );
  return winnow(hashes).map((place) => (hashes[place] ?? 0) * places + place);
}

function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const run of text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}\p{Cf}]+/gu) ?? []) {
    words.push(...(unspaced.test(run) ? segment(run) : [run]).map(foldWord).filter((word) => word !== ''));
  }
  return words;
}

// Scripts that are written without spaces: a machine finds their words.
const unspaced =
  /[\p{Script=Khmer}\p{Script=Thai}\p{Script=Lao}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const segmenter = new Intl.Segmenter('km', { granularity: 'word' });

function segment(run: string): string[] {
  return [...segmenter.segment(run.replace(/\u200b/g, ''))].map(({ segment: word }) => word);
}

function gramsOf(words: readonly string[]): string[] {
  if (words.length === 0) return [];
  const count = Math.max(1, words.length - gramWords + 1);
  return Array.from({ length: count }, (_, place) => words.slice(place, place + gramWords).join(' '));
}

// With the key before it and 40 of 256 bits kept, SHA-256 needs no HMAC around it: there is nothing to append to.
function hashGram(gram: string, secret: string): number {
  return Number.parseInt(hash('sha256', `${secret}|${gram}`, 'hex').slice(0, 10), 16);
}

function winnow(hashes: readonly number[]): number[] {
  const kept = new Set<number>();
  for (let from = 0; from + window <= hashes.length; from++) {
    let smallest = from;
    for (let at = from; at < from + window; at++)
      if ((hashes[at] ?? 0) <= (hashes[smallest] ?? 0)) smallest = at;
    kept.add(smallest);
  }
  if (hashes.length > 0) kept.add(0).add(hashes.length - 1);
  return [...kept].sort((a, b) => a - b);
}

const markCount = 4;

/**
 * The smallest hashes of a text: two of which half is alike share one of these nearly always (15 times in 16),
 * and a copy always does. By them a letter is found among a hundred thousand.
 */
export function marksOf(fingerprint: Fingerprint): number[] {
  const hashes = new Set(fingerprint.map((entry) => Math.floor(entry / places)));
  return [...hashes].sort((a, b) => a - b).slice(0, markCount);
}

/** How many per cent of the words of one text stand, in stretches of five and more, in another: 0 to 100. */
export function likeness(mine: Fingerprint, other: Fingerprint): number {
  return likenessTo(placesOf(mine), wordCount(mine), other);
}

type Places = {
  readonly byHash: ReadonlyMap<number, readonly number[]>;
  /** Which ends of hashes occur at all: nearly all of another letter's hashes are told from mine by these. */
  readonly ends: Uint8Array;
};

const endings = 4_096;
const endOf = (hash: number) => hash & (endings - 1);

// Where in my text each hash stands: made once for all the letters it is held against.
function placesOf(mine: Fingerprint): Places {
  const byHash = new Map<number, number[]>();
  const ends = new Uint8Array(endings);
  for (const entry of mine) {
    const hash = Math.floor(entry / places);
    byHash.set(hash, [...(byHash.get(hash) ?? []), entry % places]);
    ends[endOf(hash)] = 1;
  }
  return { byHash, ends };
}

function likenessTo(mine: Places, words: number, other: Fingerprint): number {
  const alike = new Set<number>();
  const met = new Map<number, number>();
  for (const entry of other) {
    const hash = Math.floor(entry / places);
    const mineAt = mine.ends[endOf(hash)] === 1 ? mine.byHash.get(hash) : undefined;
    if (!mineAt) continue;
    // One place of mine for each of theirs: five words written over and over are not a whole letter.
    const turn = met.get(hash) ?? 0;
    met.set(hash, turn + 1);
    const first = mineAt[turn];
    if (first === undefined) continue;
    for (let word = first; word < first + gramWords && word < words; word++) alike.add(word);
  }
  return words === 0 ? 0 : Math.round((100 * alike.size) / words);
}

// The last gram is always kept, so its place tells how many words there were.
function wordCount(mine: Fingerprint): number {
  const last = mine.at(-1);
  return last === undefined ? 0 : (last % places) + gramWords;
}

/** What of a letter is compared: which wordings it uses, with the words of each, and its own words. */
export type LetterTraits = {
  /** Which phrasing of each paragraph of the tool's text, with its words. */
  readonly phrasings: ReadonlyMap<string, { readonly index: number; readonly words: number }>;
  readonly own: Fingerprint;
  readonly ownWords: number;
};
export type EarlierTraits = {
  readonly phrasings: Readonly<Record<string, number>>;
  readonly own: Fingerprint;
};

/**
 * How many per cent of a letter's words the nearest of an office's earlier letters has too, 0 to 100.
 * Own words that were copied count by themselves as well: a letter whose own words are another's is that
 * letter again, however the tool's text was worded.
 */
export function likenessToNearest(mine: LetterTraits, earlier: readonly EarlierTraits[]): number {
  const own = placesOf(mine.own);
  // Signs that count as words and leave no hash must not make a few words the whole.
  const ownCount = Math.max(wordCount(mine.own), mine.ownWords);
  const toolWords = [...mine.phrasings.values()].reduce((sum, { words }) => sum + words, 0);
  let nearest = 0;
  for (const other of earlier) {
    const ownAlike = worthTelling(likenessTo(own, ownCount, other.own), ownCount);
    const alike = 100 * sharedWords(mine, other) + ownAlike * mine.ownWords;
    nearest = Math.max(nearest, ownAlike, alike / Math.max(1, toolWords + mine.ownWords));
  }
  return Math.round(nearest);
}

const fewestAlike = 15;

// Less than half of the own words, or than fifteen of them, counts for nothing: else the number would tell a stranger
// which few words of a guess stand in somebody's letter.
function worthTelling(ownAlike: number, words: number): number {
  return ownAlike < 50 || (ownAlike * words) / 100 < fewestAlike ? 0 : ownAlike;
}

function sharedWords(mine: LetterTraits, other: EarlierTraits): number {
  let shared = 0;
  for (const [paragraph, { index, words }] of mine.phrasings)
    if (other.phrasings[paragraph] === index) shared += words;
  return shared;
}
