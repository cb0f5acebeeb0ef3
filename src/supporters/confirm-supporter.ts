import { appendAudit } from '../audit/audit.ts';
import type { Tx } from '../database/connect.ts';
import { workerActor } from '../shared/actor.ts';
import { addSupporterCounts, markConfirmed, proveConsents } from './supporter-store.ts';

/** Marks a mailbox as proven by a link, and what was agreed to with it; a second time changes nothing. */
export async function confirmSupporter(
  tx: Tx,
  supporter: { readonly id: string; readonly country: string },
  linkId: string,
  now: number,
): Promise<void> {
  await proveConsents(tx, linkId, now);
  if (!(await markConfirmed(tx, supporter.id, now))) return;
  await addSupporterCounts(tx, [
    { country: supporter.country, state: 'confirmed', n: 1 },
    { country: supporter.country, state: 'unconfirmed', n: -1 },
  ]);
  await appendAudit(
    tx,
    workerActor,
    [
      {
        action: 'supporter confirmed',
        subjectKind: 'supporter',
        subjectId: supporter.id,
        country: supporter.country,
      },
    ],
    now,
  );
}
