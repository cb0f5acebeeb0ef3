import { type AuditEntry, appendAudit } from '../audit/audit.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import { type Actor, publicActor } from '../shared/actor.ts';
import { type Clock, hour, minute } from '../shared/clock.ts';
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
import { sessionLasts, startSession } from './sessions.ts';

type Parts = { readonly db: Db; readonly vault: Vault; readonly clock: Clock };

/**
 * Security S-23. Tries at an account are counted for each source apart, so that a stranger's tries do not keep
 * its owner out; those from everywhere together have a limit that only many sources reach.
 */
const triesPerMinute = 5;
const triesOfSourcePerMinute = 20;
const triesFromEverywherePerHour = 100;
/** Then the password is asked for again. */
const wrongCodesPerSession = 10;

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
  const account = emailIndex.toString('hex');
  await limitTries(parts.db, now, [
    { bucket: `source|${source}`, most: triesOfSourcePerMinute, span: minute },
    { bucket: `password|${account}|${source}`, most: triesPerMinute, span: minute },
    { bucket: `everywhere|${account}`, most: triesFromEverywherePerHour, span: hour },
  ]);
  const organizer = await inSnapshot(parts.db, (tx) => organizerByEmail(tx, emailIndex));
  // The same work for an address that nobody has.
  someHash ??= hashPassword('nobody has this password');
  const right = await verifyPassword(organizer?.passwordHash ?? (await someHash), password);
  return await inTransaction(parts.db, async (tx) => {
    if (right && organizer?.state === 'active') return await startSession(tx, organizer.id, 1, now);
    // Also for an address that nobody has: the same work, and somebody tried.
    await noteDeed(tx, publicActor, 'sign-in failed', organizer?.id, now);
    return null;
  });
}

/**
 * Second step: a code of the authenticator app, or a recovery code; each works once.
 * @returns the id of a new session that opens the pages, or null for a wrong code.
 * @throws Failure 'too-many'
 */
export async function signInWithCode(parts: Parts, session: Session, code: string): Promise<string | null> {
  const vault = await parts.vault.forCountry(parts.db, adminsKey);
  const now = parts.clock.now();
  await limitTries(parts.db, now, [
    { bucket: `code|${session.organizerId}`, most: triesPerMinute, span: minute },
  ]);
  return await inTransaction(parts.db, async (tx) => {
    const organizer = await organizerById(tx, session.organizerId);
    if (organizer?.state !== 'active' || !(await takeCode(tx, vault, organizer, code, now))) {
      await noteDeed(tx, publicActor, 'wrong sign-in code', session.organizerId, now);
      const wrong = await countTry(tx, `wrong code|${session.idHash}`, now, sessionLasts);
      if (wrong >= wrongCodesPerSession) await deleteSession(tx, session.idHash);
      return null;
    }
    await deleteSession(tx, session.idHash);
    const actor = { kind: 'organizer', organizerId: organizer.id, countries: [] } as const;
    await noteDeed(tx, actor, 'organizer signed in', organizer.id, now);
    return await startSession(tx, organizer.id, 2, now);
  });
}

async function noteDeed(tx: Tx, actor: Actor, action: string, id: string | undefined, now: number) {
  const entry: AuditEntry = { action, subjectKind: 'organizer', ...(id !== undefined && { subjectId: id }) };
  await appendAudit(tx, actor, [entry], now);
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

type Limit = { readonly bucket: string; readonly most: number; readonly span: number };

// Counted in a transaction of its own: a try that is refused still counts.
async function limitTries(db: Db, now: number, limits: readonly Limit[]): Promise<void> {
  const over = await inTransaction(db, async (tx) => {
    // A try that is refused at one limit uses up nothing of the next: one source does not close an account.
    for (const { bucket, most, span } of limits)
      if ((await countTry(tx, bucket, now, span)) > most) return true;
    return false;
  });
  if (over) throw new Failure('too-many', 'sign-in');
}
