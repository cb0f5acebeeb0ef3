import { sql } from 'kysely';
import type { Db, Tx } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import { insertRows } from '../database/insert-rows.ts';
import type { Tables } from '../database/tables.ts';

/**
 * What letters an office has had, without text and names: reads take no actor, since what they return tells of
 * nobody, and whoever writes to an office is shown one number made of it.
 */

/** What is kept of a letter for those who come after: choices of its wording and hashes of its own words, no text. */
export type LetterTraits = {
  readonly choices: string;
  readonly fingerprints: string;
  readonly confirmedAt: number;
};

/** The latest letters that an office has had since a moment, the latest first. */
export async function lettersOfOffice(
  db: Db,
  seatId: string,
  since: number,
  limit: number,
): Promise<LetterTraits[]> {
  return (await ofOfficeQuery(db, seatId, since, limit)).rows.map(toTraits);
}

const ofOfficeQuery = fixedQuery((db: Db, seatId: string, since: number, limit: number) =>
  db
    .selectFrom('letters')
    .select(['choices', 'fingerprints', 'confirmed_at'])
    .where('seat_id', '=', seatId)
    .where('confirmed_at', '>', since)
    .where('state', 'not in', neverReached)
    .orderBy('confirmed_at', 'desc')
    .limit(limit),
);

/** The latest letters an office has ever had that bear one of up to four marks. */
export async function lettersWithMarks(
  db: Db,
  seatId: string,
  marks: readonly number[],
): Promise<LetterTraits[]> {
  const [one, two, three, four] = [...marks, ...noMarks] as [number, number, number, number];
  return (await withMarksQuery(db, seatId, one, two, three, four)).rows.map(toTraits);
}

const noMarks = [-1, -1, -1, -1];
const lettersOfMark = 10;

// For each mark the latest few: copies of one story may be a thousand.
const withMarksQuery = fixedQuery(
  (db: Db, seatId: string, one: number, two: number, three: number, four: number) => {
    const bearing = (mark: number) =>
      db
        .selectFrom(
          db
            .selectFrom('letter_marks')
            .select('letter_id')
            .where('seat_id', '=', seatId)
            .where('mark', '=', mark)
            .orderBy('letter_id', 'desc')
            .limit(sql.lit(lettersOfMark))
            .as('latest'),
        )
        .select('letter_id');
    return db
      .selectFrom('letters')
      .select(['choices', 'fingerprints', 'confirmed_at'])
      .where('id', 'in', bearing(one).unionAll(bearing(two)).unionAll(bearing(three)).unionAll(bearing(four)))
      .where('confirmed_at', 'is not', null)
      .where('state', 'not in', neverReached);
  },
);

function toTraits(row: Pick<Tables['letters'], 'choices' | 'fingerprints' | 'confirmed_at'>): LetterTraits {
  return { choices: row.choices, fingerprints: row.fingerprints, confirmedAt: row.confirmed_at ?? 0 };
}

/** The marks by which a letter to an office will be found again. */
export async function insertMarks(
  tx: Tx,
  letter: { readonly id: string; readonly seatId: string },
  marks: readonly number[],
): Promise<void> {
  const rows = marks.map((mark) => ({ seat_id: letter.seatId, mark, letter_id: letter.id }));
  await insertRows(tx, 'letter_marks', rows);
}

// Written into the query: SQLite builds a list of values anew at every run, and one of words only once.
const neverReached = (['expired', 'withdrawn', 'returned', 'awaiting-confirmation'] as const).map((state) =>
  sql.lit(state),
);

/** Letters nobody will find again: withdrawn, or never confirmed. */
export async function forgetMarks(tx: Tx, letterIds: readonly string[]): Promise<void> {
  await tx
    .deleteFrom('letter_marks')
    .where('letter_id', 'in', [...letterIds])
    .execute();
}
