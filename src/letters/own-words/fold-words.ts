/** A word of a text as checks compare it, with its place in the text. */
export type Token = {
  /** Without case, accents, apostrophes and invisible characters, look-alike letters as Latin ones. */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** Begins with a capital, without being written in capitals throughout. */
  readonly capital: boolean;
  /** The words of the longest phrase of each list that begins here: written by `markPhrases`. */
  phrases: ReadonlyMap<string, number> | null;
};

// In scripts written without spaces every character is a word of its own, so that phrases are found anywhere.
const alone = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]\p{M}*`;
const spelled = String.raw`[[\p{L}\p{M}\p{N}\p{Cf}\p{DI}]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー]]+`;
const shortened = String.raw`(?:['’ʼ]t(?![\p{L}\p{M}]))?`;
const wordPattern = new RegExp(`${alone}|${spelled}${shortened}`, 'gv');
// As above, but parts of a word that a single hyphen or stop holds together are one word.
const joinedPattern = new RegExp(`${alone}|${spelled}(?:[\\-.‐‑·]${spelled})*${shortened}`, 'gv');
const aloneAll = new RegExp(alone, 'gv');
const abbreviations = new Set('mr mrs ms dr st no gen col mme mlle m nr'.split(' '));

/** The words of a text of at most a few thousand characters, sentence by sentence. */
export function tokenize(text: string): Token[][] {
  return tokenizeBy(text, wordPattern, foldWord, /[!?…;。！？]|\n\s*\n/);
}

/**
 * The words of a text whose writer takes them apart: single hyphens and stops inside words, line breaks and
 * semicolons between them do not part what belongs together, and a 1 is an i.
 */
export function tokenizeLoosely(text: string): Token[][] {
  return tokenizeBy(
    text,
    joinedPattern,
    (word) => foldWord(word.replace(/(?<=\p{L})1|1(?=\p{L})/gu, 'i')),
    /[!?…。！？]/,
  );
}

// Looked for by what is rare: \p{L}[-.‐‑·]\p{L} and \p{L}\d would try every letter.
const disguise = /[;\n]|[-.‐‑·](?<=\p{L}.)\p{L}|\d(?:(?<=\p{L}.)|\p{L})/u;

/** Whether a stretch of text holds what only the loose reading sees through. */
export function isDisguised(text: string): boolean {
  return disguise.test(text);
}

/** The words of a phrase of a list, cut as those of a text are. */
export function cutPhrase(phrase: string): string[] {
  return phrase
    .replace(aloneAll, ' $& ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

function tokenizeBy(text: string, pattern: RegExp, fold: (word: string) => string, ends: RegExp): Token[][] {
  const sentences: Token[][] = [];
  let last: Token | null = null;
  for (const match of text.matchAll(pattern)) {
    const folded = fold(match[0]);
    if (folded === '') continue;
    if (!last || endsSentence(text.slice(last.end, match.index), last.folded, ends)) sentences.push([]);
    last = {
      folded,
      start: match.index,
      end: match.index + match[0].length,
      capital: isCapital(match[0]),
      phrases: null,
    };
    sentences.at(-1)?.push(last);
  }
  return sentences;
}

function isCapital(word: string): boolean {
  const first = word.charCodeAt(0);
  if (first >= 0x61 && first <= 0x7a) return false;
  return /^[\p{Cf}\p{DI}]*\p{Lu}/u.test(word) && /\p{Ll}/u.test(word);
}

function endsSentence(between: string, before: string, ends: RegExp): boolean {
  if (between === ' ') return false;
  if (ends.test(between)) return true;
  return between.includes('.') && !abbreviations.has(before);
}

/**
 * One word without case, accents, apostrophes and invisible characters, look-alike letters as Latin ones, and
 * digits among letters as the letters they pass for.
 */
export function foldWord(word: string): string {
  if (/^(?:[a-z]+|\d+)$/i.test(word)) return word.toLowerCase();
  let folded = '';
  for (const char of word.normalize('NFKD').toLowerCase()) {
    if (leftOut.test(char)) continue;
    folded += lookAlikes.get(char) ?? char;
  }
  return /[a-z]/.test(folded) ? folded.replace(/[013]/g, (digit) => digitLetters[digit] ?? digit) : folded;
}

// Marks of Khmer are part of the word; accents, and any other mark upon a letter, are not.
const leftOut = /[\p{Cf}\p{P}\p{DI}]|(?!\p{Script=Khmer})\p{M}/u;

const digitLetters: Readonly<Record<string, string>> = { '0': 'o', '1': 'l', '3': 'e' };

// Letters of other scripts that pass for Latin ones, and ligatures.
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs('абвеёзіїјкмнорстухѕԁԛԝһ', 'abbeeziijkmhopctyxsdqwh'),
  ...pairs('αβγεηικνορτυχω', 'abyenikvoptuxw'),
  ...pairs('ıȷɑɡ', 'ijag'),
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ß', 'ss'],
  ['ʼ', ''],
]);

function pairs(from: string, to: string): [string, string][] {
  return [...from].map((char, place) => [char, to.charAt(place)]);
}
