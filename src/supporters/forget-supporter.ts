import type { Tx } from '../database/connect.ts';
import { forgetLinks } from '../links/link-store.ts';
import { addSupporterCounts, deleteSupporter, type Supporter } from './supporter-store.ts';

/** Forgets a person: address, consents, mails and links. Their letters must have been forgotten before. */
export async function forgetSupporter(tx: Tx, supporter: Supporter): Promise<void> {
  await forgetLinks(tx, [supporter.id]);
  await deleteSupporter(tx, supporter.id);
  await addSupporterCounts(tx, [{ country: supporter.country, state: supporter.state, n: -1 }]);
}
