import { z } from 'zod';
import { askIds, genders } from '../../campaign/campaign-types.ts';
import { letterKinds } from '../../campaign/letter-kinds.ts';
import { isDay } from '../../shared/clock.ts';
import { cleanLine } from '../../shared/text.ts';

const plainLine = (most: number) =>
  z
    .string('must be text')
    .max(most, `must have at most ${most} characters`)
    .refine(
      (text) => !/[\p{Cc}\u2028\u2029]/u.test(text.replace(/\t/g, ' ')),
      'must be one line of plain text',
    )
    .refine((text) => text.isWellFormed(), 'has broken characters');

const oneLine = (most: number) => plainLine(most).transform(cleanLine);

const lines = z.array(oneLine(120)).max(7, 'must have at most 7 lines');
const optionalLine = (most: number) =>
  oneLine(most)
    .nullish()
    .transform((text) => text || null);

const writerSchema = z.strictObject({
  name: optionalLine(100),
  address: lines.default([]),
  postcode: optionalLine(16),
  town: optionalLine(80),
  link: optionalLine(300),
  identity: z.union([z.literal(1), z.literal(2), z.literal(3)], 'must be 1, 2 or 3').default(1),
});

const representativeSchema = z.strictObject({
  name: optionalLine(120),
  surname: optionalLine(80),
  role: optionalLine(120),
  gender: z.preprocess(
    (given) => given || 'unknown',
    z.enum(genders, `must be one of ${genders.join(', ')}`),
  ),
  chamber: optionalLine(80),
  constituency: optionalLine(120),
  address: lines.nullish(),
});

const firstSchema = z.strictObject({
  date: z.string('must be a day, YYYY-MM-DD').refine(isDay, 'must be a day, YYYY-MM-DD'),
  // As it stood there: its no-break spaces stay.
  subject: plainLine(200).transform((text) => text.trim()),
});

/** The fields of a case, each bounded. */
export const caseSchema = z.strictObject({
  country: z
    .string('must be a country code')
    .regex(/^[A-Za-z]{2}$/, 'must be a country code of two letters')
    .transform((code) => code.toUpperCase()),
  place: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'must be a code of two letters')
    .transform((code) => code.toUpperCase())
    .nullish(),
  ask: z.enum(askIds, `must be one of ${askIds.join(', ')}`),
  language: z.string().max(8).nullish(),
  date: z.string().refine(isDay, 'must be a day, YYYY-MM-DD').nullish(),
  seed: z.union([oneLine(100), z.number()], 'must be a text or a number').nullish(),
  writer: writerSchema,
  representative: representativeSchema,
  kind: z
    .enum(letterKinds, `must be one of ${letterKinds.join(', ')}`)
    .nullish()
    .transform((kind) => kind ?? 'first'),
  first: firstSchema.nullish(),
  ownWords: z
    .string('must be text')
    .max(200_000, 'is far too long')
    .nullish()
    .transform((text) => text ?? ''),
});
/** A case whose fields have been read: bounded, of one line where they must be, null where left out. */
export type ParsedCase = z.output<typeof caseSchema>;
