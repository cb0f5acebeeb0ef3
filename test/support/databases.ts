import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { connect, type Db } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

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

/**
 * Runs a suite on SQLite and on PostgreSQL. Where no PostgreSQL can be started the second half is skipped
 * with the reason printed; in CI it fails.
 */
export function forEachDatabase(suite: (open: OpenDatabase, engine: 'sqlite' | 'postgres') => void): void {
  describe('on SQLite', () => suite(sqliteForTests(), 'sqlite'));
  describe('on PostgreSQL', () => {
    let server: TestPostgres;
    const opened: Db[] = [];
    beforeAll(async (context) => {
      const started = await startPostgres();
      if ('skip' in started) {
        console.log(`skipped on PostgreSQL: ${started.skip}`);
        (context as unknown as { skip?: () => void }).skip?.();
        return;
      }
      server = started;
    });
    afterEach(async () => {
      for (const db of opened.splice(0)) await db.destroy();
    });
    afterAll(async () => server?.stop());
    suite(async () => {
      const db = connect({ kind: 'postgres', url: await server.createDatabase(), connections: 8 });
      opened.push(db);
      await migrate(db);
      return db;
    }, 'postgres');
  });
}

/** The number of rows of a table. */
export async function countRows(db: Db, table: string): Promise<number> {
  const result = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return Number(result.rows[0]?.n ?? 0);
}
