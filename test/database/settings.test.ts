import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { connect, type Db } from '../../src/database/connect.ts';
import { readMeta, writeMeta } from '../../src/database/meta.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openSqlite, sqliteSettingsFault } from '../../src/database/sqlite.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { Failure, UsageError } from '../../src/shared/errors.ts';

const cleaning: (() => unknown)[] = [];

afterEach(async () => {
  for (const clean of cleaning.splice(0).reverse()) await clean();
});

describe('the settings of SQLite', () => {
  it('are kept by a file that is opened again (S-94)', async () => {
    const file = newFile();
    await (await open(file)).destroy();
    const db = await open(file);
    expect(await settingsOf(db)).toEqual({
      journal_mode: 'wal',
      synchronous: 2,
      secure_delete: 1,
      trusted_schema: 0,
      foreign_keys: 1,
      timeout: 50,
    });
    expect(sqliteSettingsFault(openRaw(file, openSqlite))).toBeNull();
  });

  it('would be lost without being set again: the file alone does not keep them', async () => {
    const file = newFile();
    await open(file);
    expect(sqliteSettingsFault(openRaw(file))).toBe('synchronous is 1, not 2');
  });

  it.each([
    ['journal_mode', 'delete', 'wal'],
    ['synchronous', 1, 2],
    ['secure_delete', 0, 1],
    ['trusted_schema', 1, 0],
    ['foreign_keys', 0, 1],
    ['busy_timeout', 5000, 50],
  ])('are each read back: %s that is %s is found', (name, weaker, wanted) => {
    const database = openRaw(join(newFile(), '..', '..', 'own.db'), openSqlite);
    expect(sqliteSettingsFault(database)).toBeNull();
    database.pragma(`${name} = ${weaker}`);
    expect(sqliteSettingsFault(database)).toBe(`${name} is ${weaker}, not ${wanted}`);
  });

  it('that cannot be kept end the start, and the setting is named', () => {
    // A database in memory has no journal on a disk: the one place where WAL is refused without a word.
    const start = () => connect({ kind: 'sqlite', file: ':memory:' });
    expect(start).toThrow(UsageError);
    expect(start).toThrow('journal_mode is memory, not wal');
  });

  it.skipIf(process.platform === 'win32')('come with a file that only its owner reads', async () => {
    const file = newFile();
    await open(file);
    expect(statSync(file).mode & 0o077).toBe(0);
  });
});

describe('what is deleted', () => {
  const marker = 'Sophea-of-the-marker-7719';
  const write = (db: Db) => inTransaction(db, (tx) => writeMeta(tx, 'marker', `${marker}${'.'.repeat(300)}`));
  const remove = (db: Db) =>
    inTransaction(db, (tx) => tx.deleteFrom('meta').where('name', '=', 'marker').execute());
  const checkpoint = (db: Db) => sql`pragma wal_checkpoint(truncate)`.execute(db);

  it('is not in the file any more after a checkpoint', async () => {
    const file = newFile();
    const db = await open(file);
    await write(db);
    await checkpoint(db);
    expect(filesWith(file, marker)).toEqual(['campaign.db']);
    await remove(db);
    await checkpoint(db);
    expect(filesWith(file, marker)).toEqual([]);
  });

  it('would still be there without secure_delete', async () => {
    const file = newFile();
    const db = await open(file);
    await write(db);
    await sql`pragma secure_delete = 0`.execute(db);
    await remove(db);
    await checkpoint(db);
    expect(filesWith(file, marker)).toEqual(['campaign.db']);
  });
});

describe('while another process writes', () => {
  // The machine itself may stall a process for longer than we allow ourselves, hence more than one try.
  it('reads go on, writes wait without stopping the process, and after five seconds they are busy (R-05)', {
    retry: 2,
  }, async () => {
    const file = newFile();
    const db = await open(file);
    await inTransaction(db, (tx) => writeMeta(tx, 'before', 'here'));
    await lockFromOutside(file);
    const stall = watchStall();
    const started = performance.now();
    const writing = inTransaction(db, (tx) => writeMeta(tx, 'during', 'x')).catch((error: unknown) => error);
    let reads = 0;
    for (; performance.now() - started < 2_000; reads++) {
      expect(await readMeta(db, 'before')).toBe('here');
      await wait(20);
    }
    const error = await writing;
    const waited = performance.now() - started;
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).kind).toBe('busy');
    expect(waited).toBeGreaterThan(4_900);
    expect(waited).toBeLessThan(7_000);
    expect(reads).toBeGreaterThan(10);
    expect(stall.longest()).toBeLessThanOrEqual(150);
  });

  it('a write gets through as soon as the other is done', async () => {
    const file = newFile();
    const db = await open(file);
    const release = await lockFromOutside(file);
    setTimeout(release, 500);
    await inTransaction(db, (tx) => writeMeta(tx, 'during', 'x'));
    expect(await readMeta(db, 'during')).toBe('x');
  });
});

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'campaign-settings-'));
  cleaning.push(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'data', 'campaign.db');
}

async function open(file: string): Promise<Db> {
  const db = connect({ kind: 'sqlite', file });
  cleaning.push(() => db.destroy());
  await migrate(db);
  return db;
}

function openRaw(file: string, opened: (file: string) => Database.Database = (name) => new Database(name)) {
  const database = opened(file);
  cleaning.push(() => database.close());
  return database;
}

async function settingsOf(db: Db): Promise<Record<string, unknown>> {
  const names = [
    'journal_mode',
    'synchronous',
    'secure_delete',
    'trusted_schema',
    'foreign_keys',
    'busy_timeout',
  ];
  const rows = await Promise.all(
    names.map((name) => sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(db)),
  );
  return Object.assign({}, ...rows.map((result) => result.rows[0]));
}

/** Names of the files of a database that hold a word. */
function filesWith(file: string, word: string): string[] {
  const folder = join(file, '..');
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(word));
}

/** Another process takes the write lock and keeps it. @returns how to make it let go. */
async function lockFromOutside(file: string): Promise<() => void> {
  const program = `
    const database = new (require('better-sqlite3'))(${JSON.stringify(file)});
    database.exec('begin immediate');
    process.stdout.write('locked');
    process.stdin.once('data', () => { database.exec('commit'); process.exit(0); });`;
  const child: ChildProcess = spawn(process.execPath, ['--eval', program], {
    cwd: join(import.meta.dirname, '..', '..'),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  cleaning.push(async () => {
    if (child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [word] = (await once(child.stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  expect(word.toString()).toBe('locked');
  return () => void child.stdin?.write('go');
}

/** Milliseconds for which the event loop stood still, at most. */
function watchStall(): { longest(): number } {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5);
    last = performance.now();
  }, 5);
  cleaning.push(() => clearInterval(timer));
  return { longest: () => longest };
}
