import { readConfig } from '../config/config.ts';
import { connect, type Db } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';

/** Opens the database of the configuration for one command and brings it up to date. Close it when done. */
export async function openDatabase(io: {
  readonly root: string;
}): Promise<{ db: Db; close(): Promise<void> }> {
  const config = readConfig(io.root);
  const db = connect(config.database);
  await migrate(db);
  return { db, close: () => db.destroy() };
}
