import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/rendering/languages.ts';
import { loadCatalogues } from '../../src/rendering/load-catalogues.ts';

const templates = join(import.meta.dirname, '..', '..', 'templates');
const catalogues = loadCatalogues(join(templates, 'locales'));

function filesIn(folders: readonly string[]): { name: string; source: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(templates, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => ({
        name: `${folder}/${file}`,
        source: readFileSync(join(templates, folder, file), 'utf8'),
      })),
  );
}

const html = filesIn(['pages', 'layouts', 'partials']);
const mails = filesIn(['mails']);
const all = [...html, ...mails];

/** Lines that match, as "file: text". */
function hits(files: typeof all, pattern: RegExp): string[] {
  return files.flatMap(({ name, source }) =>
    [...source.matchAll(new RegExp(pattern, 'g'))].map((match) => `${name}: ${match[0]}`),
  );
}

describe('templates', () => {
  it('are there to be looked at', () => {
    expect(html.length).toBeGreaterThan(25);
  });

  it('never print unescaped', () => {
    expect(hits(all, /\{\{\{|\{\{&|\{\{~&/)).toEqual([]);
  });

  it('hold no inline script, style or handler', () => {
    expect(hits(all, /<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:/i)).toEqual([]);
    expect(hits(html, /<script(?![^>]*\ssrc="\{\{file [^}]+\}\}")[^>]*>/)).toEqual([]);
    expect(hits(mails, /<script|<img|<link|<svg/)).toEqual([]);
  });

  it('put values into attributes only between double quotes', () => {
    expect(hits(html, /=\s*\{\{|='[^']*\{\{/)).toEqual(hits(html, /\{\{[^}]*='[^']*\{\{/));
  });

  it('print addresses only through the helpers that check them', () => {
    const address = /\s(?:href|src|action|formaction)="([^"]*)"/;
    const wild = hits(html, address).filter((hit) => {
      const value = address.exec(hit)?.[1] ?? '';
      return !/^(?:#|\/|https:\/\/)[^{]*$|^#\{\{|^\{\{(?:path|href|file) [^}]*\}\}(?:#[\w-]+)?$/.test(value);
    });
    expect(wild).toEqual([]);
  });

  it('fetch nothing from another host', () => {
    expect(
      hits(all, /(?:src|srcset|poster|data)="https?:|<(?:link|iframe|object|embed)[^>]*"https?:/),
    ).toEqual([]);
  });

  it('send a visitor to another host only without a Referer', () => {
    const outward = hits(html, /<a [^>]*href="(?:https:|\{\{href [\w.]*[uU]rl)[^>]*>/).filter(
      (hit) => !hit.includes('rel="noreferrer"'),
    );
    expect(hits(html, /rel="noreferrer"/).length).toBeGreaterThan(1);
    expect(outward).toEqual([]);
  });

  it('name only words that every language has', () => {
    const keys = new Set(
      all.flatMap(({ source }) =>
        [...source.matchAll(/(?:\{\{|\()(?:t|rich) '([^']+)'|key='([^']+)'/g)].map(
          (match) => match[1] ?? match[2] ?? '',
        ),
      ),
    );
    expect(keys.size).toBeGreaterThan(100);
    const missing = languages.flatMap((language) =>
      [...keys].filter((key) => !catalogues.has(language, key)).map((key) => `${language} ${key}`),
    );
    expect(missing).toEqual([]);
  });
});
