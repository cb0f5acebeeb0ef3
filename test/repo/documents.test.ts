import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { congressYaml, everypolitician, invented } from '../representatives/invented-lists.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');
const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

describe('the README', () => {
  it('begins with the two commands', () => {
    expect(readme.split('```')[1]?.split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^npm ci && npm start\b/),
      expect.stringMatching(/^npm ci && npm test\b/),
    ]);
    expect(readme.indexOf('```')).toBeLessThan(80);
  });

  it('has every setting in its table, with the value that holds without it', () => {
    const settings = [...read('src/config/config.ts').matchAll(/^ {2}([A-Z_]+): (.+)$/gm)];
    const table = new Map(
      [...readme.matchAll(/^\| `([A-Z_]+)` \| ([^|]+) \|/gm)].map(([, name = '', value = '']) => [
        name,
        value,
      ]),
    );
    expect([...table.keys()]).toEqual(settings.map(([, name]) => name));
    const defaults = settings.flatMap(([, name = '', rule = '']) => {
      const value = /\.default\('?([^')]+)'?\)/.exec(rule)?.[1];
      return value ? [[name, value]] : [];
    });
    expect(defaults.length).toBeGreaterThan(5);
    expect(defaults.filter(([name = '', value]) => table.get(name)?.trim() !== `\`${value}\``)).toEqual([]);
  });

  it('shows every room of the house', () => {
    const house = readme.split('## The house')[1]?.split('```')[1] ?? '';
    const rooms = ['src', 'templates'].flatMap((folder) =>
      readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory()),
    );
    expect(rooms.length).toBeGreaterThan(20);
    expect(rooms.map(({ name }) => name).filter((name) => !house.includes(`${name}/`))).toEqual([]);
  });

  it('names every command, and as missing only what is missing', async () => {
    const list: string[] = [];
    await runCommand(['--help'], { ...io(root), stdout: (text) => list.push(text) });
    const verbs = [...list.join('').matchAll(/^ {2}([a-z-]+) /gm)].map(([, verb = '']) => verb);
    const [before = '', missing = ''] = readme.split('## What is not there yet');
    expect(verbs.filter((verb) => !before.includes(verb))).toEqual([]);
    const upkeep = [
      ...(/\*\*Upkeep\.\*\*(.*?)not written/s.exec(missing)?.[1] ?? '').matchAll(/`([a-z-]+)`/g),
    ];
    expect(upkeep.length).toBeGreaterThan(0);
    expect(upkeep.map(([, verb = '']) => verb).filter((verb) => verbs.includes(verb))).toEqual([]);
  });
});

describe('every example of the README works as it is written', () => {
  const examples = [...readme.matchAll(/```sh\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.replace(/\\\n\s*/g, '').split('\n'))
    .filter((line) => line.includes('npm run campaign --'));
  let folder: string;

  // One after the other, as somebody would who reads from top to bottom.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'campaign-readme-'));
    symlinkSync(join(root, 'templates'), join(folder, 'templates'));
    const member = { id: 'u1', name: 'Mere Tester', area: 'Wairoa', email: 'mere@example.org' };
    writeFileSync(join(folder, 'legislators-current.yaml'), congressYaml(Object.values(invented)));
    writeFileSync(join(folder, 'members.csv'), everypolitician([member]));
    writeFileSync(join(folder, 'zccd.csv'), 'zip,state,district\n82001,WY,0\n');
    writeFileSync(join(folder, 'case.json'), /```json\n(.*?)```/s.exec(readme)?.[1] ?? '');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(() => {
    vi.stubEnv('CAMPAIGN_MODE', 'development');
  });

  it('of which there are many', () => {
    expect(examples.length).toBeGreaterThan(14);
  });

  it('in their order', { timeout: 60_000 }, async () => {
    for (const example of examples) {
      const { settings, args } = parse(example);
      for (const [name, value] of settings) vi.stubEnv(name, value);
      const errors: string[] = [];
      const code = await runCommand(args, { ...io(folder), stderr: (text) => errors.push(text) });
      expect({ example, code, errors }).toEqual({ example, code: 0, errors: [] });
      for (const [name] of settings) vi.stubEnv(name, undefined);
    }
  });
});

describe('the documents', () => {
  it.each(documents)('%s: links lead to files that are there', (file) => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const paths = [...read(file).matchAll(/`((?:src|test|templates|migrations)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  it('name only scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = documents.flatMap((file) =>
      [...read(file).matchAll(/npm run ([a-z-]+(?::[a-z]+)?)/g)].map(([, name = '']) => name),
    );
    expect(named.length).toBeGreaterThan(10);
    expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
  });

  it('SECURITY.md says of every requirement quoted in code and tests how far it has come', () => {
    const quoted = new Set(
      ['src', 'test', 'migrations']
        .flatMap((folder) =>
          readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
            join(folder, file),
          ),
        )
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => read(file).match(/\b[SR]-\d{2,3}\b/g) ?? []),
    );
    const rows = read('SECURITY.md').match(/^\| [SR]-.*$/gm) ?? [];
    const described = rows.flatMap((row) => numbersOf(row.split('|')[1] ?? ''));
    expect(quoted.size).toBeGreaterThan(30);
    expect([...quoted].filter((id) => !described.includes(id))).toEqual([]);
    expect(described.length).toBe(new Set(described).size);
    expect(rows.filter((row) => !/\| (?:yes|part|no|postponed)\b[^|]*\|$/.test(row))).toEqual([]);
  });
});

/** 'S-83 to S-85' → S-83, S-84, S-85; 'S-34, S-35' → both. */
function numbersOf(cell: string): string[] {
  const [from, to] = /S-(\d+) to S-(\d+)/.exec(cell)?.slice(1).map(Number) ?? [];
  if (from === undefined || to === undefined) return cell.match(/[SR]-\d+/g) ?? [];
  return Array.from({ length: to - from + 1 }, (_, index) => `S-${from + index}`);
}

function isThere(path: string): boolean {
  return [path, `${path}.ts`, `${path}.test.ts`].some((name) => existsSync(join(root, name)));
}

/** A line of the shell: settings in front, then the arguments behind `npm run campaign --`. */
function parse(line: string): { settings: [string, string][]; args: string[] } {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  const start = words.indexOf('--');
  const settings = words.slice(0, words.indexOf('npm')).map((word) => word.split('=') as [string, string]);
  // The demonstration with fewer letters, so that the test stays quick.
  return { settings, args: words.slice(start + 1).map((word) => (word === '20000' ? '2000' : word)) };
}

function io(folder: string) {
  return {
    stdout: () => undefined,
    stderr: () => undefined,
    stdin: async () => '',
    now: () => Date.parse('2026-11-23T10:00:00Z'),
    root: folder,
  };
}
