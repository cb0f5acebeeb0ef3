/** Someone who writes: where they live, to whom, and what only they can say. All invented but the place. */
export type Writer = {
  /** The country's two letters, in lower case as in addresses. */
  readonly country: string;
  readonly ask: 'visa-sanctions' | 'institutional-support' | 'asset-freeze' | 'asylum';
  readonly language: 'en' | 'fr';
  /** What they type to find their member, and words by which they know them among those found. */
  readonly lookUp: string;
  readonly route: 'email' | 'form' | 'post';
  readonly member: string;
  readonly email: string;
  readonly name: string;
  readonly street: string;
  readonly postcode: string;
  readonly town: string;
  readonly own: string;
};

export const inventedWriter: Writer = {
  country: 'nz',
  ask: 'asylum',
  language: 'en',
  lookUp: 'harbour north',
  route: 'email',
  member: 'Harbour North',
  email: 'sophea@home.example',
  name: 'Sophea Example',
  street: '12 Sample Street',
  postcode: '5024',
  town: 'Porirua',
  own: 'I came here with two suitcases and I drive the early bus in our town. Years ago I stood in a queue before sunrise to vote, and I still remember how quiet and how hopeful everyone was that morning.',
};

/** One in each of the five countries. The three whose lists hold addresses go by e-mail. */
export const fiveWriters: readonly Writer[] = [
  {
    ...inventedWriter,
    ask: 'visa-sanctions',
    lookUp: 'te tai hauauru',
    member: 'Te Tai Hauāuru',
    email: 'nz@home.example',
  },
  {
    country: 'ca',
    ask: 'asset-freeze',
    language: 'fr',
    lookUp: 'H1X 1A1',
    route: 'email',
    member: 'Rosemont',
    email: 'ca@home.example',
    name: 'Dara Exemple',
    street: '3500, rue de l’Exemple',
    postcode: 'H1X 1A1',
    town: 'Montréal',
    own: 'Je vis ici depuis vingt ans et je répare des vélos dans mon quartier. Le jour où j’ai voté pour la première fois, il pleuvait et personne ne voulait quitter la file. Cette patience m’accompagne encore chaque matin.',
  },
  {
    country: 'fr',
    ask: 'institutional-support',
    language: 'fr',
    lookUp: '10000',
    route: 'email',
    member: 'Aube',
    email: 'fr@home.example',
    name: 'Bopha Exemple',
    street: '4 rue des Exemples',
    postcode: '10000',
    town: 'Troyes',
    own: 'Je travaille dans une boulangerie de la vieille ville et je me lève à trois heures. Mes voisins me demandent souvent pourquoi je regarde les nouvelles de là-bas avant celles d’ici : parce que j’y ai appris à voter.',
  },
  {
    country: 'us',
    ask: 'asset-freeze',
    language: 'en',
    lookUp: '90802',
    route: 'form',
    member: 'Senate',
    email: 'us@home.example',
    name: 'Vanna Example',
    street: '100 Example Avenue',
    postcode: '90802',
    town: 'Long Beach, CA',
    own: 'I run a small donut shop two blocks from the water, and I open it at four every morning. My customers vote without thinking about it, and when they do, I remember the people who are not allowed to choose.',
  },
  {
    country: 'au',
    ask: 'asylum',
    language: 'en',
    lookUp: '2166',
    route: 'post',
    member: 'Fowler',
    email: 'au@home.example',
    name: 'Chan Example',
    street: '7 Sample Road',
    postcode: '2166',
    town: 'Cabramatta',
    own: 'I have lived here for twenty-five years and I teach swimming at the pool near the station. The people who taught me to speak up cannot do so any more, and that is why I am writing to you for the first time.',
  },
];
