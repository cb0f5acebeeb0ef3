import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Db } from './connect.ts';

/** A compiled query whose parameters are places (numbers of the values given) or constants. */
type Fixed<Row> = {
  readonly compiled: CompiledQuery<Row>;
  readonly parameters: readonly ({ readonly place: number } | { readonly constant: unknown })[];
};

/** Stands for a value while the query is compiled. */
type Mark = { readonly place: number };

/**
 * A query that is always the same but for its values: built and compiled once for a database and kept, because
 * that costs several times what running it does. `build` must use each of its values, as values only: whether
 * one is null or how many there are must not change the words of the query.
 */
export function fixedQuery<Values extends readonly unknown[], Row>(
  build: (db: Db, ...values: Values) => Compilable<Row>,
): (db: Db, ...values: Values) => Promise<QueryResult<Row>> {
  const known = new WeakMap<object, Fixed<Row>>();
  return async (db, ...values) => {
    const { adapter } = db.getExecutor();
    let fixed = known.get(adapter);
    if (!fixed) {
      const marks = Array.from({ length: build.length - 1 }, (_, place): Mark => ({ place }));
      fixed = fix(build(db, ...(marks as unknown as Values)).compile(), marks);
      known.set(adapter, fixed);
    }
    return await runFixed(db, fixed, values);
  };
}

/** Tells marks from constants among the parameters. @throws Error if a mark got lost. */
export function fix<Row>(compiled: CompiledQuery<Row>, marks: readonly Mark[]): Fixed<Row> {
  const parameters = compiled.parameters.map(
    (value) => marks.find((mark) => mark === value) ?? { constant: value },
  );
  for (const mark of marks) {
    if (!parameters.includes(mark)) throw new Error(`a fixed query does not use its value ${mark.place + 1}`);
  }
  return { compiled, parameters };
}

/** Runs a fixed query with values. */
export async function runFixed<Row>(
  db: Db,
  { compiled, parameters }: Fixed<Row>,
  values: readonly unknown[],
): Promise<QueryResult<Row>> {
  return await db.executeQuery({
    ...compiled,
    parameters: parameters.map((one) => ('place' in one ? values[one.place] : one.constant)),
  });
}
