import { PostgresAdapter, sql } from 'kysely';
import type { Db } from './connect.ts';

/**
 * Takes what SQLite has written beside the database into it and empties that file: what was erased stands in no
 * older copy of a page any more. On PostgreSQL the server does this itself.
 */
export async function checkpoint(db: Db): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) return;
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
}
