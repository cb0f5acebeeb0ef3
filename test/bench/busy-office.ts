import { composeLetter } from '../../src/letters/compose/compose-letter.ts';
import { readLetterCase } from '../../src/letters/compose/letter-case.ts';
import { fingerprintOwnWords } from '../../src/letters/compose/sameness.ts';
import { dayOf } from '../../src/shared/clock.ts';
import { aLetter, aSupporter } from '../support/builders.ts';
import type { LetterForm } from './letter-forms.ts';
import type { Opened } from './prepare.ts';

/** Gives an office letters that it has had before: each composed with a seed and own words of its own. */
export async function giveEarlierLetters(
  { db, vault, campaign }: Opened,
  country: string,
  seatId: string,
  forms: readonly LetterForm[],
): Promise<void> {
  const keys = await vault.forCountry(db, country);
  const supporter = await aSupporter(db, vault, { country });
  for (const [seed, form] of forms.entries()) {
    const ownWords = rotate(form['own'] ?? '', seed);
    const read = readLetterCase(
      campaign,
      {
        country,
        seed,
        ask: form['ask'],
        language: form['letterLanguage'],
        date: dayOf(Date.now()),
        writer: {
          name: form['name'],
          address: [form['street']],
          postcode: form['postcode'],
          town: form['town'],
        },
        representative: { name: 'Example Member 001' },
        ownWords,
      },
      Date.now(),
    );
    if (!read.ok) throw new Error(read.faults[0]?.message);
    await aLetter(db, vault, supporter, {
      seatId,
      ask: read.letterCase.ask,
      state: 'submitted',
      choices: JSON.stringify(composeLetter(campaign, read.letterCase).choices),
      fingerprints: JSON.stringify(fingerprintOwnWords(ownWords, keys.derivedKey('own-words'))),
    });
  }
}

/** The same words in another order. */
function rotate(text: string, by: number): string {
  const words = text.split(' ');
  const step = 1 + (by % 7);
  return words.map((_, place) => words[(place * step + by) % words.length]).join(' ');
}
