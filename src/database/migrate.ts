import { Migrator } from 'kysely/migration';
import { migrations } from '../../migrations/index.ts';
import { UsageError } from '../shared/errors.ts';
import type { Db } from './connect.ts';

/** Brings the database up to date. @returns the names of the migrations that ran. */
export async function migrate(db: Db): Promise<string[]> {
  const { error, results } = await createMigrator(db).migrateToLatest();
  if (error) throw error;
  return (results ?? [])
    .filter((result) => result.status === 'Success')
    .map((result) => result.migrationName);
}

/** @throws UsageError if the database is behind this release or ahead of it. */
export async function refuseOutdated(db: Db): Promise<void> {
  const all = await createMigrator(db).getMigrations();
  const missing = all.filter((migration) => !migration.executedAt).map((migration) => migration.name);
  if (missing.length > 0)
    throw new UsageError(`the database lacks ${missing.join(', ')}: run "npm run campaign -- migrate"`);
}

function createMigrator(db: Db): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
}
