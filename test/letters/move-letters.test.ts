import { expect, it } from 'vitest';
import { verifyAudit } from '../../src/audit/audit.ts';
import type { Db } from '../../src/database/connect.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { applyTimeLimits } from '../../src/letters/apply-time-limits.ts';
import { type LetterState, letterRules, letterStates, mayMove } from '../../src/letters/letter-states.ts';
import { moveLetter } from '../../src/letters/move-letters.ts';
import { type Actor, workerActor } from '../../src/shared/actor.ts';
import { day } from '../../src/shared/clock.ts';
import { aLetter, aSupporter, vaultForTests } from '../support/builders.ts';
import { forEachDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';

const start = Date.parse('2026-11-23T10:00:00Z');

forEachDatabase((open) => {
  const move = (db: Db, actor: Actor, letterId: string, to: LetterState, at = start) =>
    inTransaction(db, (tx) => moveLetter(tx, actor, { letterId, to, at }));
  const letterRow = (db: Db, id: string) =>
    db.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

  it('allows exactly the moves of the table and refuses every other', async () => {
    const db = await open();
    const vault = vaultForTests();
    const supporter = await aSupporter(db, vault);
    for (const from of letterStates) {
      for (const to of letterStates) {
        const id = await aLetter(db, vault, supporter, { state: from });
        const attempt = move(db, workerActor, id, to);
        if (mayMove(from, to)) await expect(attempt).resolves.toBeUndefined();
        else await expect(attempt).rejects.toMatchObject({ kind: 'conflict' });
        expect((await letterRow(db, id)).state).toBe(mayMove(from, to) ? to : from);
      }
    }
  });

  it('writes event, counters and audit with the move, or nothing at all', async () => {
    const db = await open();
    const vault = vaultForTests();
    const id = await aLetter(db, vault, await aSupporter(db, vault));
    await move(db, workerActor, id, 'sending');
    await move(db, workerActor, id, 'submitted');
    await expect(move(db, workerActor, id, 'queued')).rejects.toMatchObject({ kind: 'conflict' });

    const events = await db
      .selectFrom('events')
      .select(['kind', 'from_state', 'to_state'])
      .orderBy('id')
      .execute();
    expect(events.map((event) => event.kind).sort()).toEqual([
      'letter-queued',
      'letter-sending',
      'letter-submitted',
    ]);
    const counts = await db.selectFrom('letter_counts').select(['state', 'n']).where('n', '!=', 0).execute();
    expect(counts).toEqual([{ state: 'submitted', n: 1 }]);
    const daily = await db.selectFrom('daily_counts').selectAll().execute();
    expect(daily).toEqual([{ country: 'NZ', day: '2026-11-23', kind: 'letter-submitted', n: 1 }]);
    expect(await inTransaction(db, (tx) => verifyAudit(tx))).toEqual({ entries: 2, brokenAt: null });
  });

  it('lets two at once move a letter only once', async () => {
    const db = await open();
    const vault = vaultForTests();
    const id = await aLetter(db, vault, await aSupporter(db, vault));
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => move(db, workerActor, id, 'sending')),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(
      await db.selectFrom('events').select('id').where('kind', '=', 'letter-sending').execute(),
    ).toHaveLength(1);
  });

  it('shows an organizer of another country, and another supporter, no letter at all (S-31)', async () => {
    const db = await open();
    const vault = vaultForTests();
    const writer = await aSupporter(db, vault, { country: 'FR' });
    const id = await aLetter(db, vault, writer);
    const strangers: Actor[] = [
      { kind: 'organizer', organizerId: 'o', countries: ['NZ', 'AU'] },
      { kind: 'supporter', supporterId: 'someone-else', country: 'FR' },
      { kind: 'public' },
    ];
    for (const stranger of strangers) {
      await expect(move(db, stranger, id, 'withdrawn')).rejects.toMatchObject({ kind: 'not-found' });
      await expect(move(db, stranger, 'no-such-letter', 'withdrawn')).rejects.toMatchObject({
        kind: 'not-found',
      });
    }
    await move(db, { kind: 'supporter', supporterId: writer.id, country: 'FR' }, id, 'withdrawn');
  });

  it('forgets the text with a withdrawal and frees the place for another letter', async () => {
    const db = await open();
    const vault = vaultForTests();
    const id = await aLetter(db, vault, await aSupporter(db, vault));
    await move(db, workerActor, id, 'withdrawn');
    expect(await letterRow(db, id)).toMatchObject({ text_box: null, unique_key: null });
  });

  it('ends every state when its time is over, one moment earlier not', async () => {
    for (const state of letterStates.filter((name) => letterRules[name].atMost !== null)) {
      const db = await open();
      const vault = vaultForTests();
      const id = await aLetter(db, vault, await aSupporter(db, vault), { state, stateSince: start });
      const due = (await letterRow(db, id)).due_at ?? 0;
      const clock = fakeClock(due - 1);
      expect(await applyTimeLimits({ db, clock })).toBe(0);
      clock.set(due);
      expect(await applyTimeLimits({ db, clock })).toBe(1);
      const after = await letterRow(db, id);
      const { next } = letterRules[state];
      if (next === 'text-gone') expect(after).toMatchObject({ state, text_box: null, due_at: null });
      else expect(after.state).toBe(next);
    }
  });

  it('leaves no text anywhere 100 days later, whatever became of the letter', async () => {
    const db = await open();
    const vault = vaultForTests();
    const supporter = await aSupporter(db, vault);
    for (const state of letterStates) await aLetter(db, vault, supporter, { state });
    const clock = fakeClock(start);
    for (let passed = 0; passed < 100; passed++) {
      clock.advance(day);
      await applyTimeLimits({ db, clock });
    }
    const left = await db.selectFrom('letters').select('state').where('text_box', 'is not', null).execute();
    // What starts in these two was put there without its text being taken, as the mover would have done.
    expect(left.map((row) => row.state).sort()).toEqual(['expired', 'withdrawn']);
  });
});
