import { foldWord } from './fold-words.ts';
import type { PhraseIndex } from './match-phrases.ts';

/** A phrase as numbers of its words, null for an open one, and which of them is looked for: the longest. */
type Numbered = { readonly words: readonly (number | null)[]; readonly sign: number };

/** The phrases of some lists by the number of the word that is looked for, or of how it begins. */
export type Signs = {
  readonly whole: ReadonlyMap<number, readonly Numbered[]>;
  readonly open: ReadonlyMap<number, readonly Numbered[]>;
  /** Tells at once of most numbers that nothing begins so. */
  readonly beginnings: Uint8Array;
};

const slots = 4096;
const firstNumber = 0x811c9dc5 | 0;

export function signsOf({ byWord, byStart }: PhraseIndex, lists: ReadonlySet<string>): Signs {
  const whole = new Map<number, Numbered[]>();
  const open = new Map<number, Numbered[]>();
  const beginnings = new Uint8Array(slots);
  for (const { list, words } of [...byWord.values(), ...byStart.values()].flat()) {
    if (!lists.has(list)) continue;
    const longest = words.reduce((one, other) => (other.word.length > one.word.length ? other : one));
    const number = numberOf(longest.word);
    const phrase = {
      words: words.map((one) => (one.open ? null : numberOf(one.word))),
      sign: words.indexOf(longest),
    };
    const known = longest.open ? open : whole;
    known.set(number, [...(known.get(number) ?? []), phrase]);
    if (longest.open) beginnings[number & (slots - 1)] = 1;
  }
  return { whole, open, beginnings };
}

/**
 * Whether a text may hold one of the phrases: two walks over its characters, which most texts pass. Where it says no,
 * none of them stands in the text, folded as `foldWord` does; what it cannot fold by a table it does not judge.
 * @param joined whether parts of a word that a single hyphen or stop holds together are one word.
 */
export function mayHold(text: string, signs: Signs, joined = false): boolean {
  const length = foldText(text, joined);
  if (length === null) return true;
  const { words, hits } = readWords(length, signs);
  return hits.some(({ at, phrases }) =>
    phrases.some((phrase) =>
      phrase.words.every((word, place) => word === null || words[at - phrase.sign + place] === word),
    ),
  );
}

type Hit = { readonly at: number; readonly phrases: readonly Numbered[] };

function readWords(length: number, { whole, open, beginnings }: Signs): { words: number[]; hits: Hit[] } {
  const words: number[] = [];
  const hits: Hit[] = [];
  const note = (phrases: readonly Numbered[] | undefined) =>
    phrases && hits.push({ at: words.length, phrases });
  let number = firstNumber;
  for (let at = 0; at <= length; at++) {
    const code = codes[at] ?? between;
    if (code !== between) {
      number = next(number, code);
      if (beginnings[number & (slots - 1)] === 1) note(open.get(number));
    } else if (number !== firstNumber) {
      note(whole.get(number));
      words.push(number);
      number = firstNumber;
    }
  }
  return { words, hits };
}

function numberOf(word: string): number {
  let number = firstNumber;
  for (let at = 0; at < word.length; at++) number = next(number, word.charCodeAt(at));
  return number;
}

function next(number: number, code: number): number {
  return Math.imul(number ^ code, 0x01000193);
}

// Filled anew for each text; a text that is longer is not judged.
const codes = new Uint8Array(4_096);

/** Writes the folded characters of a text to `codes`, 0 after the last. @returns how many, null where not by the table. */
function foldText(text: string, joined: boolean): number | null {
  if (text.length >= codes.length) return null;
  let length = 0;
  let before = between;
  for (let at = 0; at < text.length; at++) {
    const code = joined && joiners.has(text.charAt(at)) ? foldJoiner(text, at) : foldAt(text, at);
    if (code === inside) continue;
    if (code === unknown || isMixed(before, code)) return null;
    codes[length++] = code;
    before = code;
  }
  codes[length] = between;
  return length;
}

// A digit beside a letter passes for a letter.
function isMixed(before: number, code: number): boolean {
  return before !== between && code !== between && before < 0x3a !== code < 0x3a;
}

const [between, unknown, inside] = [0, 1, 2];

function foldAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === 0x27 || code === 0x2019) return foldMark(text.slice(at + 1, at + 4));
  if (code < folds.length) return folds[code] ?? unknown;
  return separators.has(code) ? between : unknown;
}

// "don't" is one word, "l'aide" are two.
function foldMark(after: string): number {
  if (/^t['’]/i.test(after)) return unknown;
  return /^t(?![\p{L}\p{M}])/iu.test(after) ? inside : between;
}

const joiners = new Set('-.‐‑·');

function foldJoiner(text: string, at: number): number {
  const after = at + 1 < text.length ? foldAt(text, at + 1) : between;
  // Behind "don't" nothing is joined.
  if (after === inside || /['’]t/i.test(text.slice(Math.max(0, at - 2), at))) return unknown;
  return after > inside ? inside : after;
}

const separators = new Set([...'–—…‘“”„‐‑\u202f'].map((char) => char.charCodeAt(0)));

// Latin letters and digits as folded, what parts words, and what takes a closer look.
const folds = Uint8Array.from({ length: 0x180 }, (_, code) => foldOf(String.fromCharCode(code)));

function foldOf(char: string): number {
  if (!/[\p{L}\p{M}\p{N}\p{Cf}\p{DI}]/u.test(char)) return between;
  const folded = foldWord(char);
  return /^[a-z\d]$/.test(folded) ? folded.charCodeAt(0) : unknown;
}
