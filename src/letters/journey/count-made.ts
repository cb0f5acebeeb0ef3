import { createHash } from 'node:crypto';
import type { Db } from '../../database/connect.ts';
import { inTransaction } from '../../database/transaction.ts';
import { type Clock, dayOf } from '../../shared/clock.ts';
import { countMadeLetter } from '../letter-counts-store.ts';

/** Counts a letter made without a record: plus one for country, ask and month, once a form, and nothing else. */
export type CountMade = (fixed: string, made: { country: string; ask: string }) => Promise<void>;

const mostKept = 20_000;

/** Counts letters, not page views: forms counted already are known by hash, in memory only. */
export function createMadeCounter(parts: { readonly db: Db; readonly clock: Clock }): CountMade {
  const counts = new Map<string, Promise<void>>();
  return async (fixed, made) => {
    const form = createHash('sha256').update(fixed).digest('base64url');
    const month = dayOf(parts.clock.now()).slice(0, 7);
    if (counts.has(form)) return await counts.get(form);
    if (counts.size >= mostKept) counts.clear();
    const count = inTransaction(parts.db, (tx) => countMadeLetter(tx, { ...made, month }));
    counts.set(form, count);
    try {
      await count;
    } catch (error) {
      counts.delete(form);
      throw error;
    }
  };
}
