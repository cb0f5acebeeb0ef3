import type { Campaign, Place } from '../campaign/campaign-types.ts';
import type { Db } from '../database/connect.ts';
import { composeLetter } from '../letters/compose/compose-letter.ts';
import { readLetterCase } from '../letters/compose/letter-case.ts';
import type { LetterContent } from '../letters/letter-content.ts';
import { importRepresentatives } from '../representatives/import-representatives.ts';
import { workerActor } from '../shared/actor.ts';
import { type Day, dayOf } from '../shared/clock.ts';

/** Seats that a demonstration invents for a chamber, whatever the real number is. */
const demoSeats = 120;

/** Brings invented members of every chamber in, by the same importer as real lists. */
export async function importDemoMembers(
  parts: { db: Db; campaign: Campaign; now: number },
  countries: readonly string[],
): Promise<void> {
  for (const country of countries) {
    const place = parts.campaign.places.get(country);
    for (const chamber of place?.chambers ?? []) {
      const result = await importRepresentatives(parts.db, {
        bytes: Buffer.from(demoList(chamber.id, country)),
        country,
        chamber: chamber.id,
        asOf: dayOf(parts.now),
        source: 'demonstration',
        actor: workerActor,
        now: parts.now,
      });
      if (!result.ok) throw new Error(`the invented list was refused: ${result.reason}`);
    }
  }
}

const header =
  'id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,end_date,image,gender';

/** A list in the layout of EveryPolitician; every name says that it is invented. */
function demoList(chamber: string, country: string): string {
  const rows = Array.from({ length: demoSeats }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    const name = `Example Member ${number}`;
    const email = `demo-${country.toLowerCase()}-${chamber}-${number}@example.org`;
    return `demo-${country}-${chamber}-${number},${name},"Member ${number}, Example",${email},,,Demo Party,,,Demo Area ${number},${chamber},1,,,,`;
  });
  return [header, ...rows].join('\n');
}

/** A composed letter that many demo letters share. */
export type Sample = {
  readonly ask: string;
  readonly language: string;
  readonly choices: string;
  readonly content: string;
};

const ownWords =
  'This is an invented letter of a demonstration. I came here many years ago and I work in an example bakery. I still remember the morning when we stood in a long queue to vote.';
const ownWordsInFrench =
  'Ceci est une lettre inventée pour une démonstration. Je vis ici depuis de longues années et je travaille dans une boulangerie d’exemple. Je me souviens encore du matin où nous attendions pour voter.';

/** Three letters an ask and language of a place. */
export function composeSamples(campaign: Campaign, country: string, today: Day): Sample[] {
  const place = campaign.places.get(country);
  if (!place) return [];
  return place.languages.flatMap((language) =>
    campaign.asks.flatMap((ask) =>
      ['one', 'two', 'three'].map((seed) => composeSample(campaign, place, language, ask.id, seed, today)),
    ),
  );
}

function composeSample(
  campaign: Campaign,
  place: Place,
  language: string,
  ask: string,
  seed: string,
  today: Day,
): Sample {
  const read = readLetterCase(
    campaign,
    {
      country: place.place,
      ask,
      language,
      date: today,
      seed,
      writer: {
        name: 'Sophea Example',
        address: ['12 Sample Street', 'Exampleton 0000'],
        postcode: '0000',
        town: 'Exampleton',
      },
      representative: {
        name: 'Example Member 001',
        chamber: place.chambers[0]?.id,
        constituency: 'Demo Area 001',
      },
      ownWords: language === 'fr' ? ownWordsInFrench : ownWords,
    },
    Date.parse(`${today}T00:00:00Z`),
  );
  if (!read.ok) throw new Error(`the sample letter was refused: ${read.faults[0]?.message ?? ''}`);
  const letter = composeLetter(campaign, read.letterCase);
  const content: LetterContent = {
    letterCase: read.letterCase,
    subject: letter.subject,
    text: letter.text,
    destination: { email: null, form: null, post: letter.recipient },
    replyTo: 'demo@example.org',
  };
  return { ask, language, choices: JSON.stringify(letter.choices), content: JSON.stringify(content) };
}
