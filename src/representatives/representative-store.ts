import { sql } from 'kysely';
import type { Db } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import type { Tables } from '../database/tables.ts';
import { chunks } from '../shared/chunks.ts';
import type { HeldSeat, Person, Seat, StoredOffice, Term } from './directory.ts';

/**
 * Reading people, seats, terms, offices and channels. The directory is public data of public offices: reads take
 * no actor. `Db` also takes a transaction. Writing is in directory-store.
 */

type PersonRow = Tables['people'];
type SeatRow = Tables['seats'];
type TermRow = Tables['terms'];

const seatColumns = [
  'seats.id as seat_id',
  'seats.chamber',
  'seats.kind',
  'seats.area_key',
  'seats.area_name',
  'seats.region_key',
  'seats.region_name',
  'seats.ordinal',
] as const;

const holderColumns = [
  'terms.id as term_id',
  'terms.party',
  'terms.start_day',
  'terms.end_day',
  'terms.as_of',
  'people.id as person_id',
  'people.full_name',
  'people.given_name',
  'people.family_name',
  'people.honorific',
  'people.gender',
  'people.website',
] as const;

export type SeatFields = Pick<
  SeatRow,
  'chamber' | 'kind' | 'area_key' | 'area_name' | 'region_key' | 'region_name' | 'ordinal'
>;
type TermFields = Pick<TermRow, 'party' | 'start_day' | 'end_day' | 'as_of'>;
export type PersonFields = Omit<PersonRow, 'id' | 'country' | 'created_at' | 'updated_at'>;
type HeldRow = SeatFields & { seat_id: string } & Nullable<
    TermFields & PersonFields & { term_id: string; person_id: string }
  >;
type Nullable<T> = { [key in keyof T]: T[key] | null };

// Written into the query, so that the index of current holders can be used.
const current = sql.lit(1);

/** Seats with the people who hold them, of all or some chambers of a country. */
export async function heldSeats(
  db: Db,
  country: string,
  chambers: readonly string[] | null,
): Promise<HeldSeat[]> {
  if (chambers?.length === 0) return [];
  const query = selectHeldSeats(db).where('seats.country', '=', country);
  const rows = await (chambers ? query.where('seats.chamber', 'in', [...chambers]) : query)
    .orderBy('seats.area_key')
    .orderBy('seats.ordinal')
    .execute();
  return await withOffices(db, rows);
}

/** The seats of these ids with the people who hold them, in no order. */
export async function heldSeatsById(db: Db, seatIds: readonly string[]): Promise<HeldSeat[]> {
  const rows: HeldRow[] = [];
  for (const some of chunks(seatIds, 500)) {
    rows.push(...(await selectHeldSeats(db).where('seats.id', 'in', some).execute()));
  }
  return await withOffices(db, rows);
}

/** One seat of a country with who holds it, or null where that country has no such seat. */
export async function heldSeatOf(db: Db, country: string, seatId: string): Promise<HeldSeat | null> {
  const [row] = (await heldSeatQuery(db, country, seatId)).rows;
  if (!row) return null;
  const offices = row.term_id === null ? [] : (await officesQuery(db, row.term_id)).rows;
  return { ...toHeld(row), offices: groupOffices(offices).get(row.term_id ?? '') ?? [] };
}

/** What a letter needs of the person who holds a seat, a row for each channel; none where that country has no such seat. */
export async function channelsOfSeat(db: Db, country: string, seatId: string): Promise<ChannelOfSeat[]> {
  return (await channelsOfSeatQuery(db, country, seatId)).rows;
}

export type ChannelOfSeat = Awaited<ReturnType<typeof channelsOfSeatQuery>>['rows'][number];

// Asked at every preview: one question, and of the columns only those that are printed.
const channelsOfSeatQuery = fixedQuery((db: Db, country: string, seatId: string) =>
  db
    .selectFrom('seats')
    .innerJoin('terms', (join) =>
      join.onRef('terms.seat_id', '=', 'seats.id').on('terms.current', '=', current),
    )
    .innerJoin('people', 'people.id', 'terms.person_id')
    .leftJoin('offices', 'offices.term_id', 'terms.id')
    .leftJoin('channels', 'channels.office_id', 'offices.id')
    .select(['seats.chamber', 'seats.kind as seat_kind', 'seats.area_name'])
    .select(['people.full_name', 'people.family_name', 'people.gender'])
    .select(['channels.kind', 'channels.value', 'channels.state'])
    .where('seats.country', '=', country)
    .where('seats.id', '=', seatId)
    .orderBy('offices.position')
    .orderBy('channels.position'),
);

const heldSeatQuery = fixedQuery((db: Db, country: string, seatId: string) =>
  selectHeldSeats(db).where('seats.country', '=', country).where('seats.id', '=', seatId),
);
const officesQuery = fixedQuery((db: Db, termId: string) =>
  selectOffices(db).where('offices.term_id', '=', termId),
);

function selectHeldSeats(db: Db) {
  return db
    .selectFrom('seats')
    .leftJoin('terms', (join) =>
      join.onRef('terms.seat_id', '=', 'seats.id').on('terms.current', '=', current),
    )
    .leftJoin('people', 'people.id', 'terms.person_id')
    .select(seatColumns)
    .select(holderColumns);
}

