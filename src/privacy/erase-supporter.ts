import { appendAudit } from '../audit/audit.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { forgetLetters } from '../letters/forget-letters.ts';
import { type Actor, workerActor } from '../shared/actor.ts';
import { type Clock, day } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { forgetSupporter } from '../supporters/forget-supporter.ts';
import { type Supporter, staleUnconfirmed, supporterById } from '../supporters/supporter-store.ts';

/**
 * Erases a person and everything they wrote, in one transaction.
 * @throws Failure 'not-found' for a supporter the actor may not see; 'conflict' while a letter is being sent.
 */
export async function eraseSupporter(
  parts: { db: Db; clock: Clock },
  actor: Actor,
  supporterId: string,
): Promise<void> {
  await inTransaction(parts.db, async (tx) => {
    const supporter = await supporterById(tx, actor, supporterId);
    if (!supporter) throw new Failure('not-found');
    await eraseInTransaction(tx, actor, supporter, parts.clock.now());
  });
}

/** Erases people who never pressed the button in their mail: after 72 hours nothing of them is left. */
export async function eraseUnconfirmed(parts: { db: Db; clock: Clock }): Promise<number> {
  const now = parts.clock.now();
  return await inTransaction(parts.db, async (tx) => {
    const stale = await staleUnconfirmed(tx, now - 3 * day, 200);
    for (const supporter of stale) await eraseInTransaction(tx, workerActor, supporter, now);
    return stale.length;
  });
}

/** Forgets letters first, then the person; one audit entry, by id only. */
export async function eraseInTransaction(
  tx: Tx,
  actor: Actor,
  supporter: Supporter,
  now: number,
): Promise<void> {
  await forgetLetters(tx, actor, supporter.id, now);
  await forgetSupporter(tx, supporter);
  const entry = {
    action: 'supporter erased',
    subjectKind: 'supporter',
    subjectId: supporter.id,
    country: supporter.country,
  };
  await appendAudit(tx, actor, [entry], now);
}
