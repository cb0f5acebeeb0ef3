import Database from 'better-sqlite3';
import { type QueryCompiler, SqliteDialect, SqliteQueryCompiler } from 'kysely';

const settings: Readonly<Record<string, string | number>> = {
  journal_mode: 'wal',
  synchronous: 2, // FULL: a page that says "queued" has its letter on the disk
  secure_delete: 1,
  trusted_schema: 0,
  foreign_keys: 1,
  busy_timeout: 50, // the driver blocks the whole process while it waits: wait outside, in `inTransaction`
};

export function openSqlite(file: string): Database.Database {
  const database = new Database(file);
  for (const [name, value] of Object.entries(settings)) database.pragma(`${name} = ${value}`);
  database.pragma('cache_size = -32000');
  return database;
}

/** The first setting that does not read back as it was set, or null. */
export function sqliteSettingsFault(database: Database.Database): string | null {
  for (const [name, wanted] of Object.entries(settings)) {
    const found = database.pragma(name, { simple: true });
    if (found !== wanted) return `${name} is ${String(found)}, not ${wanted}`;
  }
  return null;
}

/** How many prepared statements are kept: more than the program has, fewer than could fill the memory. */
const keptStatements = 500;
/** Longer ones are inserts of many rows, each length another text: not worth keeping. */
const keptLength = 4_000;

/**
 * Kysely on one SQLite connection. Statements are prepared once and kept; a transaction takes the write
 * lock at its beginning, so that it never fails half way because another process wrote meanwhile.
 */
export function createSqliteDialect(database: Database.Database): SqliteDialect {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const kept = statements.get(sql);
    if (kept) return kept;
    const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
    if (statements.size < keptStatements && sql.length < keptLength) statements.set(sql, statement);
    return statement;
  };
  return new PlannedOnceDialect({
    database: { prepare: prepare as never, close: () => database.close() },
  });
}

/**
 * SQLite looks at the values of a statement while it plans it, and so plans it anew each time they change, which
 * takes ten times as long as running it. Behind a plus sign, which changes no value, it does not see them.
 */
class PlannedOnceCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

class PlannedOnceDialect extends SqliteDialect {
  override createQueryCompiler(): QueryCompiler {
    return new PlannedOnceCompiler();
  }
}
