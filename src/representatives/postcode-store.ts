import type { Db, Tx } from '../database/connect.ts';
import { insertMany } from './directory-store.ts';
import type { PostcodeEntry } from './postcode-formats/postcode-format.ts';

/** All SQL on postcode tables. One table a country is current; a new one takes its place whole. */

export type CurrentPostcodes = { readonly importId: string; readonly lossy: boolean; readonly asOf: string };

export async function currentPostcodes(db: Db, country: string): Promise<CurrentPostcodes | null> {
  const row = await db
    .selectFrom('imports')
    .select(['id', 'lossy', 'as_of'])
    .where('country', '=', country)
    .where('kind', '=', 'postcodes')
    .where('current', '=', 1)
    .executeTakeFirst();
  return row ? { importId: row.id, lossy: row.lossy === 1, asOf: row.as_of } : null;
}

/** Takes the country's table out of use and removes its rows; the record of the import stays. */
export async function dropPostcodes(tx: Tx, importId: string): Promise<void> {
  await tx.updateTable('imports').set({ current: 0 }).where('id', '=', importId).execute();
  await tx.deleteFrom('postcodes').where('import_id', '=', importId).execute();
}

export async function insertPostcodes(
  tx: Tx,
  importId: string,
  entries: readonly PostcodeEntry[],
): Promise<void> {
  const rows = entries.map(({ code, areaKey, areaName, regionKey }) => ({
    import_id: importId,
    code,
    area_key: areaKey,
    area_name: areaName,
    region_key: regionKey,
  }));
  await insertMany(tx, 'postcodes', rows);
}

/** The areas of the first of these codes that the table has. */
export async function areasOfPostcode(
  db: Db,
  importId: string,
  codes: readonly string[],
): Promise<Omit<PostcodeEntry, 'code'>[]> {
  for (const code of codes) {
    const rows = await db
      .selectFrom('postcodes')
      .select(['area_key', 'area_name', 'region_key'])
      .where('import_id', '=', importId)
      .where('code', '=', code)
      .orderBy('area_name')
      .execute();
    if (rows.length > 0) {
      return rows.map((row) => ({
        areaKey: row.area_key,
        areaName: row.area_name,
        regionKey: row.region_key,
      }));
    }
  }
  return [];
}

/** Areas with a member of their own: what a postcode table should lead to. */
export async function singleSeatAreas(
  db: Db,
  country: string,
): Promise<{ areaKey: string; areaName: string }[]> {
  const rows = await db
    .selectFrom('seats')
    .innerJoin('terms', (join) => join.onRef('terms.seat_id', '=', 'seats.id').on('terms.current', '=', 1))
    .select(['seats.area_key', 'seats.area_name'])
    .distinct()
    .where('seats.country', '=', country)
    .where('seats.kind', '=', 'constituency')
    .execute();
  return rows.map((row) => ({ areaKey: row.area_key, areaName: row.area_name }));
}
