import { measureText, type TextLength } from './count-words.ts';

/** A text with `{{fields}}`, cut up once at start: piece, field, piece, … piece. */
export type Phrasing = {
  readonly text: string;
  readonly pieces: readonly string[];
  readonly fields: readonly string[];
  /** Words, or characters where the language counts those; each field counted as one. */
  readonly words: number;
};

/** Values by field name: as a map, so that no field can name something of Object's own. */
export type FieldValues = Pick<ReadonlyMap<string, string>, 'get'>;

const fieldPattern = /\{\{([a-z][a-z-]{0,30})\}\}/g;

/**
 * Cuts a text at its `{{fields}}`.
 * @throws RangeError where braces are left over or a field is not among those allowed.
 */
export function compilePhrasing(
  text: string,
  allowed: ReadonlySet<string>,
  unit: TextLength['unit'] = 'words',
): Phrasing {
  const parts = text.split(fieldPattern);
  const pieces = parts.filter((_, place) => place % 2 === 0);
  const fields = parts.filter((_, place) => place % 2 === 1);
  const unknown = fields.find((field) => !allowed.has(field));
  if (unknown !== undefined) throw new RangeError(`has the field {{${unknown}}}, which it may not have`);
  if (pieces.some((piece) => /[{}]/.test(piece))) throw new RangeError('has braces that are no field');
  return { text, pieces, fields, words: measureText(text.replace(fieldPattern, 'x'), { unit }) };
}

/**
 * The text with its fields filled in one pass: what a value holds is never looked at again.
 * @throws RangeError where a value is missing or empty.
 */
export function fillPhrasing(phrasing: Phrasing, values: FieldValues): string {
  let text = phrasing.pieces[0] ?? '';
  for (let place = 0; place < phrasing.fields.length; place++) {
    const value = values.get(phrasing.fields[place] ?? '');
    if (!value) throw new RangeError(`no value for {{${phrasing.fields[place]}}} in “${phrasing.text}”`);
    text += value + (phrasing.pieces[place + 1] ?? '');
  }
  return text;
}

/** How many words the filled text will have; `valueWords` holds the words of each value. */
export function filledWords(phrasing: Phrasing, valueWords: ReadonlyMap<string, number>): number {
  let words = phrasing.words;
  for (const field of phrasing.fields) words += (valueWords.get(field) ?? 1) - 1;
  return words;
}
