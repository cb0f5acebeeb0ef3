/** Newlines as a form, a file and a mail write them, all as one `\n`. */
export function normalizeNewlines(text: string): string {
  return text.replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n');
}

/**
 * Text of one line as a person may type it: NFC, without control and direction characters, single spaces.
 * U+200B stays: in Khmer it stands between words.
 */
export function cleanLine(text: string): string {
  if (clean.test(text)) return text;
  return withoutControls(text.normalize('NFC')).replace(/[\s]+/gu, ' ').trim();
}

// Most of what people type: words of letters that have one form only, with single spaces between them.
const clean = /^(?:[!-~\u00a1-\u00ac\u00ae-\u017f\u2019]+(?: [!-~\u00a1-\u00ac\u00ae-\u017f\u2019]+)*)?$/;

/** Text of several lines: as `cleanLine`, but line breaks stay and at most one empty line in a row. */
export function cleanLines(text: string): string {
  if (clean.test(text)) return text;
  return normalizeNewlines(text)
    .split('\n')
    .map((line) =>
      withoutControls(line.normalize('NFC'))
        .replace(/[^\S\n]+/gu, ' ')
        .trim(),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

// Control characters but tab and newline, marks of writing direction, the byte order mark.
const controls = /[^\P{Cc}\t\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

function withoutControls(text: string): string {
  return text.replace(controls, '');
}

/** For comparing names of people and places: accents, case, punctuation and spacing aside. */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{Mn}\p{Me}]/gu, (mark) => (mark >= '\u1780' && mark <= '\u17ff' ? mark : ''))
    .replace(/ß/g, 'ss')
    .replace(/[æ]/g, 'ae')
    .replace(/[œ]/g, 'oe')
    .replace(/[ø]/g, 'o')
    .replace(/[ł]/g, 'l')
    .replace(/[đ]/g, 'd')
    .replace(/\u200b/g, '')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}
