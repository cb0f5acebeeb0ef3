import { type Compilable, type Insertable, PostgresAdapter } from 'kysely';
import type { Tx } from './connect.ts';
import { fix, runFixed } from './fixed-query.ts';
import type { Tables } from './tables.ts';

type Row = Readonly<Record<string, unknown>>;

/** PostgreSQL takes at most 65,535 values in a statement. */
const valuesAtOnce = 16_000;

/**
 * Inserts rows of one table, all with the same columns. On SQLite one statement after the other, each compiled
 * before; on PostgreSQL, where every statement is a way to another machine and back, many rows in one.
 */
export async function insertRows<Table extends keyof Tables>(
  tx: Tx,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  await writeRows(tx, `insert ${table}`, rows as readonly Row[], (some) =>
    tx.insertInto(table).values(some as never),
  );
}

type CounterTable = 'letter_counts' | 'office_counts' | 'daily_counts' | 'supporter_counts' | 'made_counts';

/** Adds each row's `n` to the counter that its other columns, the table's key, name. */
export async function addToCounters<Table extends CounterTable>(
  tx: Tx,
  table: Table,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const key = Object.keys(first).filter((column) => column !== 'n');
  await writeRows(tx, `count ${table}`, rows as readonly Row[], (some) =>
    tx
      .insertInto(table)
      .values(some as never)
      .onConflict((conflict) =>
        conflict
          .columns(key as never)
          .doUpdateSet(
            (eb) => ({ n: eb(eb.ref(`${table}.n` as never), '+', eb.ref('excluded.n' as never)) }) as never,
          ),
      ),
  );
}

const known = new WeakMap<object, Map<string, ReturnType<typeof fix>>>();

async function writeRows(
  tx: Tx,
  name: string,
  rows: readonly Row[],
  build: (rows: readonly Row[]) => Compilable,
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const { adapter } = tx.getExecutor();
  if (adapter instanceof PostgresAdapter && rows.length > 1) {
    const atOnce = Math.floor(valuesAtOnce / columns.length);
    for (let start = 0; start < rows.length; start += atOnce)
      await tx.executeQuery(build(rows.slice(start, start + atOnce)));
    return;
  }
  const queries = known.get(adapter) ?? new Map<string, ReturnType<typeof fix>>();
  known.set(adapter, queries);
  const id = `${name} ${columns.join()}`;
  const query = queries.get(id) ?? fixOneRow(columns, build);
  queries.set(id, query);
  for (const row of rows)
    await runFixed(
      tx,
      query,
      columns.map((column) => row[column]),
    );
}

function fixOneRow(columns: readonly string[], build: (rows: readonly Row[]) => Compilable) {
  const marks = columns.map((_, place) => ({ place }));
  return fix(
    build([Object.fromEntries(columns.map((column, place) => [column, marks[place]]))]).compile(),
    marks,
  );
}
