import type { Db } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../vault/vault.ts';
import { mailALink } from './mail-a-link.ts';
import { supporterByEmail } from './supporter-store.ts';

/** Mails a link to the person's own page, if the address is known in that country; the screen never tells. */
export async function askForOwnPage(
  parts: { db: Db; vault: Vault; clock: Clock },
  wish: { readonly country: string; readonly email: string; readonly language: string },
): Promise<void> {
  const vault = await parts.vault.forCountry(parts.db, wish.country);
  const now = parts.clock.now();
  const emailIndex = vault.emailIndex(wish.email);
  await inTransaction(parts.db, async (tx) => {
    const supporter = await supporterByEmail(tx, wish.country, emailIndex);
    if (!supporter) return;
    await mailALink(
      tx,
      vault,
      supporter,
      { purpose: 'manage', subjectId: supporter.id, language: wish.language, to: wish.email, repeated: true },
      now,
    );
  });
}
