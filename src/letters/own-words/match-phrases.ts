import { cutPhrase, foldWord, type Token } from './fold-words.ts';

/** Where a phrase stands: first and last token, both counted. */
export type Span = { readonly from: number; readonly to: number };

/** Where in the checked text, in UTF-16 units, end exclusive. */
export type At = { readonly start: number; readonly end: number };

type Word = { readonly word: string; readonly open: boolean };
type Phrase = { readonly list: string; readonly words: readonly Word[] };

/** The phrases of all lists by their first word; those that begin with an open word by how it begins. */
export type PhraseIndex = {
  readonly byWord: ReadonlyMap<string, readonly Phrase[]>;
  readonly byStart: ReadonlyMap<string, readonly Phrase[]>;
};

/** Sentences in which every phrase of an index is marked, and the names of the lists that have one there. */
export type Marked = {
  readonly sentences: readonly (readonly Token[])[];
  readonly lists: ReadonlySet<string>;
};

// As many letters of an open word as part most of them from each other.
const startLetters = 2;

/** The name of a list in the index. */
export type PhraseList = { readonly name: string };

/** Makes lists of phrases ready to be looked for. A star at the end of a word stands for any ending. */
export function compilePhrases(lists: Readonly<Record<string, readonly string[]>>): PhraseIndex {
  const byWord = new Map<string, Phrase[]>();
  const byStart = new Map<string, Phrase[]>();
  for (const [list, entries] of Object.entries(lists)) {
    for (const words of entries.map(compilePhrase)) {
      const [first] = words;
      if (first?.open) add(byStart, first.word.slice(0, startLetters), { list, words });
      else if (first) add(byWord, first.word, { list, words });
    }
  }
  return { byWord, byStart };
}

function compilePhrase(phrase: string): Word[] {
  return cutPhrase(phrase)
    .map((word) => ({ word: foldWord(word.replace(/\*$/, '')), open: word.endsWith('*') }))
    .filter(({ word }) => word !== '');
}

function add(known: Map<string, Phrase[]>, key: string, phrase: Phrase): void {
  if (key !== '') known.set(key, [...(known.get(key) ?? []), phrase]);
}

/** Writes to each token which phrases begin there: every list is looked for in one walk. */
export function markPhrases(sentences: readonly (readonly Token[])[], index: PhraseIndex): Marked {
  const lists = new Set<string>();
  for (const tokens of sentences) {
    for (const [at, token] of tokens.entries()) {
      token.phrases = phrasesAt(tokens, at, index);
      for (const list of token.phrases?.keys() ?? []) lists.add(list);
    }
  }
  return { sentences, lists };
}

// For each list the words of its longest phrase that begins at a token.
function phrasesAt(
  tokens: readonly Token[],
  at: number,
  { byWord, byStart }: PhraseIndex,
): ReadonlyMap<string, number> | null {
  const folded = tokens[at]?.folded ?? '';
  const whole = byWord.get(folded);
  const open = byStart.get(folded.slice(0, startLetters));
  const short = folded.length >= startLetters ? byStart.get(folded.charAt(0)) : undefined;
  if (!whole && !open && !short) return null;
  const lengths = new Map<string, number>();
  for (const phrases of [whole, open, short]) if (phrases) keepFitting(phrases, tokens, at, lengths);
  return lengths.size > 0 ? lengths : null;
}

function keepFitting(
  phrases: readonly Phrase[],
  tokens: readonly Token[],
  at: number,
  lengths: Map<string, number>,
): void {
  for (const { list, words } of phrases) {
    if (words.length > (lengths.get(list) ?? 0) && fits(tokens, at, words)) lengths.set(list, words.length);
  }
}

/** Every place in a sentence where a phrase of the list stands; the longest at each place. */
export function findPhrases(tokens: readonly Token[], list: PhraseList): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const to = phraseEndingAt(tokens, from, list);
    if (to >= from) spans.push({ from, to });
  }
  return spans;
}

/** The last token of the longest phrase that begins at a token, or -1. */
export function phraseEndingAt(tokens: readonly Token[], from: number, list: PhraseList): number {
  const length = tokens[from]?.phrases?.get(list.name);
  return length === undefined ? -1 : from + length - 1;
}

/** Whether a token is one of the list's phrases of one word, or begins one. */
function startsPhrase(tokens: readonly Token[], at: number, list: PhraseList): boolean {
  return phraseEndingAt(tokens, at, list) >= 0;
}

/** Whether a phrase of the list begins within a stretch of a sentence. */
export function hasPhrase(tokens: readonly Token[], span: Span, list: PhraseList): boolean {
  const last = Math.min(span.to, tokens.length - 1);
  for (let at = Math.max(0, span.from); at <= last; at++) if (startsPhrase(tokens, at, list)) return true;
  return false;
}

/** How many tokens a number of words is: three times as many where each character is a token of its own. */
export function tokensOf(words: number, tokens: readonly Token[]): number {
  return tokens.some(({ folded }) => isAlone(folded.charCodeAt(0))) ? 3 * words : words;
}

// Kana and Chinese characters.
function isAlone(code: number): boolean {
  return code >= 0x3040 && code <= 0x9fff;
}

function fits(tokens: readonly Token[], from: number, words: readonly Word[]): boolean {
  for (const [place, { word, open }] of words.entries()) {
    const token = tokens[from + place];
    if (!token || !(open ? token.folded.startsWith(word) : token.folded === word)) return false;
  }
  return true;
}
