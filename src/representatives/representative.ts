import type { Db } from '../database/connect.ts';
import type { Day } from '../shared/clock.ts';
import type { ChannelState, HeldSeat } from './directory.ts';
import type { ChannelKind, Gender, SeatKind } from './formats/format.ts';
import { channelsOfSeat, heldSeatOf, heldSeats } from './representative-store.ts';

type Channel = {
  readonly kind: ChannelKind;
  readonly value: string;
  readonly maxCharacters: number | null;
  readonly state: ChannelState;
  /** Whose it is: the parliament's or the local office's, with its name where the list has one. */
  readonly office: 'parliament' | 'constituency';
  readonly officeLabel: string | null;
};

/** The person who holds a seat, as pages and letters need them. */
export type Representative = {
  readonly seatId: string;
  readonly personId: string;
  readonly chamber: string;
  readonly kind: SeatKind;
  /** The name of the area: 'Wellington Central', 'New York', 'List'. */
  readonly constituency: string;
  readonly areaKey: string;
  readonly region: string | null;
  readonly fullName: string;
  readonly givenName: string | null;
  /** Null where the list did not say which part of the name it is: use the whole name. */
  readonly familyName: string | null;
  readonly honorific: string | null;
  readonly gender: Gender;
  readonly party: string | null;
  readonly website: string | null;
  readonly channels: readonly Channel[];
  /** Lines of the first postal address, without the name; empty where the list has none. */
  readonly address: readonly string[];
  /** The day of the list that named the person last. */
  readonly asOf: Day;
};

export type SeatSummary = {
  readonly seatId: string;
  readonly chamber: string;
  readonly kind: SeatKind;
  readonly constituency: string;
  readonly region: string | null;
  /** Null where nobody holds the seat. */
  readonly holder: string | null;
};

/** Who holds a seat now, or null where it is vacant or no seat of that country. `db` may be a transaction. */
export async function representativeOfSeat(
  db: Db,
  country: string,
  seatId: string,
): Promise<Representative | null> {
  const held = await heldSeatOf(db, country, seatId);
  return held ? toRepresentative(held) : null;
}

/** The person who holds a seat, as far as a letter goes to them. */
export type Holder = Pick<
  Representative,
  'seatId' | 'chamber' | 'kind' | 'constituency' | 'fullName' | 'familyName' | 'gender' | 'address'
> & {
  /** The first of each that has not failed or opted out. */
  readonly email: string | null;
  readonly form: string | null;
};

/** As `representativeOfSeat`, without what no letter prints: in one question. */
export async function holderOfSeat(db: Db, country: string, seatId: string): Promise<Holder | null> {
  const rows = await channelsOfSeat(db, country, seatId);
  const [row] = rows;
  if (!row) return null;
  const first = (kind: ChannelKind) => rows.find((one) => one.kind === kind && one.state === 'fine');
  return {
    seatId,
    chamber: row.chamber,
    kind: row.seat_kind,
    constituency: row.area_name,
    fullName: row.full_name,
    familyName: row.family_name,
    gender: row.gender,
    address: rows.find(({ kind }) => kind === 'post')?.value?.split('\n') ?? [],
    email: first('email')?.value ?? null,
    form: first('form')?.value ?? null,
  };
}

/** Every seat of a country known to the directory, vacant ones too, by area and number. */
export async function seatsOfCountry(db: Db, country: string): Promise<SeatSummary[]> {
  return (await heldSeats(db, country, null)).map(({ seat, person }) => ({
    seatId: seat.id,
    chamber: seat.chamber,
    kind: seat.kind,
    constituency: seat.areaName,
    region: seat.regionName,
    holder: person?.fullName ?? null,
  }));
}

/** A held seat in the words of pages and letters; null where nobody holds it. */
export function toRepresentative({ seat, person, term, offices }: HeldSeat): Representative | null {
  if (!person || !term) return null;
  const { id: personId, ...names } = person;
  const channels = offices.flatMap((office) =>
    office.channels.map(({ stateSince: _, ...channel }) => ({
      ...channel,
      office: office.kind,
      officeLabel: office.label,
    })),
  );
  return {
    seatId: seat.id,
    personId,
    chamber: seat.chamber,
    kind: seat.kind,
    constituency: seat.areaName,
    areaKey: seat.areaKey,
    region: seat.regionName,
    ...names,
    party: term.party,
    channels,
    address: channels.find((channel) => channel.kind === 'post')?.value.split('\n') ?? [],
    asOf: term.asOf,
  };
}
