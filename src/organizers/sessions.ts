import { createHash } from 'node:crypto';
import { appendAudit } from '../audit/audit.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import type { Actor } from '../shared/actor.ts';
import { hour, minute } from '../shared/clock.ts';
import { newToken } from '../shared/ids.ts';
import { organizerById, rolesOf } from './organizer-store.ts';
import {
  deleteSession,
  deleteSessionsBefore,
  endSessions,
  insertSession,
  type Session,
  sessionByHash,
  touchSession,
} from './session-store.ts';

/** Security S-25. */
const idleFor = 15 * minute;
export const sessionLasts = 8 * hour;
const inParallel = 3;
/** A page view within this time of the last does not write: most views are reads. */
const touchAfter = minute;

/** @returns the session's id, for the cookie; only its hash is stored. */
export async function startSession(
  tx: Tx,
  organizerId: string,
  factors: 1 | 2,
  now: number,
): Promise<string> {
  const id = newToken();
  await insertSession(tx, {
    idHash: hashSessionId(id),
    organizerId,
    factors,
    createdAt: now,
    lastSeenAt: now,
  });
  await endSessions(tx, organizerId, inParallel);
  return id;
}

export type SignedIn = { readonly actor: Actor & { kind: 'organizer' }; readonly session: Session };

/** Who a session belongs to, if it is alive and its organizer active; null otherwise. */
export async function findSession(db: Db, sessionId: string, now: number): Promise<SignedIn | null> {
  const found = await inSnapshot(db, async (tx) => {
    const session = await sessionByHash(tx, hashSessionId(sessionId));
    if (!session || now - session.lastSeenAt >= idleFor || now - session.createdAt >= sessionLasts)
      return null;
    const organizer = await organizerById(tx, session.organizerId);
    if (organizer?.state !== 'active') return null;
    const countries = (await rolesOf(tx, organizer.id)).map((role) => role.country);
    return { session, actor: { kind: 'organizer', organizerId: organizer.id, countries } } as const;
  });
  if (found && now - found.session.lastSeenAt >= touchAfter) {
    await inTransaction(db, (tx) => touchSession(tx, found.session.idHash, now));
  }
  return found;
}

/** The organizer signs out. */
export async function endSession(db: Db, { actor, session }: SignedIn, now: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await deleteSession(tx, session.idHash);
    const subject = { subjectKind: 'organizer', subjectId: actor.organizerId };
    await appendAudit(tx, actor, [{ action: 'organizer signed out', ...subject }], now);
  });
}

/** For the worker: forgets sessions whose time is over. */
export async function forgetOldSessions(db: Db, now: number): Promise<void> {
  await inTransaction(db, (tx) => deleteSessionsBefore(tx, now - idleFor, now - sessionLasts));
}

function hashSessionId(id: string): string {
  return createHash('sha256').update(`session|${id}`).digest('hex');
}
