import { appendAudit } from '../audit/audit.ts';
import type { Db } from '../database/connect.ts';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import { readLink, useLink } from '../links/links.ts';
import type { Clock } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { adminsKey, type Vault } from '../vault/vault.ts';
import {
  activate,
  insertRecoveryCodes,
  organizerById,
  savePassword,
  saveTotp,
  takeTotpStep,
} from './organizer-store.ts';
import { hashPassword } from './passwords.ts';
import { hashRecoveryCode, matchingStep, newRecoveryCodes, newTotpSecret } from './second-factor.ts';
import { startSession } from './sessions.ts';

type Parts = { readonly db: Db; readonly vault: Vault; readonly clock: Clock };

/** Whether an invitation may still be taken up; looking changes nothing. @throws Failure 'link-invalid' */
export async function checkInvitation(parts: Parts, token: string): Promise<string> {
  const link = await inSnapshot(parts.db, (tx) => readLink(tx, token, ['invite'], parts.clock.now()));
  if (!link) throw new Failure('link-invalid');
  return link.subjectId;
}

/** First step: sets the password and makes a secret for the authenticator app. @returns the secret, base32. */
export async function choosePassword(parts: Parts, token: string, password: string): Promise<string> {
  const id = await checkInvitation(parts, token);
  const passwordHash = await hashPassword(password);
  const vault = await parts.vault.forCountry(parts.db, adminsKey);
  const secret = newTotpSecret();
  await inTransaction(parts.db, async (tx) => {
    await savePassword(tx, id, passwordHash);
    await saveTotp(tx, id, vault.seal('organizers', id, secret));
    const actor = { kind: 'organizer', organizerId: id, countries: [] } as const;
    const entry = { action: 'organizer chose a password', subjectKind: 'organizer', subjectId: id };
    await appendAudit(tx, actor, [entry], parts.clock.now());
  });
  return secret;
}

/** The secret chosen in the first step, to show it again after a wrong code. @throws Failure 'link-invalid' */
export async function pendingSecret(parts: Parts, token: string): Promise<string> {
  const id = await checkInvitation(parts, token);
  const vault = await parts.vault.forCountry(parts.db, adminsKey);
  const organizer = await inSnapshot(parts.db, (tx) => organizerById(tx, id));
  if (!organizer?.totpBox) throw new Failure('link-invalid');
  return vault.open('organizers', id, organizer.totpBox);
}

export type Welcome = { readonly sessionId: string; readonly recoveryCodes: readonly string[] };

/** Second step: a code proves the app works; the account is open. @returns null for a wrong code. */
export async function proveSecondFactor(parts: Parts, token: string, code: string): Promise<Welcome | null> {
  const secret = await pendingSecret(parts, token);
  const now = parts.clock.now();
  const step = matchingStep(secret, code, now);
  if (step === null) return null;
  const recoveryCodes = newRecoveryCodes();
  return await inTransaction(parts.db, async (tx) => {
    const link = await useLink(tx, token, 'invite', now);
    if (!link) throw new Failure('link-invalid');
    const id = link.subjectId;
    await takeTotpStep(tx, id, step);
    await insertRecoveryCodes(tx, id, recoveryCodes.map(hashRecoveryCode));
    await activate(tx, id);
    const actor = { kind: 'organizer', organizerId: id, countries: [] } as const;
    await appendAudit(
      tx,
      actor,
      [{ action: 'organizer took up the invitation', subjectKind: 'organizer', subjectId: id }],
      now,
    );
    return { sessionId: await startSession(tx, id, 2, now), recoveryCodes };
  });
}
