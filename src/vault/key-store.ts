import type { Db } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';

export type WrappedKey = {
  readonly id: string;
  readonly country: string;
  readonly purpose: 'box' | 'index';
  readonly wrapped: Buffer;
};

/** All keys of a country, retired ones too: old boxes still need them. */
export async function countryKeys(
  db: Db,
  country: string,
): Promise<(WrappedKey & { retiredAt: number | null })[]> {
  const rows = await db.selectFrom('country_keys').selectAll().where('country', '=', country).execute();
  return rows.map(({ retired_at, created_at: _, ...key }) => ({ ...key, retiredAt: retired_at }));
}

/** Keeps the keys unless the country has current ones already. */
export async function insertCountryKeys(db: Db, keys: readonly WrappedKey[], now: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const key of keys) {
      await tx
        .insertInto('country_keys')
        .values({ ...key, created_at: now, retired_at: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}
