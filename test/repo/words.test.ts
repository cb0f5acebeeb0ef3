import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const text =
  /(?:\.(?:ts|mjs|js|json|ya?ml|hbs|css|md|typ|txt|svg)|^\.(?:biome\.json|npmrc|gitignore)|^LICENSE|\.ci\/run)$/;
const files = [
  ...readdirSync(root).filter((name) => text.test(name)),
  ...['src', 'migrations', 'templates', 'test', '.ci'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  ),
]
  .filter((file) => text.test(file) && !file.includes('journeys/pictures') && !file.endsWith('fonts/OFL.txt'))
  .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n') }));

const self = 'test/repo/words.test.ts';

/** Places as "file:line: what" where a pattern is found, this file aside. */
function find(pattern: RegExp, among = files): string[] {
  return among
    .filter(({ file }) => file !== self)
    .flatMap(({ file, lines }) =>
      lines.flatMap((line, index) => {
        const hit = pattern.exec(line);
        return hit ? [`${file}:${index + 1}: ${hit[0]}`] : [];
      }),
    );
}

const code = files.filter(({ file }) => /^(?:src|migrations|test)\/.*\.(?:ts|mjs|js)$/.test(file));
const product = code.filter(({ file }) => !file.startsWith('test/'));

describe('the files of the repository', () => {
  it('are there to be looked at', () => {
    expect(product.length).toBeGreaterThan(100);
    expect(files.length).toBeGreaterThan(250);
    expect(find(/supporter/).length).toBeGreaterThan(100);
  });

  it('name no folder of somebody’s machine', () => {
    const home = /(?<![\w.:/}-])\/(?:home|Users|root|work|mnt|opt|srv)\/[\w.-]+|\b[A-Z]:\\\\?\w+/;
    expect(find(home)).toEqual([]);
  });

  it('name no host that packages come from', () => {
    expect(find(/registry\.[a-z]+|npmjs\.|\bartifactory\b|\/simple\/|\bverdaccio\b/i)).toEqual([]);
  });

  it('leave no note of what is still to be done', () => {
    expect(find(/\b(?:TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  it('leave no test that keeps the others from running, and none switched off without its reason', () => {
    expect(find(/\b(?:it|test|describe|suite)(?:\.\w+)*\.only\b|\bf(?:it|describe)\(/, code)).toEqual([]);
    expect(find(/\b(?:it|test|describe)\.(?:skip|todo)\(/, code)).toEqual([]);
  });

  it('of the product are at most 300 lines long', () => {
    const long = product
      .filter(({ lines }) => lines.length > 301)
      .map(({ file, lines }) => `${file}: ${lines.length - 1}`);
    expect(long).toEqual([]);
  });
});
