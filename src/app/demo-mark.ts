import type { Db, Tx } from '../database/connect.ts';
import { readMeta, writeMeta } from '../database/meta.ts';

const name = 'demo';

/** Whether this database was filled by `demo`. The mark is never taken away. */
export async function isDemo(db: Db): Promise<boolean> {
  return (await readMeta(db, name)) === 'yes';
}

export async function markAsDemo(tx: Tx): Promise<void> {
  await writeMeta(tx, name, 'yes');
}
