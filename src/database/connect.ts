import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { UsageError } from '../shared/errors.ts';
import { createSqliteDialect, openSqlite, sqliteSettingsFault } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;

/** Where the data is: a SQLite file (made if absent) or a PostgreSQL address. */
export type DatabaseLocation =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly connections?: number };

/**
 * Opens the database.
 * @throws UsageError if SQLite does not keep the settings that durability and forgetting rest on (security S-94).
 */
export function connect(location: DatabaseLocation): Db {
  return location.kind === 'sqlite' ? connectSqlite(location.file) : connectPostgres(location);
}

function connectSqlite(file: string): Db {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Opened twice: a fresh file reads back settings that a re-opened one has silently lost.
  openSqlite(file).close();
  const database = openSqlite(file);
  const fault = sqliteSettingsFault(database);
  if (fault) {
    database.close();
    throw new UsageError(`the database file does not keep its settings: ${fault}`);
  }
  if (process.platform !== 'win32') chmodSync(file, 0o600);
  return new Kysely<Tables>({ dialect: createSqliteDialect(database) });
}

function connectPostgres(location: { url: string; connections?: number }): Db {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  const pool = new pg.Pool({
    connectionString: location.url,
    max: location.connections ?? 10,
    statement_timeout: 30_000,
    lock_timeout: 1_000,
  });
  // An idle connection that the server closes is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
}