async function withOffices(db: Db, rows: readonly HeldRow[]): Promise<HeldSeat[]> {
  const termIds = rows.flatMap((row) => (row.term_id === null ? [] : [row.term_id]));
  const offices = await officesOfTerms(db, termIds);
  return rows.map((row) => ({ ...toHeld(row), offices: offices.get(row.term_id ?? '') ?? [] }));
}

function toHeld(row: HeldRow): Omit<HeldSeat, 'offices'> {
  const { term_id, person_id, full_name, gender, as_of } = row;
  const seat = toSeat({ ...row, id: row.seat_id });
  if (term_id === null || person_id === null || full_name === null || gender === null || as_of === null) {
    return { seat, term: null, person: null };
  }
  const term: Term = {
    id: term_id,
    seatId: row.seat_id,
    personId: person_id,
    party: row.party,
    start: row.start_day,
    end: row.end_day,
    asOf: as_of,
  };
  return { seat, term, person: toPerson({ ...row, id: person_id, full_name, gender }) };
}

function toSeat(row: SeatFields & { id: string }): Seat {
  return {
    id: row.id,
    chamber: row.chamber,
    kind: row.kind,
    areaKey: row.area_key,
    areaName: row.area_name,
    regionKey: row.region_key,
    regionName: row.region_name,
    ordinal: row.ordinal,
  };
}

function toPerson(row: PersonFields & { id: string }): Person {
  return {
    id: row.id,
    fullName: row.full_name,
    givenName: row.given_name,
    familyName: row.family_name,
    honorific: row.honorific,
    gender: row.gender,
    website: row.website,
  };
}

/** Offices with their channels by term, in the order of the list they came from. */
async function officesOfTerms(db: Db, termIds: readonly string[]): Promise<Map<string, StoredOffice[]>> {
  const rows: OfficeRow[] = [];
  for (const some of chunks(termIds, 500))
    rows.push(...(await selectOffices(db).where('offices.term_id', 'in', some).execute()));
  return groupOffices(rows);
}

function selectOffices(db: Db) {
  return db
    .selectFrom('offices')
    .innerJoin('channels', 'channels.office_id', 'offices.id')
    .select(['offices.id', 'offices.term_id', 'offices.kind as office_kind', 'offices.label'])
    .select(['channels.kind', 'channels.value', 'channels.max_characters'])
    .select(['channels.state', 'channels.state_since'])
    .orderBy('offices.position')
    .orderBy('channels.position');
}

type OfficeRow = Awaited<ReturnType<ReturnType<typeof selectOffices>['execute']>>[number];

function groupOffices(rows: readonly OfficeRow[]): Map<string, StoredOffice[]> {
  const offices = new Map<string, { office: StoredOffice; termId: string }>();
  for (const row of rows) {
    const known = offices.get(row.id) ?? {
      office: { kind: row.office_kind, label: row.label, channels: [] },
      termId: row.term_id,
    };
    const channel = {
      kind: row.kind,
      value: row.value,
      maxCharacters: row.max_characters,
      state: row.state,
      stateSince: row.state_since,
    };
    const channels = [...known.office.channels, channel];
    offices.set(row.id, { ...known, office: { ...known.office, channels } });
  }
  const byTerm = Map.groupBy(offices.values(), ({ termId }) => termId);
  return new Map([...byTerm].map(([termId, inTerm]) => [termId, inTerm.map(({ office }) => office)]));
}

/** People who held a seat of these chambers before, with the area of it, latest first. */
export async function formerHolders(
  db: Db,
  country: string,
  chambers: readonly string[],
): Promise<{ person: Person; areaKey: string }[]> {
  if (chambers.length === 0) return [];
  const rows = await db
    .selectFrom('terms')
    .innerJoin('seats', 'seats.id', 'terms.seat_id')
    .innerJoin('people', 'people.id', 'terms.person_id')
    .select(['people.id', 'people.full_name', 'people.given_name', 'people.family_name'])
    .select(['people.honorific', 'people.gender', 'people.website', 'seats.area_key'])
    .where('seats.country', '=', country)
    .where('seats.chamber', 'in', [...chambers])
    .where('terms.current', '=', 0)
    .orderBy('terms.retired_on', 'desc')
    .execute();
  return rows.map((row) => ({ person: toPerson(row), areaKey: row.area_key }));
}

export type PersonId = { readonly scheme: string; readonly value: string; readonly personId: string };

/** All ids of a country that are of the schemes given, with their people. */
export async function peopleByIds(
  db: Db,
  country: string,
  schemes: readonly string[],
): Promise<{ ids: PersonId[]; people: Person[] }> {
  if (schemes.length === 0) return { ids: [], people: [] };
  const rows = await db
    .selectFrom('person_ids')
    .innerJoin('people', 'people.id', 'person_ids.person_id')
    .select(['person_ids.scheme', 'person_ids.value', 'people.id', 'people.full_name', 'people.given_name'])
    .select(['people.family_name', 'people.honorific', 'people.gender', 'people.website'])
    .where('person_ids.country', '=', country)
    .where('person_ids.scheme', 'in', [...schemes])
    .execute();
  return {
    ids: rows.map(({ scheme, value, id }) => ({ scheme, value, personId: id })),
    people: rows.map(toPerson),
  };
}
