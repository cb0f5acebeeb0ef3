import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { compose } from '../../src/commands/compose.ts';
import { runCommand } from '../../src/commands/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'compose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ownWords =
  'I stood in the queue before sunrise in 2013, with my daughter on my arm. She is grown now, votes here, and asks me why our relatives cannot.';
const nz = {
  country: 'NZ',
  place: 'NZ',
  ask: 'visa-sanctions',
  language: 'en',
  date: '2026-11-23',
  seed: 7,
  writer: {
    name: 'Maly Sample',
    address: ['12 Example Street', 'Porirua 5022'],
    link: 'resident',
    identity: 1,
  },
  representative: {
    name: 'Jo Bright',
    role: 'Member of Parliament',
    gender: 'f',
    chamber: 'house',
    constituency: 'Mana',
  },
  ownWords,
};

async function run(args: readonly string[], stdin = '') {
  let out = '';
  let err = '';
  const code = await runCommand(['compose', ...args], {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
    stdin: async () => stdin,
    now: () => Date.parse('2026-11-23T10:00:00Z'),
    root: process.cwd(),
  });
  return { code, out, err };
}

const json = async (input: unknown, ...args: string[]) => {
  const { code, out, err } = await run(['--case', '-', '--json', ...args], JSON.stringify(input));
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
};

