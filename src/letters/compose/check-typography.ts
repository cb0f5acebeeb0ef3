import type { LetterFault } from './letter-fault.ts';

/** What a language never sets, each with the reason; U+00A0 and U+202F are its no-break spaces. */
type Rule = { readonly never: RegExp; readonly why: string };

const everywhere: readonly Rule[] = [
  { never: / {2}|[\u00a0\u202f] | [\u00a0\u202f]/u, why: 'two spaces' },
  { never: /["'`´]/u, why: 'straight quotation mark or apostrophe' },
  { never: /\.{3}/u, why: 'three full stops for an ellipsis' },
  { never: /\s-\s|--/u, why: 'hyphen for a dash' },
  { never: /[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/u, why: 'invisible character' },
];

const quotes = {
  angled: { never: /[“”„]/u, why: 'quotation marks of another language: « » here' },
  noAngled: { never: /[«»]/u, why: 'quotation marks of another language: no « » here' },
};

const byLanguage: Readonly<Record<string, readonly Rule[]>> = {
  en: [quotes.noAngled, { never: /„/u, why: 'low quotation mark' }],
  fr: [
    quotes.angled,
    { never: /[^\u00a0\u202f][;:!?»]/u, why: 'no no-break space before ; : ! ? »' },
    { never: /«[^\u00a0\u202f]/u, why: 'no no-break space after «' },
    { never: /\d%/u, why: 'no no-break space before %' },
  ],
  de: [
    quotes.noAngled,
    { never: /”/u, why: 'closes with “ here' },
    { never: /„[^“]*$|^[^„]*“/u, why: 'quotation mark without its other' },
    { never: /\s[;:!?]/u, why: 'space before ; : ! ?' },
  ],
  'de-CH': [
    { never: /ß/u, why: 'ss in Switzerland' },
    quotes.angled,
    { never: /«\s|\s»/u, why: 'space inside « »' },
    { never: /\s[;:!?]/u, why: 'space before ; : ! ?' },
  ],
  it: [
    { never: /„|«\s|\s»/u, why: 'quotation marks' },
    { never: /\s[;:!?]/u, why: 'space before ; : ! ?' },
  ],
  nl: [quotes.noAngled, { never: /\s[;:!?]/u, why: 'space before ; : ! ?' }],
  sv: [{ never: /[“„«»]/u, why: 'quotation marks of another language: ” ” here' }],
  nb: [quotes.angled, { never: /«\s|\s»/u, why: 'space inside « »' }],
  da: [{ never: /\s[;:!?]/u, why: 'space before ; : ! ?' }],
  ja: [
    {
      never:
        /(?<=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])[,.!?;:()]|[,.!?;:()](?=[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}])/u,
      why: 'half-width punctuation',
    },
    { never: /[“”«»„]/u, why: 'quotation marks of another language: 「」 here' },
    {
      never: /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}、。] [\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]/u,
      why: 'space between words',
    },
    { never: /[\uff61-\uff9f\uff10-\uff19\uff21-\uff3a]/u, why: 'half-width kana, or full-width Latin' },
  ],
  ko: [
    { never: /[、。，．！？]/u, why: 'full-width punctuation' },
    quotes.noAngled,
    { never: /\s[,.!?;:]/u, why: 'space before punctuation' },
  ],
};

/** Where texts of a letter are not set as its language sets them. */
export function checkTypography(language: string, texts: readonly string[]): LetterFault[] {
  const [base = ''] = language.split('-');
  const rules = [...everywhere, ...(byLanguage[language] ?? byLanguage[base] ?? [])];
  return texts.flatMap((text) =>
    rules
      .filter(({ never }) => never.test(text))
      .map(({ never, why }) => ({
        rule: 'typography',
        detail: `${why}: ${around(text, never.exec(text)?.index ?? 0)}`,
      })),
  );
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 25), at + 25);
}
