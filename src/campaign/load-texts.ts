import { type LanguageEntry, phrasingsSchema, readingsSchema } from './campaign-schema.ts';
import {
  askIds,
  type Fact,
  type ReaderLanguage,
  type Readings,
  type Statement,
  statementRoles,
  type Texts,
} from './campaign-types.ts';
import { compilePhrasing, type Phrasing } from './compile-phrasing.ts';
import type { TextLength } from './count-words.ts';
import { respell } from './derive-languages.ts';
import { laterIds } from './letter-kinds.ts';
import { type CampaignFile, type Faults, parseFile } from './read-campaign-files.ts';

/** How many wordings a paragraph must have, lest letters sound alike. */
const fewestPhrasings = 5;

/** What the texts of a language are written by: its base, and how it counts. */
type TextLanguages = Readonly<Record<string, Pick<LanguageEntry, 'base' | 'replace' | 'length'>>>;

type Written = { readonly file: string; readonly texts: readonly string[] };

/** Phrasings of every letter language, compiled: language → paragraph id → phrasings. */
export function buildLetterTexts(
  files: readonly CampaignFile[],
  facts: readonly Fact[],
  languages: TextLanguages,
  faults: Faults,
): Map<string, Texts> {
  const written = addBases(readWritten(files, faults), languages);
  return new Map(
    [...written].map(([language, paragraphs]) => [
      language,
      new Map(
        [...paragraphs].map(([id, { file, texts }]) => {
          const fields = fieldsOf(id, facts);
          const unit = languages[language]?.length.unit ?? 'words';
          return [id, texts.map((text) => compileText({ file, id, fields, unit }, text, faults))];
        }),
      ),
    ]),
  );
}

function readWritten(files: readonly CampaignFile[], faults: Faults): Map<string, Map<string, Written>> {
  const written = new Map<string, Map<string, Written>>();
  for (const file of files.filter((one) => one.path.startsWith('letters/'))) {
    const [, language = ''] = file.path.split('/');
    const ofLanguage = written.get(language) ?? new Map<string, Written>();
    written.set(language, ofLanguage);
    for (const [id, texts] of Object.entries(parseFile(file, phrasingsSchema, faults) ?? {})) {
      if (ofLanguage.has(id)) faults.add(file.path, id, `is written twice in ${language}`);
      if (new Set(texts).size < fewestPhrasings) {
        faults.add(file.path, id, `has fewer than ${fewestPhrasings} different phrasings`);
      }
      ofLanguage.set(id, { file: file.path, texts });
    }
  }
  return written;
}

// What a derived language has not written itself it says as its base does, in its own spelling.
function addBases(
  written: ReadonlyMap<string, ReadonlyMap<string, Written>>,
  languages: TextLanguages,
): Map<string, ReadonlyMap<string, Written>> {
  const all = new Map(written);
  for (const [language, { base, replace }] of Object.entries(languages)) {
    if (base === undefined) continue;
    const inherited = [...(written.get(base) ?? [])].map(
      ([id, { file, texts }]) => [id, { file, texts: texts.map((text) => respell(text, replace)) }] as const,
    );
    all.set(language, new Map([...inherited, ...(written.get(language) ?? [])]));
  }
  return all;
}

/** Reading texts, compiled: reader's language → paragraph id → text. */
export function buildReadings(
  files: readonly CampaignFile[],
  facts: readonly Fact[],
  faults: Faults,
): Record<ReaderLanguage, Readings> {
  const ofLanguage = (language: ReaderLanguage): Readings => {
    const readings = new Map<string, Phrasing>();
    for (const file of files.filter((one) => one.path.startsWith(`reading/${language}/`))) {
      for (const [id, text] of Object.entries(parseFile(file, readingsSchema, faults) ?? {})) {
        if (readings.has(id)) faults.add(file.path, id, 'is written twice');
        readings.set(
          id,
          compileText({ file: file.path, id, fields: fieldsOf(id, facts), unit: 'words' }, text, faults),
        );
      }
    }
    return readings;
  };
  return { km: ofLanguage('km'), en: ofLanguage('en'), fr: ofLanguage('fr') };
}

const generalFields = ['town', 'postcode', 'name', 'reply-by'];

function fieldsOf(id: string, facts: readonly Fact[]): ReadonlySet<string> {
  if (id.endsWith('opening.constituency')) return new Set([...generalFields, 'constituency']);
  if (laterIds.includes(id)) return new Set([...generalFields, 'first-date', 'first-subject']);
  const fact = facts.find((one) => one.paragraph === id);
  return new Set(fact?.day ? [...generalFields, 'day', 'years'] : generalFields);
}

type Paragraph = {
  readonly file: string;
  readonly id: string;
  readonly fields: ReadonlySet<string>;
  readonly unit: TextLength['unit'];
};

function compileText({ file, id, fields, unit }: Paragraph, text: string, faults: Faults): Phrasing {
  const note = (what: string) => faults.add(file, id, `“${text.slice(0, 60)}” ${what}`);
  if (/^\s|\s$|[\n\t]| {2}/.test(text)) note('has a line break or spaces too many');
  try {
    return compilePhrasing(text, fields, unit);
  } catch (error) {
    note(error instanceof Error ? error.message : 'cannot be read');
    return { text, pieces: [text], fields: [], words: 0 };
  }
}

/**
 * Statements for a place whose government has acted: for each ask and role the text `acted.<ask>.<role>`, or
 * `acted.<role>` for all asks. They claim nothing but the act, which is handed in, so they hold on any day.
 */
export function buildActed(letters: ReadonlyMap<string, Texts>): Map<string, readonly Statement[]> {
  const acted = new Map<string, readonly Statement[]>();
  const isWritten = (id: string) => [...letters.values()].some((texts) => texts.has(id));
  for (const ask of askIds) {
    for (const role of statementRoles) {
      const id = [`acted.${ask}.${role}`, `acted.${role}`].find(isWritten);
      if (id) acted.set(`${ask}.${role}`, [actedStatement(id)]);
    }
  }
  return acted;
}

function actedStatement(id: string): Statement {
  const always = { from: '2018-01-01', until: null, checked: '2026-11-23', recheck: null };
  return { id, ...always, tense: 'past', confidence: 'high', rank: 9, source: '', tells: [] };
}
