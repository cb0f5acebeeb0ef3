import { setTimeout as wait } from 'node:timers/promises';
import { PostgresAdapter, sql } from 'kysely';
import { Failure } from '../shared/errors.ts';
import type { Db, Tx } from './connect.ts';

const patience = 5_000;

/**
 * Runs `work` in one writing transaction and tries again while another process holds the lock, up to five
 * seconds. Writers take turns on both engines: what is right on one is right on the other, and no two wait for
 * each other in a ring. Nothing but SQL may be awaited inside.
 * @throws Failure 'busy' when the lock did not come free.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const until = performance.now() + patience;
  for (;;) {
    try {
      return await db.transaction().execute(async (tx) => {
        if (isPostgres(db)) await takeTurn(tx);
        return await work(tx);
      });
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (performance.now() > until) throw new Failure('busy', 'database locked');
      await wait(10 + Math.random() * 40);
    }
  }
}

/**
 * Runs `work`, which only reads: it waits for no writer and keeps none waiting. On PostgreSQL everything it reads
 * is of one moment; on SQLite no other work of this process comes between.
 */
export async function inSnapshot<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (!isPostgres(db)) return await db.connection().execute((connection) => work(connection as Tx));
  return await db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}

function isPostgres(db: Db): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Any number, the same for every process on the database. */
const writersLock = 20_171_116;

// What SQLite does by itself (`begin immediate`). Given back at the end of the transaction.
async function takeTurn(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${writersLock})`.execute(tx);
}

// SQLite: another process writes. PostgreSQL: serialization failure, deadlock, lock not available.
function isLocked(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return false;
  return (
    code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED' || ['40001', '40P01', '55P03'].includes(code)
  );
}

/** Whether an error says that a unique index already holds this row. */
function isDuplicate(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === '23505';
}

/**
 * As `inTransaction`, and once more if two at the same moment wanted to insert the same thing:
 * the second time it is found. For PostgreSQL; SQLite lets one in after the other.
 */
export async function inTransactionOrAgain<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await inTransaction(db, work);
    } catch (error) {
      if (!isDuplicate(error) || tries === 5) throw error;
    }
  }
}
