import type { Db } from '../database/connect.ts';

/** All SQL of finding: seats by areas, by regions, and by the beginnings of words. */

// Sorts after every word that begins with a prefix, byte by byte as the columns are compared.
const last = '\u{10ffff}';

/** @param chambers only seats of these, where given */
export async function hasSeats(db: Db, country: string, chambers?: readonly string[]): Promise<boolean> {
  const ofCountry = db.selectFrom('seats').select('id').where('country', '=', country);
  const query = chambers ? ofCountry.where('chamber', 'in', [...chambers]) : ofCountry;
  const row = await query.limit(1).executeTakeFirst();
  return row !== undefined;
}

export async function seatIdsOfAreas(
  db: Db,
  country: string,
  areaKeys: readonly string[],
): Promise<string[]> {
  if (areaKeys.length === 0) return [];
  const rows = await db
    .selectFrom('seats')
    .select('id')
    .where('country', '=', country)
    .where('area_key', 'in', [...areaKeys])
    .execute();
  return rows.map((row) => row.id);
}

/** Seats that belong to whole regions, such as those of the senators of states. */
export async function seatIdsOfRegions(
  db: Db,
  country: string,
  regionKeys: readonly string[],
): Promise<string[]> {
  if (regionKeys.length === 0) return [];
  const rows = await db
    .selectFrom('seats')
    .select('id')
    .where('country', '=', country)
    .where('region_key', 'in', [...regionKeys])
    .where('kind', '=', 'region')
    .execute();
  return rows.map((row) => row.id);
}

/** Seats whose area has a word that begins with each of these; the rarest is looked up, the others checked. */
export async function seatIdsByAreaWords(
  db: Db,
  country: string,
  words: readonly string[],
  limit: number,
): Promise<string[]> {
  const [first = '', ...others] = await rarestFirst(db, 'seat_words', country, words);
  let query = db
    .selectFrom('seat_words as found')
    .select('found.seat_id')
    .where('found.country', '=', country)
    .where('found.word', '>=', first)
    .where('found.word', '<', first + last);
  for (const word of others) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('seat_words as other')
          .select('other.seat_id')
          .whereRef('other.seat_id', '=', 'found.seat_id')
          .where('other.word', '>=', word)
          .where('other.word', '<', word + last),
      ),
    );
  }
  const rows = await query.orderBy('found.word').limit(limit).execute();
  return [...new Set(rows.map((row) => row.seat_id))];
}

/** Seats whose holder's name has a word that begins with each of these. */
export async function seatIdsByNameWords(
  db: Db,
  country: string,
  words: readonly string[],
  limit: number,
): Promise<string[]> {
  const [first = '', ...others] = await rarestFirst(db, 'person_words', country, words);
  let query = db
    .selectFrom('person_words as found')
    .innerJoin('terms', (join) =>
      join.onRef('terms.person_id', '=', 'found.person_id').on('terms.current', '=', 1),
    )
    .select('terms.seat_id')
    .where('found.country', '=', country)
    .where('found.word', '>=', first)
    .where('found.word', '<', first + last);
  for (const word of others) {
    query = query.where((eb) =>
      eb.exists(
        eb
          .selectFrom('person_words as other')
          .select('other.person_id')
          .whereRef('other.person_id', '=', 'found.person_id')
          .where('other.word', '>=', word)
          .where('other.word', '<', word + last),
      ),
    );
  }
  const rows = await query.orderBy('found.word').limit(limit).execute();
  return [...new Set(rows.map((row) => row.seat_id))];
}

const countedUpTo = 500;

// "new york 12": looking up the rarest and checking the others is as quick as the rarest one is.
async function rarestFirst(
  db: Db,
  table: 'seat_words' | 'person_words',
  country: string,
  words: readonly string[],
): Promise<string[]> {
  if (words.length < 2) return [...words];
  const counted: { word: string; rows: number }[] = [];
  for (const word of words) {
    const rows = await db
      .selectFrom(table)
      .select('word')
      .where('country', '=', country)
      .where('word', '>=', word)
      .where('word', '<', word + last)
      .limit(countedUpTo)
      .execute();
    counted.push({ word, rows: rows.length });
  }
  return counted.sort((a, b) => a.rows - b.rows).map(({ word }) => word);
}
