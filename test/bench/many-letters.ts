import type { Campaign } from '../../src/campaign/campaign-types.ts';
import { insertRows } from '../../src/database/insert-rows.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { composeLetter } from '../../src/letters/compose/compose-letter.ts';
import { type LetterCase, readLetterCase } from '../../src/letters/compose/letter-case.ts';
import { fingerprintOwnWords, marksOf } from '../../src/letters/compose/sameness.ts';
import { dayOf } from '../../src/shared/clock.ts';
import { newId } from '../../src/shared/ids.ts';
import { aLetter, aSupporter } from '../support/builders.ts';
import { letterForms } from './letter-forms.ts';
import type { Opened } from './prepare.ts';

const day = dayOf(Date.now());
const inOneTransaction = 1_000;

/** Letters by different writers with different own words, each with a seed of its own. */
export function someCases(campaign: Campaign, count: number): LetterCase[] {
  return letterForms(['any'], 'en', count).map((form, seed) => {
    const read = readLetterCase(
      campaign,
      {
        country: 'NZ',
        seed,
        ask: form['ask'],
        date: day,
        writer: {
          name: form['name'],
          address: [form['street']],
          postcode: form['postcode'],
          town: form['town'],
        },
        representative: { name: 'Example Member 001' },
        ownWords: someWords(seed),
      },
      Date.now(),
    );
    if (!read.ok) throw new Error(read.faults[0]?.message);
    return read.letterCase;
  });
}

const vocabulary = letterForms(['any'], 'en', 3)
  .flatMap((form) => (form['own'] ?? '').split(' '))
  .filter((word) => word.length > 3);

/** Sixty words that no other number has in this order. */
function someWords(n: number): string {
  let state = n + 1;
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % vocabulary.length;
  };
  return Array.from({ length: 60 }, () => vocabulary[next()]).join(' ');
}

/** Gives an office letters that it has had: wording, facts and hashes of a thousand different ones, over and over. */
export async function giveManyLetters(opened: Opened, seatId: string, count: number): Promise<void> {
  const { db, vault, campaign } = opened;
  const supporter = await aSupporter(db, vault, { country: 'NZ' });
  const first = await aLetter(db, vault, supporter, { seatId, state: 'submitted' });
  const row = await db.selectFrom('letters').selectAll().where('id', '=', first).executeTakeFirstOrThrow();
  const key = (await vault.forCountry(db, 'NZ')).derivedKey('own-words');
  const cases = someCases(campaign, 1_000);
  const choices = cases.map((letterCase) => JSON.stringify(composeLetter(campaign, letterCase).choices));
  for (let from = 1; from < count; from += inOneTransaction) {
    const some = Array.from({ length: Math.min(inOneTransaction, count - from) }, (_, step) => {
      const n = from + step;
      const id = newId(Date.now());
      const own = fingerprintOwnWords(someWords(n + 10_000), key);
      const letter = {
        ...row,
        id,
        unique_key: id,
        text_box: null,
        confirmed_at: row.created_at - n,
        choices: choices[n % choices.length] ?? '{}',
        fingerprints: JSON.stringify(own),
      };
      return { letter, marks: marksOf(own).map((mark) => ({ seat_id: seatId, mark, letter_id: id })) };
    });
    await inTransaction(db, async (tx) => {
      await insertRows(
        tx,
        'letters',
        some.map(({ letter }) => letter),
      );
      await insertRows(
        tx,
        'letter_marks',
        some.flatMap(({ marks }) => marks),
      );
    });
  }
}
