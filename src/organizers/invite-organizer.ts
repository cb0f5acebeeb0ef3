import { appendAudit } from '../audit/audit.ts';
import type { Db } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { forgetLinks } from '../links/link-store.ts';
import { createLink } from '../links/links.ts';
import { type Actor, workerActor } from '../shared/actor.ts';
import type { Clock } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { adminsKey, type Vault } from '../vault/vault.ts';
import { type CountryRole, insertOrganizer, organizerByEmail, setRoles } from './organizer-store.ts';

export type Invitation = {
  readonly email: string;
  readonly language: string;
  readonly roles: readonly CountryRole[];
};

/**
 * Invites an organizer, or invites again one who never came. There is no other way to an account.
 * @returns the token of the one-time link, good for 24 hours.
 * @throws Failure 'conflict' if that person is an organizer already.
 */
export async function inviteOrganizer(
  parts: { db: Db; vault: Vault; clock: Clock },
  invitation: Invitation,
  actor: Actor = workerActor,
): Promise<string> {
  const vault = await parts.vault.forCountry(parts.db, adminsKey);
  const now = parts.clock.now();
  const emailIndex = vault.emailIndex(invitation.email);
  return await inTransaction(parts.db, async (tx) => {
    const known = await organizerByEmail(tx, emailIndex);
    if (known && known.state !== 'invited') throw new Failure('conflict', 'an organizer already');
    const id = known?.id ?? newId(now);
    const { email, language } = invitation;
    if (!known)
      await insertOrganizer(tx, {
        id,
        emailIndex,
        emailBox: vault.seal('organizers', id, email),
        language,
        createdAt: now,
      });
    await setRoles(tx, id, invitation.roles);
    await forgetLinks(tx, [id]);
    await appendAudit(
      tx,
      actor,
      [{ action: 'organizer invited', subjectKind: 'organizer', subjectId: id }],
      now,
    );
    const { token } = await createLink(tx, { purpose: 'invite', subjectId: id, country: adminsKey }, now);
    return token;
  });
}
