/** A word of a text as checks compare it, with its place in the text. */
export type Token = {
  /** Without case, accents, apostrophes and invisible characters, look-alike letters as Latin ones. */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  /** Begins with a capital, without being written in capitals throughout. */
  readonly capital: boolean;
};

const wordPattern = /[\p{L}\p{M}\p{N}\p{Cf}]+(?:['’ʼ]t(?![\p{L}\p{M}]))?/gu;
const abbreviations = new Set('mr mrs ms dr st no gen col mme mlle m nr'.split(' '));

/** The words of a text of at most a few thousand characters, sentence by sentence. */
export function tokenize(text: string): Token[][] {
  const sentences: Token[][] = [];
  let last: Token | null = null;
  for (const match of text.matchAll(wordPattern)) {
    const folded = foldWord(match[0]);
    if (folded === '') continue;
    if (!last || endsSentence(text.slice(last.end, match.index), last.folded)) sentences.push([]);
    last = {
      folded,
      start: match.index,
      end: match.index + match[0].length,
      capital: /^\p{Cf}*\p{Lu}/u.test(match[0]) && /\p{Ll}/u.test(match[0]),
    };
    sentences.at(-1)?.push(last);
  }
  return sentences;
}

function endsSentence(between: string, before: string): boolean {
  if (/[!?…;]|\n\s*\n/.test(between)) return true;
  return between.includes('.') && !abbreviations.has(before);
}

/** One word without case, accents, apostrophes and invisible characters, look-alike letters as Latin ones. */
export function foldWord(word: string): string {
  if (/^[a-z0-9]+$/i.test(word)) return word.toLowerCase();
  let folded = '';
  for (const char of word.normalize('NFKD').toLowerCase()) {
    if (/[\p{Cf}\p{P}]/u.test(char) || isLatinMark(char)) continue;
    folded += lookAlikes.get(char) ?? char;
  }
  return folded;
}

// Marks of Khmer and other scripts are part of the word; accents on Latin letters are not.
function isLatinMark(char: string): boolean {
  return char >= '\u0300' && char <= '\u036f';
}

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
