import { expect, it } from 'vitest';
import { appendAudit, verifyAudit } from '../../src/audit/audit.ts';
import type { Db } from '../../src/database/connect.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { workerActor } from '../../src/shared/actor.ts';
import { forEachDatabase } from '../support/databases.ts';

/** What a hand in the file may do to four entries, and the first entry that no longer follows. */
const tamperings: readonly [string, (db: Db) => Promise<unknown>, number][] = [
  [
    'an entry changed',
    (db) => db.updateTable('audit').set({ action: 'x' }).where('seq', '=', 3).execute(),
    3,
  ],
  ['an entry removed in the middle', (db) => db.deleteFrom('audit').where('seq', '=', 2).execute(), 3],
  ['the newest entry removed', (db) => db.deleteFrom('audit').where('seq', '=', 4).execute(), 4],
  ['the newest entries removed', (db) => db.deleteFrom('audit').where('seq', '>', 2).execute(), 3],
  ['every entry removed', (db) => db.deleteFrom('audit').execute(), 1],
  [
    'two entries swapped',
    async (db) => {
      for (const [from, to] of [
        [2, 100],
        [3, 2],
        [100, 3],
      ] as const)
        await db.updateTable('audit').set({ seq: to }).where('seq', '=', from).execute();
    },
    2,
  ],
  [
    'an entry put in between',
    async (db) => {
      const third = await db.selectFrom('audit').selectAll().where('seq', '=', 3).executeTakeFirstOrThrow();
      for (const seq of [4, 3])
        await db
          .updateTable('audit')
          .set({ seq: seq + 1 })
          .where('seq', '=', seq)
          .execute();
      await db
        .insertInto('audit')
        .values({ ...third, action: 'never happened' })
        .execute();
    },
    3,
  ],
  [
    'the head pointing to an older entry',
    async (db) => {
      const { hash } = await db
        .selectFrom('audit')
        .select('hash')
        .where('seq', '=', 3)
        .executeTakeFirstOrThrow();
      await db.updateTable('audit_head').set({ seq: 3, hash }).execute();
    },
    4,
  ],
  [
    'the hash of the head rewritten',
    (db) =>
      db
        .updateTable('audit_head')
        .set({ hash: 'f'.repeat(64) })
        .execute(),
    4,
  ],
];

forEachDatabase((open) => {
  it('chains entries in order, also when many append at once', async () => {
    const db = await open();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        inTransaction(db, (tx) =>
          appendAudit(
            tx,
            workerActor,
            [{ action: `deed ${n}` }, { action: 'second', subjectId: String(n), country: 'NZ' }],
            n,
          ),
        ),
      ),
    );
    expect(await inTransaction(db, (tx) => verifyAudit(tx))).toEqual({ entries: 40, brokenAt: null });
  });

  it.each(tamperings)('finds %s', async (_, tamper, brokenAt) => {
    const db = await open();
    await inTransaction(db, (tx) =>
      appendAudit(
        tx,
        workerActor,
        ['a', 'b', 'c', 'd'].map((action) => ({ action })),
        1,
      ),
    );
    expect(await inTransaction(db, verifyAudit)).toEqual({ entries: 4, brokenAt: null });
    await tamper(db);
    expect((await inTransaction(db, verifyAudit)).brokenAt).toBe(brokenAt);
  });

  it('walks more entries than one page holds', async () => {
    const db = await open();
    const entries = Array.from({ length: 2_001 }, (_, n) => ({ action: `deed ${n}` }));
    await inTransaction(db, (tx) => appendAudit(tx, workerActor, entries, 1));
    expect(await inTransaction(db, verifyAudit)).toEqual({ entries: 2_001, brokenAt: null });
    await db.deleteFrom('audit').where('seq', '=', 2_001).execute();
    expect(await inTransaction(db, verifyAudit)).toEqual({ entries: 2_000, brokenAt: 2_001 });
  });

  it('leaves no entry when the deed itself is rolled back', async () => {
    const db = await open();
    await expect(
      inTransaction(db, async (tx) => {
        await appendAudit(tx, workerActor, [{ action: 'never' }], 1);
        throw new Error('the deed failed');
      }),
    ).rejects.toThrow('the deed failed');
    expect(await inTransaction(db, (tx) => verifyAudit(tx))).toEqual({ entries: 0, brokenAt: null });
  });
});
