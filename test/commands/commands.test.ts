import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import { runCommand } from '../../src/commands/run-command.ts';

const root = join(import.meta.dirname, '..', '..');
const notVerbs = ['command', 'read-list-file', 'run-command'];
const verbs = readdirSync(join(root, 'src/commands'))
  .map((file) => file.replace('.ts', ''))
  .filter((name) => !notVerbs.includes(name));
/** Verbs that read the settings; the others need none. */
const withSettings = verbs.filter((name) => !['compose', 'check-letters', 'compare-letters'].includes(name));
/** What a verb needs besides, so that the settings are the only thing wrong. */
const enough: Readonly<Record<string, readonly string[]>> = {
  'import-representatives': ['package.json', '--country', 'NZ'],
  'import-postcodes': ['package.json', '--country', 'AU'],
  'invite-organizer': ['--email', 'ana@example.org', '--country', 'NZ'],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'campaign-commands-'));
  vi.stubEnv('CAMPAIGN_MODE', 'development');
  vi.stubEnv('DATA_FOLDER', join(folder, 'data'));
  vi.stubEnv('KEY_FILE', join(folder, 'keys', 'master.key'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a verb in this process. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await runCommand(args, {
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
  return { code, out, err };
}

describe('every verb', () => {
  it('is in the list, each with half a line', async () => {
    const { code, out, err } = await run('--help');
    const listed = [...out.matchAll(/^ {2}([a-z-]+) +\S.*$/gm)].map((match) => match[1]);
    expect(listed.sort()).toEqual([...verbs].sort());
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(await run()).toEqual({ code, out, err });
  });

  it.each(verbs)('%s says how it is used', async (verb) => {
    const { code, out, err } = await run(verb, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.startsWith(verb)).toBe(true);
  });

  it.each(verbs)('%s ends with 2 and one line for an option that it does not have', async (verb) => {
    vi.stubEnv('PORT', '0');
    const { code, out, err } = await run(verb, ...(enough[verb] ?? []), '--no-such-option');
    expect(err).toMatch(oneLine);
    expect(err.startsWith(`${verb}: `)).toBe(true);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.each(withSettings)(
    '%s ends with 2 and the name of a setting that is wrong, never its value',
    async (verb) => {
      vi.stubEnv('PORT', 'abc-secret');
      const { code, out, err } = await run(verb, ...(enough[verb] ?? []));
      expect(err).toBe(`${verb}: PORT: must be a port number\n`);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});

describe('a wrong setting', () => {
  it.each([
    ['CAMPAIGN_MODE', 'x', 'must be "development" or "production"'],
    ['PORT', '70000', 'must be a port number'],
    ['PORT', '3000.5', 'must be a port number'],
    ['SITE_URL', 'javascript:alert(1)', 'must be a http(s) address'],
    ['MAIL_SITE_URL', 'campaign', 'must be a http(s) address'],
    ['NEUTRAL_SITE', 'ftp://example.org', 'must be a http(s) address'],
    ['DATABASE_URL', 'mysql://example.org/x', 'must be a postgres:// address'],
    ['SMTP_URL', 'https://example.org', 'must look like smtp://user:password@host:587'],
    ['LETTER_SENDER', 'a@b, c@d', 'must be an e-mail address'],
    ['SUPPORTER_SENDER', 'nobody', 'must be an e-mail address'],
    ['SENDING', 'maybe', 'must be "on" or "paused"'],
  ])('%s=%s names itself in one line', async (name, value, message) => {
    vi.stubEnv(name, value);
    const { code, err } = await run('migrate');
    expect(err).toMatch(oneLine);
    expect(err.startsWith(`migrate: ${name}: ${message}`)).toBe(true);
    if (value.length > 1) expect(err).not.toContain(value);
    expect(code).toBe(2);
  });

  it('KEY_FILE is one beside the database, and one of the wrong length', async () => {
    vi.stubEnv('KEY_FILE', join(folder, 'data', 'master.key'));
    const beside = await run('invite-organizer', ...(enough['invite-organizer'] ?? []));
    expect(beside).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(/^invite-organizer: KEY_FILE: the key lies beside the database.*\n$/),
    });

    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'keys', 'master.key'), 'c2hvcnQ=\n', { mode: 0o600 });
    vi.stubEnv('KEY_FILE', join(folder, 'keys', 'master.key'));
    const short = await run('invite-organizer', ...(enough['invite-organizer'] ?? []));
    expect(short.err).toMatch(/^invite-organizer: KEY_FILE: .* must hold 32 bytes in base64\n$/);
    expect(short.err).not.toContain('c2hvcnQ');
    expect(short.code).toBe(2);
  });
});

describe('migrate', () => {
  it('makes the database, and the second time finds it up to date', async () => {
    const names = Object.keys(migrations);
    expect(await run('migrate')).toEqual({ code: 0, out: `applied ${names.join(', ')}\n`, err: '' });
    expect(await run('migrate')).toEqual({ code: 0, out: 'up to date\n', err: '' });
    expect(await run('migrate', '--json')).toEqual({ code: 0, out: '{"applied":[]}\n', err: '' });
  });

  it('fails with 1, one line and no stack where the file is no database', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'campaign.db'), 'Not a database at all. '.repeat(100));
    const { code, out, err } = await run('migrate');
    expect(err).toMatch(oneLine);
    expect({ code, out }).toEqual({ code: 1, out: '' });
  });
});

describe('the program itself', () => {
  it.each([
    [
      'a verb that there is not',
      ['send-everything'],
      {},
      /^there is no command "send-everything"; .*--help.*\n$/,
    ],
    ['a verb named as every object has it', ['constructor'], {}, /^there is no command "constructor"; .*\n$/],
    ['a wrong port', ['serve'], { PORT: 'abc' }, /^serve: PORT: must be a port number\n$/],
    [
      'production, which is not open yet',
      ['serve'],
      { CAMPAIGN_MODE: 'production' },
      /^serve: CAMPAIGN_MODE: production is not open yet: .*SECURITY\.md.*\n$/,
    ],
  ])('ends with 2 and one line for %s', (_, args, env, line) => {
    const { status, stdout, stderr } = start(args, env);
    expect(stderr).toMatch(line);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends with 0 when it did what was asked', () => {
    const { status, stdout, stderr } = start(['migrate', '--json'], {});
    expect(JSON.parse(stdout)).toEqual({ applied: Object.keys(migrations) });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(
      readFileSync(join(folder, 'data', 'campaign.db'))
        .subarray(0, 15)
        .toString(),
    ).toBe('SQLite format 3');
  });
});

const oneLine = /^[^\n]+\n$/;

/** Starts the program as `npm run campaign` does. */
function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  return spawnSync(process.execPath, ['--import', './src/check-node.mjs', 'src/main.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    timeout: 30_000,
  });
}
