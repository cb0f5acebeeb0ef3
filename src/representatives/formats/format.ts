import type { Day } from '../../shared/clock.ts';
import type { Source } from '../read-source.ts';
import { RowRefused } from '../row-refused.ts';

export type Gender = 'f' | 'm' | 'x' | 'unknown';
export type SeatKind = 'constituency' | 'region' | 'list';
export type ChannelKind = 'email' | 'form' | 'post' | 'phone';

export type ListedChannel = { readonly kind: ChannelKind; readonly value: string };

export type ListedOffice = {
  readonly kind: 'parliament' | 'constituency';
  readonly label: string | null;
  readonly channels: readonly ListedChannel[];
};

export type ListedArea = {
  /** What lists and postcode tables of a country share. */
  readonly key: string;
  readonly name: string;
  readonly regionKey: string | null;
  readonly regionName: string | null;
  readonly kind: SeatKind;
};

/** One member as a list names them, whatever its format. */
export type ListedMember = {
  /** Where in the file, from 1. */
  readonly line: number;
  /** Ids the list gives, the most lasting first. */
  readonly ids: readonly { readonly scheme: string; readonly value: string }[];
  readonly fullName: string;
  readonly givenName: string | null;
  /** Null where the list does not say which part of the name it is: letters then use the whole name. */
  readonly familyName: string | null;
  readonly honorific: string | null;
  readonly gender: Gender;
  readonly party: string | null;
  readonly chamber: { readonly id: string; readonly name: string };
  readonly area: ListedArea;
  /** A number within the area that the list itself gives (the class of a senator), else null. */
  readonly ordinal: number | null;
  readonly start: Day | null;
  readonly end: Day | null;
  readonly website: string | null;
  readonly offices: readonly ListedOffice[];
};

export type Refusal = {
  readonly line: number;
  readonly reason: string;
  /** The row's words, so that a refused row does not make its member look absent. */
  readonly words?: string;
};

export type Reading = {
  readonly members: readonly ListedMember[];
  readonly refused: readonly Refusal[];
  readonly warnings: readonly string[];
};

export type ReadingOptions = { readonly country: string; readonly asOf: Day };

/** One file a format: how it is known by its content, and how it is read. Reading is pure. */
export type Format = {
  readonly id: string;
  /** ISO code of the only country the format is used for, or null for one used by many. */
  readonly country: string | null;
  readonly describes: string;
  recognizes(source: Source): boolean;
  /** Members serving on the day, with what was refused and why. */
  read(source: Source, options: ReadingOptions): Reading;
};

type Read = { readonly member: ListedMember; readonly warnings: readonly string[] } | null;

/** Reads row after row; a row that throws `RowRefused` is listed with its line, the others go on. */
export function readRows<Row extends { readonly line: number }>(
  rows: readonly Row[],
  readRow: (row: Row) => Read,
  wordsOf: (row: Row) => string,
): Reading {
  const members: ListedMember[] = [];
  const refused: Refusal[] = [];
  const warnings: string[] = [];
  for (const row of rows) {
    try {
      const read = readRow(row);
      if (!read) continue;
      members.push(read.member);
      warnings.push(...read.warnings.map((warning) => `line ${row.line}: ${warning}`));
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error;
      refused.push({ line: row.line, reason: error.message, words: wordsOf(row) });
    }
  }
  return { members, refused, warnings };
}
