import { expect, it } from 'vitest';
import { inTransaction } from '../../src/database/transaction.ts';
import { letterById, lettersOfSupporter, lettersToMove } from '../../src/letters/letter-store.ts';
import { createVault } from '../../src/vault/vault.ts';
import { aLetter, aSupporter } from '../support/builders.ts';
import { forEachDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';

forEachDatabase((open) => {
  it('shows an organizer the letters of their countries, and without any country none', async () => {
    const db = await open();
    const vault = createVault(Buffer.alloc(32, 1), fakeClock());
    const writer = await aSupporter(db, vault, { country: 'NZ' });
    await aLetter(db, vault, writer, { state: 'submitted' });
    const { id, supporter_id } = await db.selectFrom('letters').selectAll().executeTakeFirstOrThrow();
    const seenBy = (countries: readonly string[]) =>
      inTransaction(db, async (tx) => {
        const actor = { kind: 'organizer', organizerId: 'o', countries } as const;
        return [
          (await letterById(tx, actor, id)) ? 1 : 0,
          (await lettersOfSupporter(tx, actor, supporter_id)).length,
          (await lettersToMove(tx, actor, [id])).size,
        ];
      });
    expect(await seenBy(['NZ'])).toEqual([1, 1, 1]);
    expect(await seenBy(['FR'])).toEqual([0, 0, 0]);
    expect(await seenBy([])).toEqual([0, 0, 0]);
  });
});
