import type { Db } from '../database/connect.ts';
import { inTransactionOrAgain } from '../database/transaction.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../vault/vault.ts';
import { type Entry, enterSupporter } from './enter-supporter.ts';
import { mailALink } from './mail-a-link.ts';

/**
 * Signs a person up in their country of residence, unconfirmed, and mails them a neutral link.
 * An address that is known gets a link to its own page instead; the answer on the screen is the same.
 */
export async function signUp(
  parts: { db: Db; vault: Vault; clock: Clock },
  country: string,
  entry: Entry,
): Promise<void> {
  const vault = await parts.vault.forCountry(parts.db, country);
  const now = parts.clock.now();
  await inTransactionOrAgain(parts.db, async (tx) => {
    const supporter = await enterSupporter(tx, vault, entry, now);
    const wish = {
      purpose: supporter.state === 'confirmed' ? 'manage' : 'join',
      subjectId: supporter.id,
      language: entry.language,
      to: entry.email,
      repeated: true,
    } as const;
    await mailALink(tx, vault, supporter, wish, now);
  });
}
