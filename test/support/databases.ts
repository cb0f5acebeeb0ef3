import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, describe, inject } from 'vitest';
import { connect, type Db } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createPostgresDatabase } from './postgres.ts';

export type OpenDatabase = () => Promise<Db>;

/** A migrated SQLite database in a temporary folder; closed and removed after the test. */
export function sqliteForTests(): OpenDatabase {
  const opened: { db: Db; folder: string }[] = [];
  afterEach(async () => {
    for (const { db, folder } of opened.splice(0)) {
      await db.destroy();
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'campaign-db-'));
    const db = connect({ kind: 'sqlite', file: join(folder, 'data', 'campaign.db') });
    opened.push({ db, folder });
    await migrate(db);
    return db;
  };
}

/** Runs a suite on SQLite and on PostgreSQL; where no PostgreSQL can be started (never in CI) the second is skipped. */
export function forEachDatabase(suite: (open: OpenDatabase, engine: 'sqlite' | 'postgres') => void): void {
  describe('on SQLite', () => suite(sqliteForTests(), 'sqlite'));
  const server = inject('postgres');
  describe.skipIf('skip' in server)('on PostgreSQL', () => suite(postgresForTests(), 'postgres'));
}

/** A migrated PostgreSQL database of its own for each call; closed after the test. */
export function postgresForTests(): OpenDatabase {
  const opened: Db[] = [];
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.destroy();
  });
  return async () => {
    const server = inject('postgres');
    if ('skip' in server) throw new Error(server.skip);
    const db = connect({ kind: 'postgres', url: await createPostgresDatabase(server.url), connections: 8 });
    opened.push(db);
    await migrate(db);
    return db;
  };
}

/** The number of rows of a table. */
export async function countRows(db: Db, table: string): Promise<number> {
  const result = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return Number(result.rows[0]?.n ?? 0);
}
