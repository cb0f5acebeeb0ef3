import type { Language } from '../../rendering/languages.ts';
import type { FormError } from '../../web/forms.ts';
import { checkPassage, holdNothing, ownWordsSentence } from '../own-words/own-words.ts';
import type { Journey } from './journey.ts';

/** What is said of a field that holds something else than what it is for. */
const onlyFor = {
  name: 'letters:words.name-only',
  street: 'letters:words.street-only',
  postcode: 'letters:words.postcode-only',
  town: 'letters:words.town-only',
  representative: 'letters:find.name-only',
  constituency: 'letters:find.constituency-only',
} as const;

export type TypedField = keyof typeof onlyFor;

// Of a person, not of a line of a mail, a path or a program.
const neverInNames = /[<>@{}/:"]|=\?/;
const mostWordsOfName = 8;

/**
 * Whether the short fields the letter prints hold nothing that the own words may not: what is stopped there
 * must not get into the letter as a street.
 * @param languages the letter's is that of the recipient's place, and never read off what was typed
 */
export function checkTyped(
  journey: Pick<Journey, 'parts' | 'values'>,
  languages: { readonly reader: Language; readonly letter: string },
  fields: readonly TypedField[],
): FormError[] {
  const { campaign } = journey.parts;
  const { reader, letter: letterLanguage } = languages;
  return fields.flatMap((field): FormError[] => {
    const text = journey.values[field];
    if (text === '') return [];
    const { faults } = checkPassage(campaign, letterLanguage, text);
    if (faults.some(({ rule }) => rule !== 'script') || isNoName(field, text))
      return [{ field, message: onlyFor[field] }];
    if (faults.length === 0) return [];
    const sentence = ownWordsSentence(campaign, 'script', reader);
    return [{ field, message: 'letters:words.stopped', values: { sentence } }];
  });
}

/** Whether one look at own words and short fields together finds nothing to be looked at more closely. */
export function nothingToCheck(
  journey: Pick<Journey, 'parts' | 'values'>,
  letterLanguage: string,
  fields: readonly TypedField[],
): boolean {
  const { values } = journey;
  if (fields.some((field) => isNoName(field, values[field]))) return false;
  const texts = [values.own, ...fields.map((field) => values[field])];
  return holdNothing(journey.parts.campaign, letterLanguage, texts);
}

function isNoName(field: TypedField, text: string): boolean {
  if (field !== 'name' && field !== 'representative') return false;
  return neverInNames.test(text) || text.split(/\s+/).length > mostWordsOfName;
}
