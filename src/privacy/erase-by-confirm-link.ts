import type { Db } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { letterById, lettersOfSupporter } from '../letters/letter-store.ts';
import { moveLetter } from '../letters/move-letters.ts';
import { useLink } from '../links/links.ts';
import { workerActor } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { supporterById } from '../supporters/supporter-store.ts';
import { eraseInTransaction } from './erase-supporter.ts';

/**
 * "I have changed my mind", pressed instead of confirming: the letter goes, and with it the person if this was
 * all there is of them. @throws Failure 'link-invalid'
 */
export async function eraseByConfirmLink(
  parts: { db: Db; clock: Clock },
  token: string,
  shownLetterId: string,
): Promise<void> {
  const now = parts.clock.now();
  await inTransaction(parts.db, async (tx) => {
    const link = await useLink(tx, token, 'confirm', now);
    const letter = link && (await letterById(tx, workerActor, link.subjectId));
    const supporter = letter && (await supporterById(tx, workerActor, letter.supporterId));
    if (!letter || !supporter || letter.id !== shownLetterId || letter.state !== 'awaiting-confirmation')
      throw new Failure('link-invalid');
    const letters = await lettersOfSupporter(tx, workerActor, supporter.id);
    if (supporter.state === 'unconfirmed' && letters.length === 1)
      return await eraseInTransaction(tx, workerActor, supporter, now);
    await moveLetter(tx, workerActor, { letterId: letter.id, to: 'withdrawn', at: now });
  });
}
