import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { appendAudit } from '../../src/audit/audit.ts';
import { runCommand } from '../../src/commands/run-command.ts';
import { connect, type Db } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { forgetLetters } from '../../src/letters/forget-letters.ts';
import { moveLetter } from '../../src/letters/move-letters.ts';
import { appendEvents } from '../../src/outreach/append-events.ts';
import { seatsOfCountry } from '../../src/representatives/representative.ts';
import { workerActor } from '../../src/shared/actor.ts';
import { forgetSupporter } from '../../src/supporters/forget-supporter.ts';
import { supporterById } from '../../src/supporters/supporter-store.ts';
import { aLetter, aSupporter, vaultForTests } from '../support/builders.ts';
import { createPostgresDatabase } from '../support/postgres.ts';
import { importInventedInto } from '../support/site.ts';

const root = join(import.meta.dirname, '..', '..');
const at = Date.parse('2026-11-23T23:59:00Z');
const postgres = inject('postgres');
let folder: string;
let db: Db;
let seatId: string;

describe('on SQLite', () => suite(async () => undefined));
describe.skipIf('skip' in postgres)('on PostgreSQL', () =>
  suite(async () => ('skip' in postgres ? undefined : await createPostgresDatabase(postgres.url))),
);

function suite(databaseUrl: () => Promise<string | undefined>): void {
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'campaign-report-'));
    const url = await databaseUrl();
    vi.stubEnv('CAMPAIGN_MODE', 'development');
    vi.stubEnv('DATA_FOLDER', join(folder, 'data'));
    vi.stubEnv('KEY_FILE', join(folder, 'keys', 'master.key'));
    vi.stubEnv('DATABASE_URL', url ?? '');
    db = connect(
      url
        ? { kind: 'postgres', url, connections: 3 }
        : { kind: 'sqlite', file: join(folder, 'data', 'campaign.db') },
    );
    await migrate(db);
  });
  afterEach(async () => {
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds nothing to say while every counter agrees, also after people have left', async () => {
    await live();
    expect(await run('report', '--recount')).toEqual({
      code: 0,
      out: expect.stringMatching(/the counters agree with the events\n$/),
    });
    const { out } = await run('report', '--recount', '--json');
    const { counts, differences } = JSON.parse(out) as { counts: { n: number }[]; differences: unknown[] };
    expect(counts.reduce((sum, { n }) => sum + n, 0)).toBe(3);
    expect(differences).toEqual([]);
  });

  it.each(raisings)('finds %s raised by hand', async (table, raise, wanted) => {
    await live();
    await raise();
    const { code, out } = await run('report', '--recount', '--json');
    expect((JSON.parse(out) as { differences: unknown[] }).differences).toEqual([{ table, ...wanted() }]);
    expect(code).toBe(1);
    expect((await run('report', '--recount')).out).toMatch(
      new RegExp(`^${table} NZ .*: the counter says \\d+, the (events|rows) say \\d+$`, 'm'),
    );
    expect((await run('report', '--json')).code).toBe(0);
  });

  it('finds a counter that stands where nothing ever happened', async () => {
    await db
      .insertInto('daily_counts')
      .values({ country: 'FR', day: '2026-01-01', kind: 'answered', n: 1 })
      .execute();
    expect(await run('report', '--recount')).toEqual({
      code: 1,
      out: 'no letters yet\ndaily_counts FR 2026-01-01 answered: the counter says 1, the events say 0\n',
    });
  });

  it('reads while another process holds the write lock', async () => {
    await live();
    await inTransaction(db, async (tx) => {
      await appendAudit(tx, workerActor, [{ action: 'not committed yet' }], at);
      const report = await run('report', '--recount');
      expect(report.code).toBe(0);
      const verified = await run('verify-audit', '--json');
      expect(verified.code).toBe(0);
    });
  });
}

/** Each counter, raised by one, and how the report names it. */
const raisings: readonly [string, () => Promise<unknown>, () => Record<string, string | number>][] = [
  [
    'letter_counts',
    () =>
      db
        .updateTable('letter_counts')
        .set({ n: 2 })
        .where('ask', '=', 'asylum')
        .where('state', '=', 'submitted')
        .execute(),
    () => ({ country: 'NZ', ask: 'asylum', state: 'submitted', counter: 2, events: 1 }),
  ],
  [
    'office_counts',
    () => db.updateTable('office_counts').set({ n: 5 }).where('state', '=', 'submitted').execute(),
    () => ({ country: 'NZ', seatId, state: 'submitted', counter: 5, events: 1 }),
  ],
  [
    'daily_counts',
    () => db.updateTable('daily_counts').set({ n: 4 }).where('kind', '=', 'letter-submitted').execute(),
    () => ({ country: 'NZ', day: '2026-11-23', kind: 'letter-submitted', counter: 4, events: 1 }),
  ],
  [
    'supporter_counts',
    () => db.updateTable('supporter_counts').set({ n: 9 }).where('state', '=', 'confirmed').execute(),
    () => ({ country: 'NZ', state: 'confirmed', counter: 9, events: 1 }),
  ],
];

/** Two supporters and three letters: one submitted at an office and answered, one queued, one erased with its writer. */
async function live(): Promise<void> {
  await importInventedInto(db, at);
  [{ seatId } = { seatId: '' }] = await seatsOfCountry(db, 'NZ');
  const vault = vaultForTests();
  const stays = await aSupporter(db, vault, { at });
  const leaves = await aSupporter(db, vault, { at, state: 'unconfirmed' });
  const sent = await aLetter(db, vault, stays, { ask: 'asylum', seatId, state: 'sending', stateSince: at });
  await aLetter(db, vault, stays, { ask: 'visa-sanctions', stateSince: at });
  await aLetter(db, vault, leaves, { ask: 'asylum', seatId, stateSince: at });
  await inTransaction(db, async (tx) => {
    await moveLetter(tx, workerActor, { letterId: sent, to: 'submitted', at });
    const answer = { threadId: null, letterId: null, country: 'NZ', seatId, ask: 'asylum' };
    await appendEvents(tx, workerActor, [
      { ...answer, kind: 'answered', fromState: null, toState: null, at: at + 60_000 },
    ]);
    await forgetLetters(tx, workerActor, leaves.id, at);
    const supporter = await supporterById(tx, workerActor, leaves.id);
    if (supporter) await forgetSupporter(tx, supporter);
  });
}

async function run(...args: string[]): Promise<{ code: number; out: string }> {
  let out = '';
  const code = await runCommand(args, {
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      out += text;
    },
    stdin: async () => '',
    now: () => at,
    root,
  });
  return { code, out };
}
