import { createHash } from 'node:crypto';
import type { Tx } from '../database/connect.ts';
import { type Actor, actorId } from '../shared/actor.ts';
import { advanceHead, auditEntriesAfter, insertEntries, readHead, setHeadHash } from './audit-store.ts';

/** What was done to what, in ids only (security S-101). */
export type AuditEntry = {
  /** A verb phrase, such as 'letter submitted' or 'organizer signed in'. */
  readonly action: string;
  readonly subjectKind?: string;
  readonly subjectId?: string;
  readonly country?: string;
};

/** Appends to the trail, in the transaction of the deed itself: there is no deed without its entry. */
export async function appendAudit(
  tx: Tx,
  actor: Actor,
  entries: readonly AuditEntry[],
  now: number,
): Promise<void> {
  if (entries.length === 0) return;
  const head = await advanceHead(tx, entries.length);
  let { hash } = head;
  const rows = entries.map((entry, place) => {
    const row = {
      seq: head.seq - entries.length + place + 1,
      at: now,
      actor_kind: actor.kind,
      actor_id: actorId(actor),
      action: entry.action,
      subject_kind: entry.subjectKind ?? null,
      subject_id: entry.subjectId ?? null,
      country: entry.country ?? null,
    };
    hash = chain(hash, row);
    return { ...row, hash };
  });
  await insertEntries(tx, rows);
  await setHeadHash(tx, hash);
}

/**
 * Walks the whole chain and compares its end with the head, so that entries taken off the end are missed too.
 * Entries may be appended meanwhile. @returns the number of entries that follow, and the first number that does
 * not, or null.
 */
export async function verifyAudit(
  tx: Tx,
): Promise<{ readonly entries: number; readonly brokenAt: number | null }> {
  let last: End = { seq: 0, hash: '0'.repeat(64) };
  for (;;) {
    // Before the page: then the page holds every entry that this head counts.
    const head = await readHead(tx);
    const rows = await auditEntriesAfter(tx, last.seq, 1_000);
    if (rows.length === 0) return { entries: last.seq, brokenAt: breakAtEnd(last, head) };
    for (const { hash: stored, ...row } of rows) {
      const hash = chain(last.hash, row);
      if (row.seq !== last.seq + 1 || stored !== hash) return { entries: last.seq, brokenAt: row.seq };
      last = { seq: row.seq, hash };
    }
  }
}

type End = { readonly seq: number; readonly hash: string };

function breakAtEnd(last: End, head: End): number | null {
  if (last.seq !== head.seq) return Math.min(last.seq, head.seq) + 1;
  return last.hash === head.hash ? null : last.seq;
}

function chain(previous: string, row: Record<string, string | number | null>): string {
  const { seq, at, actor_kind, actor_id, action, subject_kind, subject_id, country } = row;
  const text = JSON.stringify([
    previous,
    seq,
    at,
    actor_kind,
    actor_id,
    action,
    subject_kind,
    subject_id,
    country,
  ]);
  return createHash('sha256').update(text).digest('hex');
}
