import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { congressYaml, everypolitician, invented } from './invented-lists.ts';

let root: string;
let out: string;
let err: string;

beforeEach(() => {
  vi.stubEnv('CAMPAIGN_MODE', 'development');
  root = mkdtempSync(join(tmpdir(), 'campaign-command-'));
  symlinkSync(fileURLToPath(new URL('../../templates', import.meta.url)), join(root, 'templates'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function run(...args: string[]): Promise<number> {
  out = '';
  err = '';
  return await runCommand(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    stdin: async () => '',
    now: () => Date.UTC(2026, 10, 23),
    root,
  });
}

const write = (name: string, text: string) => writeFileSync(join(root, name), text);
const mp = { id: 'u1', name: 'Mere Tester', area: 'Wairoa', email: 'mere@parliament.govt.nz' };

test('a list is imported by its content and counted in exact JSON', async () => {
  write('anything.bin', congressYaml(Object.values(invented)));
  expect(
    await run('import-representatives', 'anything.bin', '--country', 'us', '--as-of', '2026-06-15', '--json'),
  ).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    format: 'congress-legislators',
    encoding: 'utf-8',
    serving: 5,
    imported: 5,
    updated: 0,
    retired: 0,
    refused: [],
    warnings: [expect.stringContaining('House of Representatives'), expect.stringContaining('Senate')].sort(),
  });
  expect(err).toBe('');
  expect(
    await run('import-representatives', 'anything.bin', '--country', 'US', '--as-of', '2026-06-15', '--json'),
  ).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ serving: 5, imported: 0, updated: 0, retired: 0, unchanged: 5 });
});

test('refused rows are listed with line and reason, for people and in JSON; a dry run writes nothing', async () => {
  write(
    'list.csv',
    `${everypolitician([mp, { ...mp, id: 'u2', name: 'Ned Two', area: 'Epsom', email: '' }])}${'x,'.repeat(39)}x\n`,
  );
  const args = ['import-representatives', 'list.csv', '--country', 'NZ', '--as-of', '2015-06-01'];
  expect(await run(...args, '--dry-run')).toBe(0);
  expect(out).toMatch(/^Dry run: nothing was written\.\n/);
  expect(out).toMatch(/Serving on 2015-06-01 +2\n {2}house +2 of 123 seats\nNew +2\n/);
  expect(out).toContain('Refused:\n  line 4: The row has 40 cells where the header has 16.\n');
  expect(await run(...args, '--json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    imported: 2,
    refused: [{ line: 4, reason: 'The row has 40 cells where the header has 16.' }],
  });
});

test('a list that is not taken in says why in one line, exit code 1', async () => {
  write('us.yaml', congressYaml([invented.house12]));
  expect(await run('import-representatives', 'us.yaml', '--country', 'NZ', '--as-of', '2026-06-15')).toBe(1);
  expect([out, err]).toEqual([
    '',
    'import-representatives: The file is a list for United States (US), not for New Zealand (NZ). Nothing was imported.\n',
  ]);
  expect(
    await run('import-representatives', 'us.yaml', '--country', 'NZ', '--as-of', '2026-06-15', '--json'),
  ).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    format: 'congress-legislators',
    serving: 0,
    imported: 0,
    error: expect.any(String),
  });
});

test.each([
  [['import-representatives'], 'name one FILE'],
  [['import-representatives', 'a', 'b', '--country', 'NZ'], 'name one FILE'],
  [['import-representatives', 'list.csv'], '--country is missing'],
  [['import-representatives', 'list.csv', '--country', 'ZZ'], '"ZZ" is no ISO country code'],
  [['import-representatives', 'list.csv', '--country', 'NZ', '--as-of', '2015-02-30'], '--as-of takes a day'],
  [
    ['import-representatives', 'list.csv', '--country', 'NZ', '--format', 'odd'],
    'no format "odd": congress-legislators',
  ],
  [
    ['import-representatives', 'list.csv', '--country', 'NZ', '--chamber', 'lords'],
    'no chamber "lords" in NZ: house',
  ],
  [['import-representatives', 'none.csv', '--country', 'NZ'], 'cannot read none.csv: there is no such file'],
  [['import-representatives', '.', '--country', 'NZ'], 'cannot read .: that is a folder'],
  [['import-representatives', 'list.csv', '--contry', 'NZ'], "Unknown option '--contry'"],
  [['import-postcodes', 'none.csv', '--country', 'AU'], 'cannot read none.csv: there is no such file'],
  [['import-postcodes', 'list.csv'], '--country is missing'],
])('wrong use %j exits 2 and says "%s"', async (args, said) => {
  write('list.csv', everypolitician([mp]));
  expect(await run(...args)).toBe(2);
  expect(err).toContain(said);
  expect(err.trimEnd()).not.toContain('\n');
});

test('postcodes are imported by content; another country’s table is refused', async () => {
  write('codes', 'postcode,electorate\n0800,Solomon Test\n0800,Lingiari Test\n0810,Solomon Test\n');
  expect(await run('import-postcodes', 'codes', '--country', 'AU', '--json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    format: 'au-postcodes-csv',
    encoding: 'utf-8',
    postcodes: 2,
    several: 1,
    areas: 2,
    refused: [],
    warnings: [],
  });
  expect(await run('import-postcodes', 'codes', '--country', 'AU')).toBe(0);
  expect(out).toMatch(/Postcodes +2\n {2}in several constituencies +1\n/);
  expect(await run('import-postcodes', 'codes', '--country', 'FR')).toBe(1);
  expect(err).toContain('not for France (FR)');
});

test.each(['import-representatives', 'import-postcodes'])('%s explains itself', async (verb) => {
  expect(await run(verb, '--help')).toBe(0);
  expect(out).toMatch(/--country XX[\s\S]*--json[\s\S]*Exit code/);
});
