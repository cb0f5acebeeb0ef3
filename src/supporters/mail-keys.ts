import type { Db } from '../database/connect.ts';
import { adminsKey, type Vault } from '../vault/vault.ts';
import type { MailKeys } from './mail-a-link.ts';

/** The keys that mailing a link needs. Get them before the transaction. */
export async function mailKeys(parts: { db: Db; vault: Vault }, country: string): Promise<MailKeys> {
  return {
    country: await parts.vault.forCountry(parts.db, country),
    everywhere: await parts.vault.forCountry(parts.db, adminsKey),
  };
}