describe('compose', () => {
  it('prints the letter as one JSON object with the public keys', async () => {
    const letter = await json(nz);
    const keys = [
      'country',
      'place',
      'ask',
      'language',
      'date',
      'seed',
      'sender',
      'recipient',
      'subject',
      'salutation',
      'paragraphs',
      'closing',
      'text',
      'facts',
      'words',
    ];
    for (const key of keys) expect(letter).toHaveProperty(key);
    expect(letter).toMatchObject({
      country: 'NZ',
      place: 'NZ',
      ask: 'visa-sanctions',
      language: 'en',
      date: '2026-11-23',
      seed: 7,
    });
    expect(Object.keys(letter.paragraphs[0])).toEqual(expect.arrayContaining(['id', 'text', 'reading']));
    expect(letter.facts[0]).toMatchObject({
      id: expect.any(String),
      source: { publisher: expect.any(String) },
    });
    expect(letter.words).toBeGreaterThan(180);
  });

  it('reads a case from a file, and prints text for people', async () => {
    writeFileSync(join(folder, 'case.json'), JSON.stringify(nz));
    const { code, out } = await run(['--case', join(folder, 'case.json'), '--reading', 'km']);
    expect(code).toBe(0);
    expect(out).toContain('Dear Ms Bright,');
    expect(out).toContain(ownWords);
    expect(out).toContain('[1] ');
    expect(out).toMatch(/ខ្ញុំ/);
  });

  it('gives the same letter for the same case, and another for another seed', async () => {
    expect(await json(nz)).toEqual(await json(nz));
    expect((await json(nz, '--seed', 'other')).text).not.toBe((await json(nz)).text);
  });

  it('takes the common fields as options, before what the case says', async () => {
    const { code, out } = await run([
      ...[
        '--country',
        'FR',
        '--ask',
        'asylum',
        '--date',
        '2026-12-01',
        '--seed',
        '1',
        '--name',
        'Maly Sample',
      ],
      ...['--address', '3 rue de l’Exemple', '--address', '69003 Lyon', '--identity', '2'],
      ...['--representative', 'Dominique Exemple', '--gender', 'f', '--chamber', 'senate', '--json'],
      ...[
        '--own-words',
        'Je suis venue ici enfant avec deux sacs. Depuis, je travaille, je paie mes impôts et j’élève mes enfants dans cette ville que j’aime.',
      ],
    ]);
    expect(code).toBe(0);
    const letter = JSON.parse(out);
    expect(letter).toMatchObject({
      country: 'FR',
      language: 'fr',
      salutation: 'Madame la Sénatrice,',
      sender: ['Maly Sample', '69003 Lyon'],
    });
    expect((await json(nz, '--ask', 'asylum', '--name', 'Dara Sample')).sender[0]).toBe('Dara Sample');
  });

  it('differs between 2018-04-01 and today as it must', async () => {
    const then = await json({ ...nz, date: '2018-04-01' });
    const today = await json({ ...nz, date: undefined });
    expect(today.date).toBe('2026-11-23');
    expect(then.text).toContain('1 April 2018');
    expect(then.text.replace(/1 (?:April|May) 2018/g, '')).not.toMatch(/\b(?:2019|202\d)\b/);
    expect(then.facts).not.toEqual(today.facts);
  });

  it('yields a letter in 2030', async () => {
    expect((await json({ ...nz, date: '2030-06-01' })).text).toContain('1 June 2030');
  });

  it('exits 2 without own words, unless a template is asked for', async () => {
    const { ownWords: _, ...wordless } = nz;
    const refused = await run(['--case', '-'], JSON.stringify(wordless));
    expect(refused).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(/^ownWords: .*--template/);
    const template = await json(wordless, '--template');
    expect(template.text).toContain('[Your own words go here');
    expect(template.ownWords).toBe(0);
  });

  it('exits 2 for own words that cannot go out, with a line for each', async () => {
    const { code, out, err } = await run(
      ['--case', '-'],
      JSON.stringify({
        ...nz,
        ownWords: `${ownWords} Please impose economic sanctions. You will lose my vote.`,
      }),
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^ownWords: .*last resort.*trade-sanctions.*“economic sanctions”/),
      expect.stringMatching(/^ownWords: .*threat.*“lose my vote”/),
    ]);
  });

  it('checks the link as well, where it is printed', async () => {
    const linked = { ...nz, writer: { ...nz.writer, link: 'I want economic sanctions for Cambodia' } };
    expect((await run(['--case', '-'], JSON.stringify(linked))).err).toMatch(
      /^writer\.link: .*trade-sanctions/,
    );
  });

  it('warns and goes on where something is to be thought over', async () => {
    const { code, err } = await run(
      ['--case', '-'],
      JSON.stringify({ ...nz, ownWords: `${ownWords} I was born in Battambang.` }),
    );
    expect(code).toBe(0);
    expect(err).toMatch(/^warning: ownWords: .*place-in-cambodia.*“Battambang”/);
  });

  it.each<[string, string[], string, RegExp]>([
    ['no case', [], '', /^country: .*\nask: /],
    ['no JSON', ['--case', '-'], '{', /^compose: the case is no JSON\n$/],
    ['a list', ['--case', '-'], '[]', /^compose: the case must be one JSON object\n$/],
    ['a file that is not there', ['--case', 'nowhere.json'], '', /^compose: the case file cannot be read\n$/],
    ['an unknown option', ['--party', 'x'], '', /^compose: Unknown option/],
    ['an unknown ask', ['--case', '-'], JSON.stringify({ ...nz, ask: 'tariffs' }), /^ask: must be one of/],
    [
      'no playbook',
      ['--case', '-'],
      JSON.stringify({ ...nz, country: 'BR', place: undefined }),
      /^country: There is no playbook for BR yet/,
    ],
    [
      'a level that is no number',
      ['--case', '-', '--identity', 'x'],
      JSON.stringify(nz),
      /^writer\.identity: must be 1, 2 or 3/,
    ],
    [
      'an unknown reading language',
      ['--case', '-', '--reading', 'de'],
      JSON.stringify(nz),
      /^compose: --reading must be one of/,
    ],
    [
      'a writer that is a text',
      ['--case', '-', '--name', 'A'],
      JSON.stringify({ ...nz, writer: 'me' }),
      /^writer: /,
    ],
  ])('exits 2 for wrong use: %s', async (_, args, stdin, said) => {
    const { code, out, err } = await run(args, stdin);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(said);
  });

  it('explains itself', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain(compose.usage.split('\n')[0]);
  });
});
