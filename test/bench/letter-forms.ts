import type { BenchRequest } from './send-requests.ts';

/** What a writer types on the way to a letter, in the fields of the journey. */
export type LetterForm = Readonly<Record<string, string>>;

const asks = ['visa-sanctions', 'institutional-support', 'asset-freeze', 'asylum'];

const ownWords: Readonly<Record<string, readonly string[]>> = {
  en: [
    'I came here with two suitcases and I drive the early bus in our town. Years ago I stood in a queue before sunrise to vote, and I still remember how quiet and how hopeful everyone was that morning.',
    'My children were born here and they ask me why I cannot go back. I run a small bakery near the station, and I tell them that one day the people I grew up with will choose their own government again.',
    'I repair bicycles and I teach the children of our temple on Sundays. When the party that I had voted for was closed down, nobody asked us. I would like somebody in a free parliament to ask on our behalf.',
  ],
  fr: [
    'Je suis arrivée ici avec deux valises et je conduis le premier autobus de notre ville. Il y a des années, j’ai attendu avant l’aube pour voter, et je me souviens encore de ce silence plein d’espoir.',
    'Mes enfants sont nés ici et me demandent pourquoi je ne peux pas y retourner. Je tiens une petite boulangerie près de la gare, et je leur dis qu’un jour chacun choisira de nouveau librement là-bas.',
    'Je répare des bicyclettes et j’enseigne aux enfants le dimanche. Quand le parti pour lequel j’avais voté fut fermé, personne ne nous a demandé notre avis. Je voudrais qu’un parlement libre pose la question.',
  ],
};

/** `count` different forms: other writers, towns, asks, members and words, so that no letter is like another. */
export function letterForms(seats: readonly string[], letterLanguage: string, count: number): LetterForm[] {
  const words = ownWords[letterLanguage] ?? [];
  return Array.from({ length: count }, (_, n) => ({
    ask: asks[n % asks.length] ?? '',
    seat: seats[n % seats.length] ?? '',
    letterLanguage,
    own: words[n % words.length] ?? '',
    name: `Sophea Example ${n}`,
    street: `${n + 1} Sample Street`,
    postcode: String(1000 + n),
    town: n % 2 === 0 ? 'Exampleton' : 'Sampleville',
    identity: '1',
  }));
}

/** A form as a browser sends it. */
export function post(path: string, form: LetterForm): BenchRequest {
  return {
    method: 'POST',
    path,
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams(form).toString(),
  };
}
