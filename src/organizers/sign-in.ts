import { appendAudit } from '../audit/audit.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import { type Clock, minute } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { adminsKey, type CountryVault, type Vault } from '../vault/vault.ts';
import {
  type Organizer,
  organizerByEmail,
  organizerById,
  takeRecoveryCode,
  takeTotpStep,
} from './organizer-store.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { hashRecoveryCode, matchingStep } from './second-factor.ts';
import { countTry, deleteSession, type Session } from './session-store.ts';
import { startSession } from './sessions.ts';

type Parts = { readonly db: Db; readonly vault: Vault; readonly clock: Clock };

/** Tries a minute for one account and, apart, for one source (security S-23). */
const triesPerMinute = 5;

let someHash: Promise<string> | null = null;

/**
 * First step: address and password.
 * @param source opaque name of where the request came from, made with a key that is only in memory.
 * @returns the id of a session that opens nothing yet, or null: wrong address and wrong password are the same.
 * @throws Failure 'too-many'
 */
export async function signInWithPassword(
  parts: Parts,
  email: string,
  password: string,
  source: string,
): Promise<string | null> {
  const vault = await parts.vault.forCountry(parts.db, adminsKey);
  const emailIndex = vault.emailIndex(email);
  const now = parts.clock.now();
  await limitTries(parts.db, [`password|${emailIndex.toString('hex')}`, `source|${source}`], now);
  const organizer = await inSnapshot(parts.db, (tx) => organizerByEmail(tx, emailIndex));
  // The same work for an address that nobody has.
  someHash ??= hashPassword('nobody has this password');
  const right = await verifyPassword(organizer?.passwordHash ?? (await someHash), password);
  if (!right || organizer?.state !== 'active') return null;
  return await inTransaction(parts.db, (tx) => startSession(tx, organizer.id, 1, now));
}

/**
 * Second step: a code of the authenticator app, or a recovery code; each works once.
 * @returns the id of a new session that opens the pages, or null for a wrong code.
 * @throws Failure 'too-many'
 */
export async function signInWithCode(parts: Parts, session: Session, code: string): Promise<string | null> {
  const vault = await parts.vault.forCountry(parts.db, adminsKey);
  const now = parts.clock.now();
  await limitTries(parts.db, [`code|${session.organizerId}`], now);
  return await inTransaction(parts.db, async (tx) => {
    const organizer = await organizerById(tx, session.organizerId);
    if (organizer?.state !== 'active' || !(await takeCode(tx, vault, organizer, code, now))) return null;
    await deleteSession(tx, session.idHash);
    const actor = { kind: 'organizer', organizerId: organizer.id, countries: [] } as const;
    await appendAudit(
      tx,
      actor,
      [{ action: 'organizer signed in', subjectKind: 'organizer', subjectId: organizer.id }],
      now,
    );
    return await startSession(tx, organizer.id, 2, now);
  });
}

async function takeCode(
  tx: Tx,
  vault: CountryVault,
  organizer: Organizer,
  code: string,
  now: number,
): Promise<boolean> {
  if (!organizer.totpBox) return false;
  const step = matchingStep(vault.open('organizers', organizer.id, organizer.totpBox), code, now);
  if (step !== null) return await takeTotpStep(tx, organizer.id, step);
  return await takeRecoveryCode(tx, organizer.id, hashRecoveryCode(code), now);
}

// Counted in a transaction of its own: a try that is refused still counts.
async function limitTries(db: Db, buckets: readonly string[], now: number): Promise<void> {
  const tries = await inTransaction(db, async (tx) => {
    const counts: number[] = [];
    for (const bucket of buckets) counts.push(await countTry(tx, bucket, now, minute));
    return counts;
  });
  if (tries.some((count) => count > triesPerMinute)) throw new Failure('too-many', 'sign-in');
}
