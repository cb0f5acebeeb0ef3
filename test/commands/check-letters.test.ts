import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkAllLetters, checkLetters, daysToCheck } from '../../src/commands/check-letters.ts';

const root = mkdtempSync(join(tmpdir(), 'check-letters-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function run(args: readonly string[], folder = process.cwd()) {
  let out = '';
  const io = {
    stdout: (text: string) => {
      out += text;
    },
    stderr: () => undefined,
    stdin: async () => '',
    now: () => Date.parse('2026-11-23T10:00:00Z'),
    root: folder,
  };
  return { code: await checkLetters.run(args, io), out };
}

describe('check-letters', () => {
  it('finds no fault in a sample of every place, ask, language and chamber', () => {
    const campaign = loadCampaign('templates');
    const dates = ['2018-01-01', '2018-04-01', '2026-11-23', '2026-12-09', '2027-11-20', '2030-06-01'];
    const { rows, faults } = checkAllLetters(campaign, { dates, seeds: 1 });
    expect(faults).toEqual([]);
    const offices = [...campaign.places.values()].map(
      (place) => place.chambers.length * place.languages.length,
    );
    expect(rows.filter(({ kind }) => kind === 'first')).toHaveLength(
      4 * offices.reduce((sum, count) => sum + count, 0),
    );
    for (const row of rows) {
      const [least = 0, most = 0] = campaign.languages.get(row.language)?.length.tool ?? [];
      if (row.kind === 'first') expect(row.shortest).toBeGreaterThanOrEqual(least);
      if (row.kind === 'first') expect(row.longest).toBeLessThanOrEqual(most);
      expect(row.different).toBe(row.letters);
    }
  });

  it('looks at the days that matter and at each quarter of fifteen years', () => {
    const days = daysToCheck('2026-11-23');
    expect(days).toEqual(
      expect.arrayContaining([
        '2018-01-01',
        '2018-04-01',
        '2026-11-23',
        '2026-12-09',
        '2027-11-20',
        '2030-06-01',
        '2032-10-01',
      ]),
    );
    expect(days).toHaveLength(64);
  });

  it('prints a table, or JSON', async () => {
    const few = [
      '--place',
      'nz',
      '--ask',
      'asylum',
      '--kind',
      'first',
      '--date',
      '2026-11-23',
      '--seeds',
      '2',
    ];
    const table = await run(few);
    expect(table.code).toBe(0);
    expect(table.out).toMatch(/^place +ask +language[^\n]+\nNZ +asylum +en +house +first +2 /);
    expect(table.out).toMatch(/2 letters in [\d.]+ s, 0 faults\n$/);
    const { out } = await run([...few, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      letters: 2,
      faults: [],
      rows: [{ place: 'NZ', ask: 'asylum', letters: 2, faults: 0 }],
    });
  });

  it('exits 1 and says where, when a wording makes a forbidden claim', async () => {
    mkdirSync(join(root, 'templates'));
    for (const folder of ['campaign', 'letters', 'reading'])
      cpSync(`templates/${folder}`, join(root, 'templates', folder), { recursive: true });
    const frame = join(root, 'templates/letters/en/frame.yaml');
    const text = readFileSync(frame, 'utf8');
    writeFileSync(
      frame,
      text.replace(
        /^close:\n(?: {2}- .*\n)+/m,
        `close:\n${'abcde'
          .split('')
          .map((letter) => `  - "Thank you for reading of economic sanctions, dear reader ${letter}."\n`)
          .join('')}`,
      ),
    );
    const { code, out } = await run(['--place', 'NZ', '--date', '2026-11-23', '--seeds', '1'], root);
    expect(code).toBe(1);
    expect(out).toMatch(
      /NZ visa-sanctions en house first 2026-11-23 seed 1: trade-sanctions: Thank you for reading of economic sanctions/,
    );
  });

  it('does not pass where nothing was rendered', async () => {
    await expect(run(['--place', 'XX'])).rejects.toThrow(/no letter was rendered/);
    await expect(run(['--seeds', '0'])).rejects.toThrow(/--seeds/);
  });
});
