import type { LanguageEntry } from './campaign-schema.ts';
import type { LanguageWords, LetterWords } from './campaign-types.ts';
import { compilePhrasing, type Phrasing } from './compile-phrasing.ts';
import { type Layout, layouts } from './layouts.ts';
import type { Faults } from './read-campaign-files.ts';

const file = 'campaign/languages.yaml';

/** The languages' own words, compiled. */
export function buildLanguages(
  entries: Readonly<Record<string, LanguageEntry>>,
  faults: Faults,
): Map<string, LanguageWords> {
  return new Map(
    Object.entries(entries).map(([language, entry]) => [
      language,
      {
        language,
        base: entry.base ?? null,
        spaces: entry.spaces,
        length: entry.length,
        months: entry.months,
        day: eachLayout(entry.day, (text) => text),
        firstDay: entry['first-day'] ?? null,
        digits: entry.digits ?? null,
        numbers: entry.numbers ?? null,
        letter: entry.letter ? buildLetterWords(language, entry.letter, faults) : null,
        gap: entry.gap,
      },
    ]),
  );
}

function buildLetterWords(
  language: string,
  entry: NonNullable<LanguageEntry['letter']>,
  faults: Faults,
): LetterWords {
  const compile = (text: string, ...fields: string[]) => compileOrNote(language, text, fields, faults);
  const byLayout = (texts: ByLayout, ...fields: string[]) =>
    eachLayout(texts, (text) => compile(text, ...fields));
  return {
    subject: byLayout(entry.subject, 'subject'),
    dateLine: byLayout(entry['date-line'], 'date', 'town'),
    unnamed: byLayout(entry.unnamed, 'locality', 'country'),
    signature: compile(entry.signature, 'name'),
    gaps: entry.gaps,
    source: compile(entry.source, 'publisher', 'title', 'date'),
    undatedSource: compile(entry['undated-source'], 'publisher', 'title'),
  };
}

type ByLayout = string | Readonly<Partial<Record<Layout | 'else', string>>>;

function eachLayout<T>(texts: ByLayout, change: (text: string) => T): Record<Layout, T> {
  return Object.fromEntries(
    layouts.map((layout) => [
      layout,
      change(typeof texts === 'string' ? texts : (texts[layout] ?? texts.else ?? '')),
    ]),
  ) as Record<Layout, T>;
}

function compileOrNote(id: string, text: string, fields: readonly string[], faults: Faults): Phrasing {
  try {
    return compilePhrasing(text, new Set(fields));
  } catch (error) {
    faults.add(file, id, `“${text}” ${error instanceof Error ? error.message : ''}`);
    return { text, pieces: [text], fields: [], words: 0 };
  }
}
