import { z } from 'zod';
import { isDay } from '../shared/clock.ts';
import { askIds, statusValues, warningSteps } from './campaign-types.ts';
import { mergeBases } from './derive-languages.ts';
import { layouts } from './layouts.ts';

// The files of templates/campaign, as they are written. Every schema is strict: a field nobody knows is a fault.

const day = z.string().refine(isDay, 'is no day (YYYY-MM-DD)');
const line = z.string().min(1).max(200);
const prose = z.string().min(1).max(1200);
const placeCode = z.string().regex(/^[A-Z]{2}$/, 'is no country code');
const slug = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is no id of small letters, digits and hyphens');
const paragraphId = z
  .string()
  .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'is no paragraph id (small words joined by full stops)');
const confidence = z.enum(['high', 'medium'], 'must be high or medium: what is low is not shipped');
const inReaderLanguages = z.strictObject({ en: prose, fr: prose, km: prose });

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is no time of day (HH:MM)');

const validity = {
  from: day,
  until: day.nullable(),
  checked: day,
  recheck: day.nullable(),
  confidence,
};
const tense = z.enum(['past', 'present']);

const sourceFields = {
  publisher: line,
  title: z.string().min(1).max(400),
  date: z.string().max(40).nullish(),
  read: day,
  url: z.url().nullish(),
};
const sourceSchema = z.strictObject({ ...sourceFields, key: line });
const keylessSource = z.strictObject({ ...sourceFields, key: line.optional() });

/** A list of sources with their keys, or a map from key to source. */
export const sourcesSchema = z.union([z.array(sourceSchema), z.record(z.string(), keylessSource)]);

export const factsSchema = z.array(
  z
    .strictObject({
      id: slug,
      research: line,
      asks: z.array(z.enum(askIds)).min(1),
      places: z.union([z.literal('all'), z.array(placeCode).min(1)]),
      'not-places': z.array(placeCode).optional(),
      day: day.nullish(),
      ...validity,
      tense,
      group: slug,
      source: sourceSchema,
    })
    .refine((fact) => !fact.day || fact.day <= fact.from, 'may be said before the day it happened')
    .refine(
      (fact) => fact.tense === 'past' || fact.recheck,
      'is told in the present without a day of recheck',
    ),
);

const statement = z
  .strictObject({
    id: paragraphId,
    ...validity,
    tense,
    source: line,
    rank: z.int().min(1).max(9),
    tells: z.array(slug).default([]),
  })
  .refine((one) => one.until === null || one.from <= one.until, 'ends before it begins');

const statusEntry = z.strictObject({ value: z.enum(statusValues), ...validity, source: line });

const paragraphs = z.strictObject({
  subject: z.array(statement).min(1),
  ask: z.array(statement).min(1),
  why: z.array(statement).min(1),
  request: z.array(statement).min(1),
});

/** Without paragraphs only where it is never offered. */
const placeAsk = z
  .strictObject({ status: z.array(statusEntry).min(1), paragraphs: paragraphs.optional() })
  .refine(
    ({ status, paragraphs: said }) => said || status.every(({ value }) => value === 'not-offered'),
    'has no paragraphs, though its status is not always not-offered',
  );

const byGender = z.strictObject({ f: line, m: line, x: line, unknown: line });
const letterLanguage = z.string().regex(/^[a-z]{2}(?:-[A-Z]{2})?$/);

const chamber = z.strictObject({
  id: slug,
  seats: z.int().positive(),
  level: slug,
  'constituency-kind': z.enum(['constituency', 'region']),
  name: inReaderLanguages,
  member: inReaderLanguages,
  addressee: z.record(letterLanguage, z.array(line).min(2).max(7)),
  salutation: z.record(letterLanguage, byGender),
  closing: z.record(letterLanguage, z.union([line, byGender])),
  statement: z.strictObject({ ...validity, source: line }),
});

const languageBy = z.strictObject({
  constituency: z.record(letterLanguage, z.array(line).min(1)).default({}),
  country: z.record(letterLanguage, z.array(placeCode).min(1)).default({}),
});

