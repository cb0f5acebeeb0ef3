import { expect, it } from 'vitest';
import type { Db } from '../../src/database/connect.ts';
import { createMadeCounter } from '../../src/letters/journey/count-made.ts';
import { forEachDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';

const made = { country: 'NZ', ask: 'asylum' };

async function counts(db: Db): Promise<number[]> {
  return (await db.selectFrom('made_counts').select('n').execute()).map(({ n }) => n);
}

forEachDatabase((open) => {
  it('counts a form once, also when it is sent again while the first is still being counted', async () => {
    const db = await open();
    const countMade = createMadeCounter({ db, clock: fakeClock() });
    await Promise.all([countMade('one form', made), countMade('one form', made)]);
    await countMade('one form', made);
    expect(await counts(db)).toEqual([1]);
    await countMade('another form', made);
    expect(await counts(db)).toEqual([2]);
  });

  it('knows nothing of what another server counted', async () => {
    const [db, elsewhere] = [await open(), await open()];
    await createMadeCounter({ db, clock: fakeClock() })('one form', made);
    await createMadeCounter({ db: elsewhere, clock: fakeClock() })('one form', made);
    expect([await counts(db), await counts(elsewhere)]).toEqual([[1], [1]]);
  });

  it('counts a form that could not be counted when it is sent again', async () => {
    const db = await open();
    const countMade = createMadeCounter({ db, clock: fakeClock() });
    await db.schema.alterTable('made_counts').renameTo('away').execute();
    await expect(countMade('one form', made)).rejects.toThrow('made_counts');
    await db.schema.alterTable('away').renameTo('made_counts').execute();
    await countMade('one form', made);
    expect(await counts(db)).toEqual([1]);
  });
});
