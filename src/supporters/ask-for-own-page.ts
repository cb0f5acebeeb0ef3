import type { Db } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Clock } from '../shared/clock.ts';
import type { Vault } from '../vault/vault.ts';
import { mailALink, mailNobody } from './mail-a-link.ts';
import { mailKeys } from './mail-keys.ts';
import { supporterByEmail } from './supporter-store.ts';

/** Mails a link to the person's own page, if the address is known in that country; neither screen nor time tells. */
export async function askForOwnPage(
  parts: { db: Db; vault: Vault; clock: Clock },
  asked: { readonly country: string; readonly email: string; readonly language: string },
): Promise<void> {
  const keys = await mailKeys(parts, asked.country);
  const now = parts.clock.now();
  const emailIndex = keys.country.emailIndex(asked.email);
  const wish = { purpose: 'manage', language: asked.language, repeated: true } as const;
  await inTransaction(parts.db, async (tx) => {
    const supporter = await supporterByEmail(tx, asked.country, emailIndex);
    if (supporter) await mailALink(tx, keys, supporter, { ...wish, subjectId: supporter.id }, now);
    else await mailNobody(tx, keys, asked.email, wish, now);
  });
}
