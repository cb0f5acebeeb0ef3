import type { Db } from '../database/connect.ts';
import { inTransactionOrAgain } from '../database/transaction.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../vault/vault.ts';
import { type Entry, enterSupporter, recordConsents } from './enter-supporter.ts';
import { mailALink } from './mail-a-link.ts';
import { mailKeys } from './mail-keys.ts';

/**
 * Signs a person up in their country of residence, unconfirmed, and mails them a neutral link.
 * An address that is known gets a link to its own page instead; the answer on the screen is the same.
 */
export async function signUp(
  parts: { db: Db; vault: Vault; clock: Clock },
  country: string,
  entry: Entry,
): Promise<void> {
  const keys = await mailKeys(parts, country);
  const now = parts.clock.now();
  await inTransactionOrAgain(parts.db, async (tx) => {
    const supporter = await enterSupporter(tx, keys.country, entry, now);
    const purpose = supporter.state === 'confirmed' ? 'manage' : 'join';
    const wish = { purpose, subjectId: supporter.id, language: entry.language, repeated: true } as const;
    const linkId = await mailALink(tx, keys, supporter, wish, now);
    // Of somebody known nothing changes until they themselves have pressed.
    if (linkId && purpose === 'join') await recordConsents(tx, supporter, entry, linkId, now);
  });
}
