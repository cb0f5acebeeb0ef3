import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import { openSqlite } from '../../src/database/sqlite.ts';
import { beMeasured } from './measured-process.ts';
import type { Recorded, RecordedRow } from './record-rows.ts';

/**
 * Bare Express and better-sqlite3 with the same settings of the database: the form is parsed, the rows that the
 * product writes for it are inserted in one transaction, the answer is a redirect. Arguments: a database with the
 * product's tables, and a JSON file with the rows of a sign-up and of a letter.
 */
const [databaseFile = '', rowsFile = ''] = process.argv.slice(2);
const recorded = JSON.parse(readFileSync(rowsFile, 'utf8')) as Recorded;
const database = openSqlite(databaseFile);
const seat = database.prepare('select id from seats limit 1').pluck().get();
let seq = 1_000_000;

const app = express();
app.use(express.urlencoded({ extended: false, limit: '64kb' }));
app.post('/:language/join', answer(recorded.join));
app.post('/:language/:country/write/submit', answer(recorded.submit));
const server = app.listen(0, '127.0.0.1', () => {
  beMeasured((server.address() as AddressInfo).port, () => server.close());
});

function answer(rows: readonly RecordedRow[]): RequestHandler {
  const statements = rows.map((row) => database.prepare(sqlOf(row)));
  const insert = database.transaction(() => {
    const ids = new Map<string, string>();
    for (const [place, row] of rows.entries()) statements[place]?.run(valuesOf(row, ids));
  });
  return (req, res) => {
    if (!req.body.email) throw new Error('the form was not parsed');
    insert.immediate();
    res.redirect(303, '/');
  };
}

function sqlOf({ table, values }: RecordedRow): string {
  const columns = Object.keys(values);
  const places = columns.map(() => '?').join(', ');
  const insert = `insert into ${table} (${columns.join(', ')}) values (${places})`;
  if (!table.endsWith('_counts')) return insert;
  const key = columns.filter((column) => column !== 'n').join(', ');
  return `${insert} on conflict (${key}) do update set n = n + excluded.n`;
}

/** The row's values, of the same size, with ids and unique values of their own. */
function valuesOf({ values, ids: own, unique }: RecordedRow, ids: Map<string, string>): unknown[] {
  return Object.entries(values).map(([column, value]) => {
    if (column === 'seq') return ++seq;
    if (column === 'seat_id') return value === null ? null : seat;
    if (unique.includes(column)) return fresh(value);
    if (!own.includes(column) || typeof value !== 'string') return revive(value);
    const known = ids.get(value) ?? String(fresh(value));
    ids.set(value, known);
    return known;
  });
}

function fresh(value: unknown): string | Buffer {
  const old = revive(value);
  if (Buffer.isBuffer(old)) return randomBytes(old.length);
  const length = String(old).length;
  return randomBytes(length).toString('hex').slice(0, length);
}

function revive(value: unknown): string | number | null | Buffer {
  if (typeof value === 'object' && value !== null) return Buffer.from((value as { hex: string }).hex, 'hex');
  return value as string | number | null;
}
