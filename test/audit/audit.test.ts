import { expect, it } from 'vitest';
import { appendAudit, verifyAudit } from '../../src/audit/audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { workerActor } from '../../src/shared/actor.ts';
import { forEachDatabase } from '../support/databases.ts';

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

  it('finds an entry changed or removed in the file', async () => {
    const db = await open();
    await inTransaction(db, (tx) =>
      appendAudit(
        tx,
        workerActor,
        ['a', 'b', 'c', 'd'].map((action) => ({ action })),
        1,
      ),
    );
    await db.updateTable('audit').set({ action: 'x' }).where('seq', '=', 3).execute();
    expect((await inTransaction(db, (tx) => verifyAudit(tx))).brokenAt).toBe(3);
    await db.deleteFrom('audit').where('seq', '=', 2).execute();
    expect((await inTransaction(db, (tx) => verifyAudit(tx))).brokenAt).toBe(3);
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