const playbook = z.strictObject({
  place: placeCode,
  name: inReaderLanguages,
  region: z.enum(['pacific', 'north-america', 'europe', 'asia']),
  languages: z.array(letterLanguage),
  'language-by': languageBy.optional(),
  /** Where the place is not offered, or not until OFFERED_PLACES names it. */
  offered: z.strictObject({ until: z.enum(['never', 'switched-on']), reason: inReaderLanguages }).optional(),
  'time-zone': z.string().refine(isTimeZone, 'is no time zone'),
  paper: z.enum(['a4', 'letter']),
  layout: z.enum(layouts),
  'find-member': z.strictObject({ name: line, url: z.url({ protocol: /^https$/ }) }),
  'office-hours': z.strictObject({ from: timeOfDay, until: timeOfDay, confidence }),
  answers: inReaderLanguages,
  postage: inReaderLanguages,
  'privacy-law': inReaderLanguages,
  chambers: z.array(chamber),
  asks: z.record(z.enum(askIds), placeAsk),
});

export const placeSchema = playbook.refine(
  ({ languages, chambers, offered }) =>
    (languages.length > 0 && chambers.length > 0) || offered?.until === 'never',
  'has no letter language or no chamber, though it is offered',
);
export type PlaceFile = z.infer<typeof placeSchema>;

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name);
}

const points = z.array(prose).min(3).max(8);
const wordLists = z.array(z.array(line).min(1));

export const asksSchema = z
  .array(
    z.strictObject({
      id: z.enum(askIds),
      order: z.int().positive(),
      name: inReaderLanguages,
      limit: inReaderLanguages,
      points: z.strictObject({ en: points, fr: points, km: points }),
      'limit-words': z.record(letterLanguage, wordLists),
    }),
  )
  .length(askIds.length);

export const warningsSchema = z.array(
  z.strictObject({
    id: slug,
    step: z.enum(warningSteps),
    places: z.array(placeCode).min(1).optional(),
    text: inReaderLanguages,
  }),
);

/** One text for every layout, or some of them with `else` for the others. */
const byLayout = z.union([
  line,
  z
    .partialRecord(z.enum([...layouts, 'else']), line)
    .refine((texts) => texts.else !== undefined || layouts.every((layout) => texts[layout] !== undefined), {
      error: 'names neither every layout nor what the others have (else)',
    }),
]);

const range = z
  .tuple([z.int().positive(), z.int().positive()])
  .refine(([least, most]) => least < most, 'must be the fewest and the most');

/** Left out by languages with 160 to 180 words. */
const length = z.strictObject({
  unit: z.enum(['words', 'characters']).default('characters'),
  tool: range,
  own: range,
  subject: range.default([6, 45]),
});

const languageEntries = z.record(
  z.string(),
  z.strictObject({
    base: letterLanguage.optional(),
    replace: z.record(line, z.string()).optional(),
    spaces: z.boolean().default(true),
    length: length.default({ unit: 'words', tool: [160, 180], own: [20, 100], subject: [3, 14] }),
    months: z.array(line).length(12),
    day: byLayout,
    'first-day': line.optional(),
    digits: z.string().length(10).optional(),
    numbers: z.array(line).min(41).optional(),
    gap: line,
    letter: z
      .strictObject({
        subject: byLayout,
        'date-line': byLayout,
        unnamed: byLayout,
        signature: line.default('{{name}}'),
        gaps: z.strictObject({ name: line, street: line, postcode: line, town: line, representative: line }),
        source: line,
        'undated-source': line,
      })
      .optional(),
  }),
);

export type LanguageEntry = z.infer<typeof languageEntries>[string];

/** Derived languages are read with what they have from their base. */
export const languagesSchema = z.preprocess(mergeBases, languageEntries);

export const forbiddenSchema = z.array(
  z.strictObject({
    id: slug,
    why: prose,
    languages: z.array(letterLanguage).min(1),
    asks: z.array(z.enum(askIds)).optional(),
    places: z.array(placeCode).optional(),
    from: day.optional(),
    until: day.optional(),
    words: wordLists.min(1),
    unless: z.array(line).optional(),
  }),
);

const lists = z.record(z.string(), z.array(z.string().min(1)));

export const ownWordsSchema = z.strictObject({
  sentences: z.record(z.string(), inReaderLanguages),
  everywhere: lists,
  languages: z.record(letterLanguage, lists),
});

/** A file of phrasings: at least five wordings of each paragraph. */
export const phrasingsSchema = z.record(z.string(), z.array(z.string().min(1).max(600)));

/** A file of reading texts: one for each paragraph. */
export const readingsSchema = z.record(z.string(), z.string().min(1).max(1200));
