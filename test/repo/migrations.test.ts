import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { migrations } from '../../migrations/index.ts';
import type { Db } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { forEachDatabase, postgresForTests, sqliteForTests } from '../support/databases.ts';

const folder = join(import.meta.dirname, '..', '..', 'migrations');
const files = readdirSync(folder)
  .filter((file) => file !== 'index.ts')
  .sort();

describe('the migrations', () => {
  it('are all listed, in the order of their numbers, under the names of their files', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(Object.keys(migrations)).toEqual(files.map((file) => file.replace('.ts', '')));
  });

  it('are numbered without a gap and named by what they do', () => {
    expect(files.filter((file) => !/^\d{4}-[a-z]+(?:-[a-z]+)*\.ts$/.test(file))).toEqual([]);
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  });

  it.each(files)('%s is the one that its name in the list leads to', async (file) => {
    const own = (await import(join(folder, file))) as { up: unknown };
    expect(migrations[file.replace('.ts', '')]?.up).toBe(own.up);
    expect(own.up).toBeTypeOf('function');
  });
});

forEachDatabase((open) => {
  it('run twice, the second time without touching anything', async () => {
    const db = await open();
    const before = await shapeOf(db);
    expect(await migrate(db)).toEqual([]);
    expect(await shapeOf(db)).toEqual(before);
    expect(before.length).toBeGreaterThan(20);
  });
});

describe('SQLite and PostgreSQL', () => {
  const openSqlite = sqliteForTests();
  const openPostgres = postgresForTests();

  it.skipIf('skip' in inject('postgres'))(
    'have the same tables and columns, the same ones required',
    async () => {
      const [sqlite, postgres] = [await openSqlite(), await openPostgres()];
      expect(await shapeOf(sqlite)).toEqual(await shapeOf(postgres));
    },
  );
});

/** Every column as "table.column", with "?" where it may be null. */
async function shapeOf(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables();
  return tables
    .flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}${column.isNullable ? '?' : ''}`),
    )
    .sort();
}
