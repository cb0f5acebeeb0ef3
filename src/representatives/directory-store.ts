import type { Insertable } from 'kysely';
import type { Tx } from '../database/connect.ts';
import type { Tables } from '../database/tables.ts';
import { type Actor, actorId } from '../shared/actor.ts';
import { chunks } from '../shared/chunks.ts';
import type { Day } from '../shared/clock.ts';
import type { Person, Seat, StoredOffice, Term } from './directory.ts';
import type { PersonFields, PersonId, SeatFields } from './representative-store.ts';

/** Writing people, seats, terms, offices and channels: what an import changes, and who made it. */

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
