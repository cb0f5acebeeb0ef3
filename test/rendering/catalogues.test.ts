import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Language, languages } from '../../src/rendering/languages.ts';
import { loadCatalogues } from '../../src/rendering/load-catalogues.ts';

const locales = join(import.meta.dirname, '..', '..', 'templates', 'locales');
const catalogues = loadCatalogues(locales);
const plural = /_(?:zero|one|two|few|many|other)$/;

/** Every string with its key, read without our own loader. */
function stringsOf(language: Language): Map<string, string> {
  const strings = new Map<string, string>();
  const walk = (node: unknown, key: string) => {
    if (typeof node === 'string') strings.set(key, node);
    else
      for (const [name, child] of Object.entries(node as object))
        walk(child, key.endsWith(':') ? key + name : `${key}.${name}`);
  };
  for (const file of readdirSync(join(locales, language))) {
    walk(parse(readFileSync(join(locales, language, file), 'utf8')), `${file.replace('.yaml', '')}:`);
  }
  return strings;
}

const strings = Object.fromEntries(languages.map((language) => [language, stringsOf(language)])) as Record<
  Language,
  Map<string, string>
>;
const baseKeys = (language: Language) =>
  new Set([...strings[language].keys()].map((key) => key.replace(plural, '')));
const marksOf = (text: string) =>
  [
    ...new Set(
      [...text.matchAll(/\{\{\s*([\w-]+)\s*\}\}|\]\((\w+)\)/g)].map(
        (match) => match[1] ?? `link ${match[2]}`,
      ),
    ),
  ].sort();

describe('the catalogues', () => {
  it.each(languages)('have in %s every string that another language has', (language) => {
    const all = new Set(languages.flatMap((other) => [...baseKeys(other)]));
    const missing = [...all].filter((key) => !baseKeys(language).has(key));
    expect(all.size).toBeGreaterThan(100);
    expect(missing).toEqual([]);
  });

  it.each(languages)('have in %s every plural form of the language', (language) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = [...strings[language].keys()]
      .filter((key) => plural.test(key))
      .map((key) => key.replace(plural, ''));
    const missing = [...new Set(counted)].flatMap((key) =>
      forms.map((form) => `${key}_${form}`).filter((form) => !strings[language].has(form)),
    );
    expect(missing).toEqual([]);
  });

  it('have the same fields and links in every language', () => {
    const differing = [...strings.en].filter(([key, text]) =>
      languages.some((language) => {
        const other = strings[language].get(key) ?? strings[language].get(key.replace(plural, '_other'));
        const wanted = marksOf(text);
        const found = other === undefined ? wanted : marksOf(other);
        // A singular may do without its number.
        return (
          found.join() !== wanted.join() &&
          !(
            plural.test(key) &&
            found.filter((m) => m !== 'count').join() === wanted.filter((m) => m !== 'count').join()
          )
        );
      }),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it.each(languages)('have no empty string in %s, and none with a space at its ends', (language) => {
    const odd = [...strings[language]].filter(([, text]) => text === '' || text !== text.trim());
    expect(odd.map(([key]) => key)).toEqual([]);
  });

  it('part Khmer words by U+200B, so that a phone can break the line', () => {
    const unbroken = [...strings.km].filter(([, text]) => /[\u1780-\u17ff]{25,}/.test(text));
    expect(unbroken.map(([key, text]) => `${key} ${/[\u1780-\u17ff]{25,}/.exec(text)?.[0]}`)).toEqual([]);
  });

  it('have no Latin digits in Khmer sentences', () => {
    const odd = [...strings.km].filter(
      ([, text]) =>
        /(?<![\w:/.@-])[0-9]+(?![\w:/.@-])/.test(text.replace(/\{\{.*?\}\}/g, '')) &&
        /[\u1780-\u17ff]/.test(text),
    );
    expect(odd.map(([key]) => key)).toEqual([]);
  });

  it('have no-break spaces in French before high punctuation and inside quotation marks', () => {
    const odd = [...strings.fr].filter(([, text]) => / [;:!?»]|« /.test(text));
    expect(odd.map(([key]) => key)).toEqual([]);
  });
});

describe('say', () => {
  it('writes numbers as the language does, and leaves texts as they are', () => {
    expect(catalogues.say('km', 'web:form.too-long', { maximum: 1250 })).toContain('១.២៥០');
    expect(catalogues.say('en', 'web:form.too-long', { maximum: 1250 })).toContain('1,250');
    expect(catalogues.say('km', 'web:problem.number', { id: '6011' })).toContain('6011');
  });

  it('throws on a missing key, a missing value and a value that is neither text nor number', () => {
    expect(() => catalogues.say('km', 'web:no-such-key')).toThrow('web:no-such-key');
    expect(() => catalogues.say('en', 'web:steps.next')).toThrow('{{name}}');
    expect(() => catalogues.say('en', 'web:steps.next', { name: ['x'] })).toThrow('{{name}}');
    expect(() => catalogues.say('en', 'web:steps.next', Object.create({ name: 'x' }))).not.toThrow(
      'prototype',
    );
  });

  it('never reads a value as another field', () => {
    expect(catalogues.say('en', 'web:steps.next', { name: '{{at}}' })).toBe('Next: {{at}}');
  });

  it('chooses the plural form of the language', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ecc-locales-'));
    for (const [language, text] of Object.entries({
      en: 'n_one: one letter\nn_other: "{{count}} letters"',
      fr: 'n_one: "{{count}} lettre"\nn_many: "{{count}} de lettres"\nn_other: "{{count}} lettres"',
      km: 'n_other: "លិខិត {{count}}"',
    })) {
      mkdirSync(join(folder, language));
      writeFileSync(join(folder, language, 'x.yaml'), text);
    }
    writeFileSync(join(folder, 'reviewed.yaml'), 'x:n: 2026-12-01\n');
    const own = loadCatalogues(folder);
    expect(own.say('en', 'x:n', { count: 1 })).toBe('one letter');
    expect(own.say('en', 'x:n', { count: 12 })).toBe('12 letters');
    expect(own.say('fr', 'x:n', { count: 0 })).toBe('0 lettre');
    expect(own.say('fr', 'x:n', { count: 1_000_000 })).toMatch(/de lettres$/);
    expect(own.say('km', 'x:n', { count: 12 })).toBe('លិខិត ១២');
    expect(own.reviewedOn('x:n')).toBe('2026-12-01');
  });
});

describe('sayRich', () => {
  it('makes bold and links from the string and never from a value', () => {
    const html = catalogues.sayRich(
      'en',
      'web:steps.now',
      { at: 3, of: 5, name: '**<i>x</i>** [a](b) "q"' },
      String,
    );
    expect(html).toBe('Step 3 of 5: <b>**&lt;i&gt;x&lt;/i&gt;** [a](b) &quot;q&quot;</b>');
  });

  it('writes the addresses it is given, escaped', () => {
    const html = catalogues.sayRich('en', 'campaign:home.afraid', {}, (name) => `/x?"${name}`);
    expect(html).toContain('<a href="/x?&quot;relatives">');
  });
});
