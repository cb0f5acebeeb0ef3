import { foldWord, type Token } from './fold-words.ts';

/** Where a phrase stands: first and last token, both counted. */
export type Span = { readonly from: number; readonly to: number };

/** Where in the checked text, in UTF-16 units, end exclusive. */
export type At = { readonly start: number; readonly end: number };

type Word = { readonly word: string; readonly open: boolean };
/** Phrases by their first word; those that begin with an open word apart, by its first letter. */
export type PhraseList = {
  readonly byWord: ReadonlyMap<string, readonly (readonly Word[])[]>;
  readonly open: ReadonlyMap<string, readonly (readonly Word[])[]>;
};

/** Makes a list of phrases ready to be looked for. A star at the end of a word stands for any ending. */
export function compilePhrases(phrases: readonly string[]): PhraseList {
  const byWord = new Map<string, Word[][]>();
  const open = new Map<string, Word[][]>();
  for (const phrase of phrases) {
    const words = phrase
      .split(/\s+/)
      .map((word) => ({ word: foldWord(word.replace(/\*$/, '')), open: word.endsWith('*') }));
    const [first] = words;
    if (!first) continue;
    const [list, key] = first.open ? [open, first.word.charAt(0)] : [byWord, first.word];
    list.set(key, [...(list.get(key) ?? []), words]);
  }
  return { byWord, open };
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
  const first = tokens[from];
  if (!first) return -1;
  let end = -1;
  for (const words of list.byWord.get(first.folded) ?? []) {
    if (words.length > end - from + 1 && fits(tokens, from, words)) end = from + words.length - 1;
  }
  for (const words of list.open.get(first.folded.charAt(0)) ?? []) {
    if (words.length > end - from + 1 && fits(tokens, from, words)) end = from + words.length - 1;
  }
  return end;
}

/** Whether a token is one of the list's phrases of one word, or begins one. */
export function startsPhrase(tokens: readonly Token[], at: number, list: PhraseList): boolean {
  return phraseEndingAt(tokens, at, list) >= 0;
}

/** Whether a phrase of the list begins within a stretch of a sentence. */
export function hasPhrase(tokens: readonly Token[], span: Span, list: PhraseList): boolean {
  const last = Math.min(span.to, tokens.length - 1);
  for (let at = Math.max(0, span.from); at <= last; at++) if (startsPhrase(tokens, at, list)) return true;
  return false;
}

function fits(tokens: readonly Token[], from: number, words: readonly Word[]): boolean {
  return words.every(({ word, open }, place) => {
    const token = tokens[from + place];
    if (!token) return false;
    return open ? token.folded.startsWith(word) : token.folded === word;
  });
}
