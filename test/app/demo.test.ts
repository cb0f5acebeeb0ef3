import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { runCommand } from '../../src/commands/run-command.ts';
import { connect, type Db } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { day } from '../../src/shared/clock.ts';
import { type SmtpSink, startSmtpSink } from '../mail/smtp-sink.ts';
import { aSupporter, vaultForTests } from '../support/builders.ts';
import { countRows } from '../support/databases.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { root, type Site, siteForTests } from '../support/site.ts';

const now = Date.parse('2026-11-23T10:00:00Z');
const postgres = inject('postgres');
const size = ['--supporters', '20', '--letters', '400', '--days', '300'];
const openSite = siteForTests();
let folder: string;
let settings: Record<string, string>;
let sink: SmtpSink;
let db: Db;

describe('on SQLite', () => suite(async () => ''));
describe.skipIf('skip' in postgres)('on PostgreSQL', () =>
  suite(async () => ('skip' in postgres ? '' : await createPostgresDatabase(postgres.url))),
);

function suite(databaseUrl: () => Promise<string>): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'campaign-demo-'));
    sink = await startSmtpSink({ closeTimeout: 50 });
    settings = {
      CAMPAIGN_MODE: 'development',
      DATA_FOLDER: join(folder, 'data'),
      KEY_FILE: join(folder, 'keys', 'master.key'),
      DATABASE_URL: await databaseUrl(),
      SMTP_URL: `smtp://127.0.0.1:${sink.port}`,
    };
    for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
    const { DATABASE_URL: url } = settings;
    db = connect(
      url
        ? { kind: 'postgres', url, connections: 3 }
        : { kind: 'sqlite', file: join(folder, 'data', 'campaign.db') },
    );
    await migrate(db);
  });
  afterEach(async () => {
    await db.destroy();
    await sink.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('fills the database so that every counter adds up, with the texts gone that would be gone', async () => {
    const { code, out } = await run('demo', ...size);
    expect(code).toBe(0);
    expect(out).toMatch(/^20 supporters, 400 letters over 300 days .*\n.* must be started again now\n$/);
    expect(await countRows(db, 'supporters')).toBe(20);
    expect(await countRows(db, 'letters')).toBe(400);
    const report = JSON.parse((await run('report', '--recount', '--json')).out) as Report;
    expect(report.differences).toEqual([]);
    expect(report.counts.reduce((sum, { n }) => sum + n, 0)).toBe(400);
    expect(new Set(report.counts.map(({ state }) => state)).size).toBeGreaterThanOrEqual(5);
    expect(JSON.parse((await run('verify-audit', '--json')).out)).toMatchObject({ brokenAt: null });

    const letters = await db.selectFrom('letters').select(['created_at', 'text_box']).execute();
    const withText = letters.filter(({ text_box }) => text_box !== null);
    expect(withText.length).toBeGreaterThan(0);
    expect(withText.length).toBeLessThan(letters.length / 5);
    expect(withText.filter(({ created_at }) => created_at <= now - 28 * day)).toEqual([]);
  });

  it('refuses a database that holds anything', async () => {
    await aSupporter(db, vaultForTests());
    expect(await run('demo', ...size)).toEqual(refused);
    expect([await countRows(db, 'letters'), await countRows(db, 'people')]).toEqual([0, 0]);
    expect(await mark()).toBeUndefined();
  });

  it('refuses a database that is a demonstration already, and leaves its mark', async () => {
    expect((await run('demo', '--supporters', '5', '--letters', '0')).code).toBe(0);
    expect(await mark()).toBe('yes');
    expect(await run('demo', ...size)).toEqual(refused);
    expect(await countRows(db, 'supporters')).toBe(5);
    expect(await mark()).toBe('yes');
  });

  it('is marked for ever: a strip on each page, and nothing sent', async () => {
    expect((await run('demo', '--supporters', '5', '--letters', '10')).code).toBe(0);
    const site = await openSite(settings);
    const visitor = site.visitor();
    for (const path of ['/en', '/fr/nz', '/en/nz/write', '/en/join', '/en/organizers/sign-in', '/en/nothing'])
      expect([path, strips((await visitor.get(path)).text)]).toEqual([path, 1]);

    await signUp(site, 'sophea@example.org');
    await wait(1_500);
    const mails = await db.selectFrom('link_mails').select(['state', 'attempts']).execute();
    expect(mails).toEqual([{ state: 'queued', attempts: 0 }]);
    expect(sink.connections()).toBe(0);
    expect(await mark()).toBe('yes');
  });

  it('alone keeps mail back: any other database sends it at once and has no strip', async () => {
    const site = await openSite(settings);
    expect(strips((await site.visitor().get('/en')).text)).toBe(0);
    await signUp(site, 'sophea@example.org');
    await expect
      .poll(() => sink.mails.map(({ to }) => to), { timeout: 5_000 })
      .toEqual([['sophea@example.org']]);
  });
}

const refused = { code: 2, out: expect.stringMatching(/^demo: the database is not empty; .*\n$/) };

type Report = {
  readonly counts: readonly { readonly state: string; readonly n: number }[];
  readonly differences: readonly unknown[];
};

async function mark(): Promise<string | undefined> {
  return (await db.selectFrom('meta').select('value').where('name', '=', 'demo').executeTakeFirst())?.value;
}

function strips(html: string): number {
  return html.split(/aria-label="(?:Demonstration|Démonstration)[^"]*"/).length - 1;
}

async function signUp(site: Site, email: string): Promise<void> {
  const visitor = site.visitor();
  const sent = await visitor.send(await visitor.get('/en/join'), { country: 'NZ', email, keep: 'yes' });
  expect(sent.status).toBe(200);
}

async function run(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const io = { stdout: write, stderr: write, stdin: async () => '', now: () => now, root };
  return { code: await runCommand(args, io), out };
}
