import { z } from 'zod';
import { askIds } from '../../campaign/campaign-types.ts';
import { cleanLine, cleanLines } from '../../shared/text.ts';
import {
  type FormError,
  type FormResult,
  line,
  oneOf,
  readTexts,
  type TextField,
  ticked,
} from '../../web/forms.ts';

/**
 * Every field of the journey. A page shows some of them and carries the others along, hidden: nothing is
 * kept here until the writer chooses to send with the campaign.
 */
const journeyFields = {
  ask: text(40),
  // The place written to, where it is not the usual one of the country.
  to: text(2),
  // A later letter of a thread: which, and what it comes after.
  kind: text(10),
  firstDate: text(10),
  firstSubject: text(200),
  q: text(100),
  seat: text(40),
  representative: text(120),
  chamber: text(40),
  constituency: text(120),
  gender: text(10),
  letterLanguage: text(10),
  own: manyLines(12_000),
  ownKhmer: manyLines(12_000),
  tick: text(3),
  name: text(120),
  street: text(160),
  postcode: text(20),
  town: text(80),
  identity: text(1),
  fixed: text(8_000),
  turn: text(4),
  how: text(10),
  email: text(254),
  keep: text(3),
  go: text(20),
};

export type JourneyField = keyof typeof journeyFields;
export type JourneyValues = Readonly<Record<JourneyField, string>>;

export const journeyFieldNames = Object.keys(journeyFields) as JourneyField[];

/** Any body of the journey: known fields only, each cleaned and of bounded length; what is absent is ''. */
export function readJourneyFields(body: unknown): FormResult<JourneyValues> {
  return readTexts(journeyFields, body);
}

export const askForm = z.object({ ask: oneOf(askIds, 'letters:ask.missing') });

const neededWords: readonly (readonly [JourneyField, string])[] = [
  ['own', 'letters:words.missing'],
  ['name', 'letters:words.name-missing'],
  ['postcode', 'letters:words.postcode-missing'],
  ['town', 'letters:words.town-missing'],
];

/**
 * What the step of the own words asks for and was left empty. Lengths were looked at when the journey was read.
 * @param needsOwn a reminder or thanks may be without own words
 */
export function missingWords(values: JourneyValues, needsOwn: boolean): FormError[] {
  const empty = (field: JourneyField) => values[field].trim() === '' && (field !== 'own' || needsOwn);
  const missing = neededWords.flatMap(([field, message]) => (empty(field) ? [{ field, message }] : []));
  const { identity } = values;
  if (identity !== '1' && identity !== '2')
    missing.push({ field: 'identity', message: 'letters:words.identity-missing' });
  if (identity === '1' && empty('street'))
    missing.push({ field: 'street', message: 'letters:words.street-missing' });
  return missing;
}

export const typedForm = (chambers: readonly string[]) =>
  z.object({
    representative: line('letters:find.name-missing', 120),
    chamber: z.string().refine((id) => chambers.includes(id), 'letters:find.chamber-missing'),
  });

export const howForm = z.object({ how: oneOf(['self', 'with'], 'letters:send.missing') });

export const withUsForm = z.object({
  email: line('letters:with.email-missing', 254),
  keep: ticked('letters:with.keep-missing'),
});

export const letterIdForm = z.strictObject({ letter: z.string().regex(/^[0-9a-z]{26}$/) });
export const sentForm = z.strictObject({
  letter: z.string().regex(/^[0-9a-z]{26}$/),
  day: z.string().max(20),
});
/** `letter`: what the page showed; a link followed in another tab meanwhile must not act on another letter. */
export const confirmForm = z.strictObject({
  shown: z.string().max(100),
  letter: z.string().regex(/^[0-9a-z]{26}$/),
});
export const eraseForm = z.strictObject({ erase: ticked('letters:mine.erase-missing') });

function text(max: number): TextField {
  return { max, clean: cleanLine };
}

function manyLines(max: number): TextField {
  return { max, clean: cleanLines };
}
