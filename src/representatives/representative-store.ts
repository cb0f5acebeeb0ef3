import type { Insertable } from 'kysely';
import type { Db, Tx } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import type { Tables } from '../database/tables.ts';
import { type Actor, actorId } from '../shared/actor.ts';
import type { Day } from '../shared/clock.ts';
import type { HeldSeat, Person, Seat, StoredOffice, Term } from './directory.ts';

/**
 * All SQL on people, seats, terms, offices and channels. The directory is public data of public offices: reads
 * take no actor, imports record who made them. `Db` also takes a transaction.
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

type SeatFields = Pick<
  SeatRow,
  'chamber' | 'kind' | 'area_key' | 'area_name' | 'region_key' | 'region_name' | 'ordinal'
>;
type TermFields = Pick<TermRow, 'party' | 'start_day' | 'end_day' | 'as_of'>;
type PersonFields = Omit<PersonRow, 'id' | 'country' | 'created_at' | 'updated_at'>;
type HeldRow = SeatFields & { seat_id: string } & Nullable<
    TermFields & PersonFields & { term_id: string; person_id: string }
  >;
type Nullable<T> = { [key in keyof T]: T[key] | null };

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

const heldSeatQuery = fixedQuery((db: Db, country: string, seatId: string) =>
  selectHeldSeats(db).where('seats.country', '=', country).where('seats.id', '=', seatId),
);
const officesQuery = fixedQuery((db: Db, termId: string) => selectOffices(db).where('offices.term_id', '=', termId));

function selectHeldSeats(db: Db) {
  return db
    .selectFrom('seats')
    .leftJoin('terms', (join) => join.onRef('terms.seat_id', '=', 'seats.id').on('terms.current', '=', 1))
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
  for (const some of chunks(termIds, 500)) rows.push(...(await selectOffices(db).where('offices.term_id', 'in', some).execute()));
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

/** A plan of an import, as rows in our words. Ids of new rows are already given. */
export type DirectoryChanges = {
  readonly newPeople: readonly Person[];
  readonly changedPeople: readonly Person[];
  readonly newIds: readonly PersonId[];
  readonly newSeats: readonly Seat[];
  readonly changedSeats: readonly Seat[];
  /** Terms that end, with the day they ended at the latest. */
  readonly endedTerms: readonly { readonly id: string; readonly retiredOn: Day }[];
  readonly newTerms: readonly Term[];
  readonly changedTerms: readonly Term[];
  /** Terms that the list confirmed without a change. */
  readonly confirmedTerms: readonly string[];
  /** Terms whose offices are written anew. */
  readonly offices: readonly { readonly termId: string; readonly offices: readonly StoredOffice[] }[];
  readonly personWords: readonly { readonly personId: string; readonly words: readonly string[] }[];
  readonly seatWords: readonly { readonly seatId: string; readonly words: readonly string[] }[];
};

export type ImportRecord = {
  readonly id: string;
  readonly country: string;
  readonly kind: 'representatives' | 'postcodes';
  readonly format: string;
  readonly encoding: string;
  readonly source: string | null;
  readonly asOf: Day;
  readonly at: number;
  readonly entries: number;
  readonly added: number;
  readonly updated: number;
  readonly retired: number;
  readonly refused: number;
  readonly current: boolean;
  readonly lossy: boolean;
};

export async function insertImport(tx: Tx, actor: Actor, record: ImportRecord): Promise<void> {
  const { asOf, current, lossy, ...fields } = record;
  await tx
    .insertInto('imports')
    .values({
      ...fields,
      as_of: asOf,
      current: Number(current),
      lossy: Number(lossy),
      actor_kind: actor.kind,
      actor_id: actorId(actor),
    })
    .execute();
}

export type WriteContext = {
  readonly country: string;
  readonly importId: string;
  readonly asOf: Day;
  readonly now: number;
  readonly newId: () => string;
};

/** Writes everything an import changes; terms that end come first, since a seat has one holder at a time. */
export async function writeChanges(tx: Tx, changes: DirectoryChanges, context: WriteContext): Promise<void> {
  await writePeople(tx, changes, context);
  await writeSeats(tx, changes, context);
  await writeTerms(tx, changes, context);
  await writeOffices(tx, changes.offices, context);
  await writeWords(tx, changes, context.country);
}

async function writePeople(tx: Tx, changes: DirectoryChanges, context: WriteContext): Promise<void> {
  const { country, now } = context;
  const newPeople = changes.newPeople.map((person) => ({
    ...fromPerson(person),
    country,
    created_at: now,
    updated_at: now,
  }));
  await insertMany(tx, 'people', newPeople);
  for (const person of changes.changedPeople) {
    const { id, ...fields } = fromPerson(person);
    await tx
      .updateTable('people')
      .set({ ...fields, updated_at: now })
      .where('id', '=', id)
      .execute();
  }
  const newIds = changes.newIds.map(({ scheme, value, personId }) => ({
    country,
    scheme,
    value,
    person_id: personId,
  }));
  await insertMany(tx, 'person_ids', newIds);
}

