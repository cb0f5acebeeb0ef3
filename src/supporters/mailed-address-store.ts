import type { Db, Tx } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import { insertRows } from '../database/insert-rows.ts';
import type { LinkMailPurpose } from './link-mail-store.ts';

/** One mail to an address, known only by a keyed index that is the same in every country. */
export type MailedAddress = {
  readonly id: string;
  readonly addressIndex: Buffer;
  readonly purpose: LinkMailPurpose;
  readonly createdAt: number;
};

export async function insertMailedAddress(tx: Tx, mailed: MailedAddress): Promise<void> {
  const { id, addressIndex, purpose, createdAt } = mailed;
  await insertRows(tx, 'mailed_addresses', [
    { id, address_index: addressIndex, purpose, created_at: createdAt },
  ]);
}

/** The mails to an address since a moment. */
export async function addressMailedSince(
  tx: Tx,
  addressIndex: Buffer,
  since: number,
): Promise<readonly { readonly purpose: LinkMailPurpose; readonly createdAt: number }[]> {
  const { rows } = await sinceQuery(tx, addressIndex, since);
  return rows.map((row) => ({ purpose: row.purpose as LinkMailPurpose, createdAt: row.created_at }));
}

const sinceQuery = fixedQuery((db: Db, addressIndex: Buffer, since: number) =>
  db
    .selectFrom('mailed_addresses')
    .select(['purpose', 'created_at'])
    .where('address_index', '=', addressIndex)
    .where('created_at', '>', since),
);

/** For the worker: what is older than a day counts no more. */
export async function forgetMailedAddresses(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom('mailed_addresses').where('created_at', '<=', before).execute();
}
