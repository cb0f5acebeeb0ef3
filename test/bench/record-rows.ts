import { sql } from 'kysely';
import type { Db } from '../../src/database/connect.ts';

export type RecordedRow = {
  readonly table: string;
  /** Bytes as `{hex}`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Columns that name rows of the same request. */
  readonly ids: readonly string[];
  /** Columns that are unique by themselves. */
  readonly unique: readonly string[];
};
export type Recorded = { readonly join: readonly RecordedRow[]; readonly submit: readonly RecordedRow[] };

/** In an order in which each row's references are there before it. */
const tables = [
  'supporters',
  'threads',
  'letters',
  'links',
  'mailed_addresses',
  'link_mails',
  'consents',
  'events',
  'audit',
  'supporter_counts',
  'letter_counts',
  'office_counts',
] as const;

const unique = [
  'email_index',
  'token_hash',
  'unique_key',
  'message_id',
  'address_index',
  'hash',
  'subject_id',
];

/** How many rows each table has: take it before, give it to `rowsSince` after. */
export async function countAll(db: Db): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const table of tables) counts.set(table, (await rowsOf(db, table)).length);
  return counts;
}

/** The rows one request has added; a counter counts as one row where it was counted up. */
export async function rowsSince(db: Db, before: ReadonlyMap<string, number>): Promise<RecordedRow[]> {
  const rows: RecordedRow[] = [];
  for (const table of tables) {
    const all = await rowsOf(db, table);
    const added = table.endsWith('_counts') ? all : all.slice(before.get(table) ?? 0);
    rows.push(...added.map((values) => record(table, values)));
  }
  return rows;
}

async function rowsOf(db: Db, table: string): Promise<Record<string, unknown>[]> {
  return (await sql<Record<string, unknown>>`select * from ${sql.table(table)} order by rowid`.execute(db))
    .rows;
}

function record(table: string, values: Record<string, unknown>): RecordedRow {
  const columns = Object.keys(values);
  return {
    table,
    values: Object.fromEntries(
      Object.entries(values).map(([column, value]) => [
        column,
        Buffer.isBuffer(value) ? { hex: value.toString('hex') } : value,
      ]),
    ),
    ids: columns.filter(
      (column) =>
        column === 'id' ||
        (/_id$/.test(column) && !['seat_id', 'text_id', 'message_id', 'subject_id'].includes(column)),
    ),
    unique: columns.filter((column) => unique.includes(column)),
  };
}