function fromPerson(person: Person): PersonFields & { id: string } {
  return {
    id: person.id,
    full_name: person.fullName,
    given_name: person.givenName,
    family_name: person.familyName,
    honorific: person.honorific,
    gender: person.gender,
    website: person.website,
  };
}

async function writeSeats(tx: Tx, changes: DirectoryChanges, context: WriteContext): Promise<void> {
  const { country, now } = context;
  await insertMany(
    tx,
    'seats',
    changes.newSeats.map((seat) => ({ ...fromSeat(seat), country, created_at: now })),
  );
  for (const seat of changes.changedSeats) {
    const { id, ...fields } = fromSeat(seat);
    await tx.updateTable('seats').set(fields).where('id', '=', id).execute();
  }
}

function fromSeat(seat: Seat): SeatFields & { id: string } {
  return {
    id: seat.id,
    chamber: seat.chamber,
    kind: seat.kind,
    area_key: seat.areaKey,
    area_name: seat.areaName,
    region_key: seat.regionKey,
    region_name: seat.regionName,
    ordinal: seat.ordinal,
  };
}

async function writeTerms(tx: Tx, changes: DirectoryChanges, context: WriteContext): Promise<void> {
  const { asOf, importId } = context;
  for (const [day, ended] of Map.groupBy(changes.endedTerms, (term) => term.retiredOn)) {
    for (const ids of chunks(
      ended.map((term) => term.id),
      500,
    )) {
      await tx.updateTable('terms').set({ current: 0, retired_on: day }).where('id', 'in', ids).execute();
    }
  }
  const newTerms = changes.newTerms.map((term) => ({
    id: term.id,
    seat_id: term.seatId,
    person_id: term.personId,
    party: term.party,
    start_day: term.start,
    end_day: term.end,
    current: 1,
    as_of: term.asOf,
    retired_on: null,
    import_id: importId,
  }));
  await insertMany(tx, 'terms', newTerms);
  for (const term of changes.changedTerms) {
    const fields = { party: term.party, start_day: term.start, end_day: term.end };
    await tx.updateTable('terms').set(fields).where('id', '=', term.id).execute();
  }
  for (const ids of chunks(changes.confirmedTerms, 500)) {
    await tx.updateTable('terms').set({ as_of: asOf, import_id: importId }).where('id', 'in', ids).execute();
  }
}

async function writeOffices(
  tx: Tx,
  written: DirectoryChanges['offices'],
  context: WriteContext,
): Promise<void> {
  for (const ids of chunks(
    written.map(({ termId }) => termId),
    500,
  )) {
    await tx.deleteFrom('offices').where('term_id', 'in', ids).execute();
  }
  const offices: Insertable<Tables['offices']>[] = [];
  const channels: Insertable<Tables['channels']>[] = [];
  for (const { termId, offices: inTerm } of written) {
    for (const [position, office] of inTerm.entries()) {
      const officeId = context.newId();
      offices.push({ id: officeId, term_id: termId, kind: office.kind, label: office.label, position });
      for (const [place, channel] of office.channels.entries()) {
        const { maxCharacters, stateSince, ...fields } = channel;
        const id = context.newId();
        const rest = { max_characters: maxCharacters, state_since: stateSince, position: place };
        channels.push({ id, office_id: officeId, ...fields, ...rest });
      }
    }
  }
  await insertMany(tx, 'offices', offices);
  await insertMany(tx, 'channels', channels);
}

async function writeWords(tx: Tx, changes: DirectoryChanges, country: string): Promise<void> {
  for (const ids of chunks(
    changes.changedPeople.map((person) => person.id),
    500,
  )) {
    await tx.deleteFrom('person_words').where('person_id', 'in', ids).execute();
  }
  for (const ids of chunks(
    changes.changedSeats.map((seat) => seat.id),
    500,
  )) {
    await tx.deleteFrom('seat_words').where('seat_id', 'in', ids).execute();
  }
  const people = changes.personWords.flatMap(({ personId, words }) =>
    words.map((word) => ({ country, word, person_id: personId })),
  );
  await insertMany(tx, 'person_words', people);
  const seats = changes.seatWords.flatMap(({ seatId, words }) =>
    words.map((word) => ({ country, word, seat_id: seatId })),
  );
  await insertMany(tx, 'seat_words', seats);
}

/** Inserts rows in statements of up to 400: neither a query a row nor more values than an engine takes. */
export async function insertMany<Name extends keyof Tables>(
  tx: Tx,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
): Promise<void> {
  for (const some of chunks(rows, 400)) await tx.insertInto(table).values(some).execute();
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}
