import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { escapeHtml } from './escape-html.ts';
import { type Language, languages } from './languages.ts';
import { writeNumber } from './write-numbers.ts';

/** Values for the `{{names}}` in a string. Numbers are written as the language writes them, texts as they are. */
export type Values = Readonly<Record<string, unknown>>;

/** The words of the interface. Keys are `room:path.to.string`, one file a room in templates/locales/<language>. */
export type Catalogues = {
  /** Plain text. With `count` the plural form of the language. Throws on a missing key or value. */
  say(language: Language, key: string, values?: Values): string;
  /** HTML: everything escaped, `**bold**` and `[link text](name)` made from the string, addresses from `hrefOf`. */
  sayRich(language: Language, key: string, values: Values, hrefOf: (name: string) => string): string;
  has(language: Language, key: string): boolean;
  /** All keys of a language, plural forms with their suffix (`_one`, `_many`, `_other`). */
  keys(language: Language): readonly string[];
  /** The day a native reader approved the Khmer string, where one has (templates/locales/reviewed.yaml). */
  reviewedOn(key: string): string | undefined;
};

/** A string cut at its fields: texts[0] names[0] texts[1] … always one text more than names. */
type Pattern = { readonly texts: readonly string[]; readonly names: readonly string[] };
type Entry = { readonly plain: Pattern; readonly rich: Pattern };

/** Reads every catalogue once. Throws where a file is not a tree of strings. */
export function loadCatalogues(localesDir: string): Catalogues {
  const entries = Object.fromEntries(
    languages.map((language) => [language, loadLanguage(join(localesDir, language))]),
  ) as Record<Language, ReadonlyMap<string, Entry>>;
  const reviewed = loadReviewed(localesDir);
  return {
    say(language, key, values = {}) {
      const { plain } = find(entries[language], language, key, values);
      return fill(plain, (name) => write(values, name, language, key));
    },
    sayRich(language, key, values, hrefOf) {
      const { rich } = find(entries[language], language, key, values);
      return fill(rich, (name) =>
        escapeHtml(name.startsWith('href:') ? hrefOf(name.slice(5)) : write(values, name, language, key)),
      );
    },
    has: (language, key) => entries[language].has(key) || entries[language].has(`${key}_other`),
    keys: (language) => [...entries[language].keys()],
    reviewedOn: (key) => reviewed.get(key),
  };
}

const pluralRules = Object.fromEntries(
  languages.map((language) => [language, new Intl.PluralRules(language)]),
) as Record<Language, Intl.PluralRules>;

function find(entries: ReadonlyMap<string, Entry>, language: Language, key: string, values: Values): Entry {
  const count = values['count'];
  const plural =
    typeof count === 'number' ? entries.get(`${key}_${pluralRules[language].select(count)}`) : undefined;
  const entry = plural ?? entries.get(key);
  if (!entry) throw new Error(`no words for "${key}" in ${language}`);
  return entry;
}

function fill({ texts, names }: Pattern, valueFor: (name: string) => string): string {
  let text = texts[0] ?? '';
  for (let at = 0; at < names.length; at++) text += valueFor(names[at] ?? '') + (texts[at + 1] ?? '');
  return text;
}

function write(values: Values, name: string, language: Language, key: string): string {
  const value = values[name];
  if (typeof value === 'number') return writeNumber(value, language);
  if (typeof value === 'string') return value;
  throw new Error(`no value for {{${name}}} in "${key}"`);
}

function loadLanguage(folder: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
    const room = file.slice(0, -'.yaml'.length);
    collect(parse(readFileSync(join(folder, file), 'utf8')), `${room}:`, entries);
  }
  return entries;
}

function collect(node: unknown, key: string, entries: Map<string, Entry>): void {
  if (typeof node === 'string') {
    entries.set(key, { plain: cut(node), rich: cut(markUp(node)) });
    return;
  }
  if (node === null || typeof node !== 'object' || Array.isArray(node)) {
    throw new Error(`"${key}" must be a text`);
  }
  const start = key.endsWith(':') ? key : `${key}.`;
  for (const [name, child] of Object.entries(node)) collect(child, start + name, entries);
}

function cut(source: string): Pattern {
  const pieces = source.split(/\{\{\s*([\w:-]+)\s*\}\}/);
  return {
    texts: pieces.filter((_, at) => at % 2 === 0),
    names: pieces.filter((_, at) => at % 2 === 1),
  };
}

function markUp(source: string): string {
  return escapeHtml(source)
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/\[([^\]]+)\]\((\w+)\)/g, '<a href="{{href:$2}}">$1</a>');
}

function loadReviewed(localesDir: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(localesDir, 'reviewed.yaml'), 'utf8');
  return new Map(Object.entries((parse(text) ?? {}) as Record<string, string>));
}
