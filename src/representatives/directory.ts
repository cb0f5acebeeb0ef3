import type { Day } from '../shared/clock.ts';
import type { ChannelKind, Gender, SeatKind } from './formats/format.ts';

/** The directory in our words: what the store gives and takes. */

export type ChannelState = 'fine' | 'failing' | 'opted-out';

export type StoredChannel = {
  readonly kind: ChannelKind;
  readonly value: string;
  readonly maxCharacters: number | null;
  readonly state: ChannelState;
  readonly stateSince: number;
};

export type StoredOffice = {
  readonly kind: 'parliament' | 'constituency';
  readonly label: string | null;
  readonly channels: readonly StoredChannel[];
};

export type Person = {
  readonly id: string;
  readonly fullName: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly honorific: string | null;
  readonly gender: Gender;
  readonly website: string | null;
};

export type Seat = {
  readonly id: string;
  readonly chamber: string;
  readonly kind: SeatKind;
  readonly areaKey: string;
  readonly areaName: string;
  readonly regionKey: string | null;
  readonly regionName: string | null;
  /** 1, 2, 3 … within the area; the class of a senator of the United States. */
  readonly ordinal: number;
};

export type Term = {
  readonly id: string;
  readonly seatId: string;
  readonly personId: string;
  readonly party: string | null;
  readonly start: Day | null;
  readonly end: Day | null;
  readonly asOf: Day;
};

/** A seat and who holds it. */
export type HeldSeat = {
  readonly seat: Seat;
  readonly term: Term | null;
  readonly person: Person | null;
  readonly offices: readonly StoredOffice[];
};

/** What a playbook says of a chamber of a country, as far as the directory needs it. */
export type KnownChamber = {
  readonly id: string;
  /** Its name in every language known. */
  readonly names: readonly string[];
  readonly seats: number;
  /** Of another parliament that the country's people elect too: only a list that names it is of it. */
  readonly beside?: boolean;
};

/** A seat that another person holds than before the import, or nobody. */
export type ChangedSeat = {
  readonly seatId: string;
  readonly from: string | null;
  readonly to: string | null;
};
