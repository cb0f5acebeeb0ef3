import type { PlaceFile } from './campaign-schema.ts';
import {
  type AskId,
  askIds,
  type Chamber,
  type Gender,
  genders,
  type Place,
  type PlaceAsk,
} from './campaign-types.ts';
import { compilePhrasing, type Phrasing } from './compile-phrasing.ts';
import type { Faults } from './read-campaign-files.ts';

/** A playbook as its file has it, with forms of address compiled; faults of fields are noted. */
export function buildPlace(file: string, entry: PlaceFile, faults: Faults): Place {
  return {
    place: entry.place,
    name: entry.name,
    region: entry.region,
    languages: entry.languages,
    timeZone: entry['time-zone'],
    paper: entry.paper,
    layout: entry.layout,
    languageBy: {
      constituency: new Map(Object.entries(entry['language-by']?.constituency ?? {})),
      country: new Map(Object.entries(entry['language-by']?.country ?? {})),
    },
    closed: entry.offered ?? null,
    findMember: entry['find-member'],
    officeHours: entry['office-hours'],
    answers: entry.answers,
    postage: entry.postage,
    privacyLaw: entry['privacy-law'],
    chambers: entry.chambers.map((chamber) => buildChamber(file, chamber, entry.languages, faults)),
    asks: mapAsks(entry.asks),
  };
}

const noParagraphs = { subject: [], ask: [], why: [], request: [] };

function mapAsks(asks: PlaceFile['asks']): Place['asks'] {
  const withParagraphs = (ask: AskId): PlaceAsk => ({
    status: asks[ask].status,
    paragraphs: asks[ask].paragraphs ?? noParagraphs,
  });
  return Object.fromEntries(askIds.map((ask) => [ask, withParagraphs(ask)])) as Record<AskId, PlaceAsk>;
}

type ChamberEntry = PlaceFile['chambers'][number];

function buildChamber(
  file: string,
  entry: ChamberEntry,
  languages: readonly string[],
  faults: Faults,
): Chamber {
  const compile = (text: string, fields: readonly string[]): Phrasing => {
    try {
      return compilePhrasing(text, new Set(fields));
    } catch (error) {
      faults.add(file, entry.id, `“${text}” ${error instanceof Error ? error.message : ''}`);
      return { text, pieces: [text], fields: [], words: 0 };
    }
  };
  noteMissingLanguages(file, entry, languages, faults);
  const { addressee, salutation, closing, 'constituency-kind': constituencyKind, ...rest } = entry;
  const names = ['name', 'surname'];
  return {
    ...rest,
    constituencyKind,
    addressee: mapValues(addressee, (lines) =>
      lines.map((line) => compile(line, [...names, 'constituency'])),
    ),
    salutation: mapValues(salutation, (texts) => byGender(texts, (text) => compile(text, names))),
    closing: mapValues(closing, (texts) => byGender(texts, (text) => compile(text, names))),
  };
}

function byGender(
  texts: string | Readonly<Record<Gender, string>>,
  compile: (text: string) => Phrasing,
): Record<Gender, Phrasing> {
  return Object.fromEntries(
    genders.map((gender) => [gender, compile(typeof texts === 'string' ? texts : texts[gender])]),
  ) as Record<Gender, Phrasing>;
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Map<string, U> {
  return new Map(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function noteMissingLanguages(
  file: string,
  chamber: ChamberEntry,
  languages: readonly string[],
  faults: Faults,
): void {
  for (const part of ['addressee', 'salutation', 'closing'] as const) {
    for (const language of languages) {
      if (!chamber[part][language]) faults.add(file, chamber.id, `has no ${part} in ${language}`);
    }
  }
}
