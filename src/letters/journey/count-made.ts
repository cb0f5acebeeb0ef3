import { createHash } from 'node:crypto';
import type { Db } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { type Clock, dayOf } from '../../shared/clock.ts';
import { countMadeLetter } from '../letter-counts-store.ts';

/** Forms counted already, by hash, in memory only: the count is of letters, not of page views. */
const counted = new Set<string>();
const mostKept = 20_000;

/** Counts a letter made without a record: plus one for country, ask and month, once a form, and nothing else. */
export async function countMade(
  parts: { db: Db; clock: Clock },
  fixed: string,
  made: { country: string; ask: string },
): Promise<void> {
  const form = createHash('sha256').update(fixed).digest('base64url');
  if (counted.has(form)) return;
  if (counted.size >= mostKept) counted.clear();
  counted.add(form);
  const month = dayOf(parts.clock.now()).slice(0, 7);
  await inTransaction(parts.db, (tx) => countMadeLetter(tx, { ...made, month }));
}
