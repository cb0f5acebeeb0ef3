import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../shared/errors.ts';
import type { Db, Tx } from './connect.ts';

const patience = 5_000;

/**
 * Runs `work` in one transaction and tries again while another process holds the lock, up to five seconds.
 * Nothing but SQL may be awaited inside.
 * @throws Failure 'busy' when the lock did not come free.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const until = performance.now() + patience;
  for (;;) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (performance.now() > until) throw new Failure('busy', 'database locked');
      await wait(10 + Math.random() * 40);
    }
  }
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
