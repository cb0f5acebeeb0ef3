import { expect, it } from 'vitest';
import { importDemoMembers } from '../../src/app/demo-content.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { fingerprintOwnWords, marksOf } from '../../src/letters/compose/sameness.ts';
import { lettersWithMarks } from '../../src/letters/office-letters-store.ts';
import { createOfficeMemory } from '../../src/letters/office-memory.ts';
import { seatsOfCountry } from '../../src/representatives/representative.ts';
import { minute } from '../../src/shared/clock.ts';
import { aLetter, aSupporter, vaultForTests } from '../support/builders.ts';
import { forEachDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';

const key = Buffer.alloc(32, 9);
const print = (text: string) => fingerprintOwnWords(text, key);
const choicesWith = (fact: string) => JSON.stringify({ phrasings: { close: 2 }, facts: [fact] });

const story =
  'I mend nets by the harbor and I sing in the choir of our street, and my neighbors ask me every spring why I never go home for the feast of the ancestors as their own parents do.';

forEachDatabase((open) => {
  async function anOffice() {
    const db = await open();
    const clock = fakeClock();
    const vault = vaultForTests(clock);
    await importDemoMembers({ db, campaign: loadCampaign('templates'), now: clock.now() }, ['NZ']);
    const seatId = (await seatsOfCountry(db, 'NZ'))[0]?.seatId ?? '';
    const writer = await aSupporter(db, vault, { country: 'NZ' });
    const write = (given: Parameters<typeof aLetter>[3] = {}) => {
      clock.advance(1);
      return aLetter(db, vault, writer, { seatId, stateSince: clock.now(), state: 'submitted', ...given });
    };
    return { db, clock, seatId, write, remember: createOfficeMemory({ db, clock }) };
  }

  it('remembers what an office has had, and what comes after', async () => {
    const { seatId, write, remember } = await anOffice();
    expect((await remember(seatId)).letters).toEqual([]);
    await write({ choices: choicesWith('first') });
    await write({ choices: choicesWith('second') });
    expect((await remember(seatId)).letters.map(({ facts }) => facts[0])).toEqual(['second', 'first']);
    await write({ choices: choicesWith('third') });
    const { letters, used, full } = await remember(seatId);
    expect(letters.map(({ facts }) => facts[0])).toEqual(['third', 'second', 'first']);
    expect(used.phrasings.get('close')?.[2]).toBe(3);
    expect(full).toBe(false);
  });

  it('counts no letter that was never confirmed, expired or was withdrawn', async () => {
    const { seatId, write, remember } = await anOffice();
    for (const state of ['awaiting-confirmation', 'expired', 'withdrawn'] as const) await write({ state });
    expect((await remember(seatId)).letters).toEqual([]);
  });

  it('forgets within ten minutes what is gone', async () => {
    const { db, clock, seatId, write, remember } = await anOffice();
    await write();
    expect((await remember(seatId)).letters).toHaveLength(1);
    await db.deleteFrom('letters').execute();
    clock.advance(10 * minute);
    expect((await remember(seatId)).letters).toEqual([]);
  });

  it('finds, among more letters than are remembered, one whose own words are the same', async () => {
    const { db, seatId, write, remember } = await anOffice();
    const own = print(story);
    await write({ choices: choicesWith('copied'), fingerprints: JSON.stringify(own) });
    for (let n = 0; n < 100; n++)
      await write({
        fingerprints: JSON.stringify(print(`${n} ${story.split(' ').toReversed().join(` ${n} `)}`)),
      });
    const { letters, full } = await remember(seatId);
    expect(full).toBe(true);
    expect(letters.some(({ facts }) => facts[0] === 'copied')).toBe(false);
    const found = await lettersWithMarks(db, seatId, marksOf(own));
    expect(found.map(({ fingerprints }) => fingerprints)).toEqual([JSON.stringify(own)]);
    expect(
      await lettersWithMarks(db, seatId, marksOf(print('nothing of the kind was ever written here'))),
    ).toEqual([]);
  });
});
