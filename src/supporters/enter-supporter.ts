import { appendAudit } from '../audit/audit.ts';
import type { Tx } from '../database/connect.ts';
import { publicActor } from '../shared/actor.ts';
import { newId } from '../shared/ids.ts';
import type { CountryVault } from '../vault/vault.ts';
import {
  addSupporterCounts,
  insertConsents,
  insertSupporters,
  type Supporter,
  supporterByEmail,
} from './supporter-store.ts';

export type Entry = {
  /** A checked address, in lower case where case does not matter. */
  readonly email: string;
  /** Language of the pages and of mails to this person: km, en or fr. */
  readonly language: string;
  readonly seatId: string | null;
  readonly consents: readonly ConsentGiven[];
};

export type ConsentGiven = { readonly purpose: 'keep' | 'news'; readonly textId: string };

/**
 * Finds the person of this address or enters them as unconfirmed.
 * Both ways do the same work, so that neither the page nor its time tells whether an address was known.
 */
export async function enterSupporter(
  tx: Tx,
  vault: CountryVault,
  entry: Entry,
  now: number,
): Promise<Supporter> {
  const emailIndex = vault.emailIndex(entry.email);
  const known = await supporterByEmail(tx, vault.country, emailIndex);
  const supporter = known ?? (await insertUnconfirmed(tx, vault, entry, emailIndex, now));
  await appendAudit(
    tx,
    publicActor,
    [
      {
        action: 'supporter entered',
        subjectKind: 'supporter',
        subjectId: supporter.id,
        country: vault.country,
      },
    ],
    now,
  );
  return supporter;
}

async function insertUnconfirmed(
  tx: Tx,
  vault: CountryVault,
  entry: Entry,
  emailIndex: Buffer,
  now: number,
): Promise<Supporter> {
  const id = newId(now);
  const supporter: Supporter = {
    id,
    country: vault.country,
    language: entry.language,
    seatId: entry.seatId,
    state: 'unconfirmed',
    emailBox: vault.seal('supporters', id, entry.email),
    createdAt: now,
  };
  await insertSupporters(tx, [{ ...supporter, emailIndex, confirmedAt: null }]);
  await addSupporterCounts(tx, [{ country: vault.country, state: 'unconfirmed', n: 1 }]);
  return supporter;
}

/** Records what was agreed to in the form whose mail carries this link; it counts once that link was used. */
export async function recordConsents(
  tx: Tx,
  supporter: Supporter,
  entry: Pick<Entry, 'consents' | 'language'>,
  linkId: string,
  now: number,
): Promise<void> {
  await insertConsents(
    tx,
    entry.consents.map((consent) => ({
      id: newId(now),
      supporterId: supporter.id,
      country: supporter.country,
      purpose: consent.purpose,
      textId: consent.textId,
      language: entry.language,
      givenAt: now,
      linkId,
      provenAt: null,
    })),
  );
}
