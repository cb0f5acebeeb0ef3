import type { Campaign, Fact, Statement, StatementRole, Used } from '../../campaign/campaign-types.ts';
import { type OpeningKind, openingId } from '../../campaign/check-campaign.ts';
import { filledWords, type Phrasing } from '../../campaign/compile-phrasing.ts';
import type { TextLength } from '../../campaign/count-words.ts';
import type { Sayable } from '../../campaign/may-be-said.ts';
import { wholeYears } from '../../campaign/write-day.ts';
import { factSets } from './choose-facts.ts';
import { fitPhrasings, type Option, type Slot } from './fit-phrasings.ts';
import type { LetterCase } from './letter-case.ts';
import { pick, pickWeighted, type Random } from './seeded-random.ts';

/** In which order the middle of a letter comes: the writer's words, the facts, why this country. */
export const orders = {
  'own-facts-why.oldest': ['own-words', 'fact', 'why'],
  'own-facts-why.latest': ['own-words', 'fact', 'why'],
  'facts-own-why.oldest': ['fact', 'own-words', 'why'],
  'facts-own-why.latest': ['fact', 'own-words', 'why'],
  'own-why-facts.oldest': ['own-words', 'why', 'fact'],
  'own-why-facts.latest': ['own-words', 'why', 'fact'],
  'why-own-facts.oldest': ['why', 'own-words', 'fact'],
  'why-own-facts.latest': ['why', 'own-words', 'fact'],
} as const;
export type OrderId = keyof typeof orders;

/** All that was left to chance, so that the same letter can be made again. Names nobody. */
export type Choices = {
  /** Hash of the content it was chosen from. */
  readonly version: string;
  readonly order: string;
  /** Which phrasing of each paragraph. */
  readonly phrasings: Readonly<Record<string, number>>;
  /** Ids of the facts, as they stand in the letter. */
  readonly facts: readonly string[];
};

export type Wording = {
  readonly order: OrderId;
  readonly subject: Option;
  readonly facts: readonly Fact[];
  /** Opening, ask, why, request, close, and each fact: by role, facts by paragraph id. */
  readonly parts: ReadonlyMap<string, Option>;
  /** Words of all parts together. */
  readonly words: number;
};

export type WordingSource = {
  readonly campaign: Campaign;
  readonly letterCase: LetterCase;
  readonly said: Sayable;
  readonly used: Used | undefined;
  /** Words of each field's value. */
  readonly valueWords: ReadonlyMap<string, number>;
  /** The same with the fields that only a fact has. */
  readonly factWords: (fact: Fact) => ReadonlyMap<string, number>;
  readonly choices: Choices | undefined;
  /** How long the text the tool supplies is, from opening to close, without the writer's own. */
  readonly length: TextLength['tool'];
};

/**
 * Chooses order, facts and wordings so that the tool's text has the length of its language (160 to 180 words).
 * Earlier choices are kept as far as they may still be said and still fit; the seed decides the rest.
 * @throws RangeError where no combination fits: a fault of the content, which check-letters finds.
 */
export function chooseWording(source: WordingSource, random: Random): Wording {
  const order = chooseOrder(source.choices, random);
  const subject = chooseSubject(source, random);
  const kept = source.choices && chooseParts(source, order, random, source.choices);
  const chosen = kept ?? chooseParts(source, order, random, undefined);
  if (!chosen) {
    const { place, ask, language, date } = source.letterCase;
    throw new RangeError(
      `${place} ${ask} ${language} ${date}: no wording has ${source.length.join(' to ')} words`,
    );
  }
  return { order, subject, ...chosen };
}

function chooseOrder(choices: Choices | undefined, random: Random): OrderId {
  const ids = Object.keys(orders) as OrderId[];
  const kept = ids.find((id) => id === choices?.order);
  return kept ?? pick(random, ids);
}

function chooseSubject(source: WordingSource, random: Random): Option {
  return pickOption(source, statementOptions(source, 'subject'), random);
}

/** One of several wordings: the chosen one where it is among them, else those less used more often. */
export function pickOption(source: WordingSource, possible: readonly Option[], random: Random): Option {
  const { options, weights } = toSlot(source, '', possible);
  return pickWeighted(random, options, (_, place) => weights[place] ?? 0);
}

type Parts = Pick<Wording, 'facts' | 'parts' | 'words'>;

function chooseParts(
  source: WordingSource,
  order: OrderId,
  random: Random,
  choices: Choices | undefined,
): Parts | null {
  const free = choices ? source : { ...source, choices };
  const frame = frameSlots(free);
  const possible = openings(free);
  // Where only the shortest of everything would fit, letters would be alike: first those with room to choose.
  for (const isFit of choices ? [always] : roomiestFirst) {
    for (const facts of factSets(source.said.facts, source.used, random, choices?.facts)) {
      const told = facts.map((fact) =>
        toSlot(free, fact.paragraph, factOptions(source, fact), source.factWords(fact)),
      );
      const rest = [...frame, ...told];
      const parts = fitParts(
        isFit === always ? possible : possible.slice(0, 1),
        rest,
        isFit,
        random,
        source.length,
      );
      if (parts) return { facts: inOrder(facts, order), ...parts };
    }
  }
  return null;
}

// With the first opening that goes with the rest.
function fitParts(
  possible: readonly Slot[],
  rest: readonly Slot[],
  isFit: (slots: readonly Slot[], length: TextLength['tool']) => boolean,
  random: Random,
  length: TextLength['tool'],
): Omit<Parts, 'facts'> | null {
  for (const opening of possible) {
    const slots = [opening, ...rest];
    const places = isFit(slots, length) ? fitPhrasings(slots, ...length, random) : null;
    if (places) return byRole(slots, places);
  }
  return null;
}

const always = () => true;

// Whether wordings of middling length come within a share of the length that a letter should have.
function leavesRoom(around: number) {
  return (slots: readonly Slot[], [least, most]: TextLength['tool']): boolean => {
    const wanted = (least + most) / 2;
    let words = 0;
    for (const slot of slots) words += slot.words.reduce((sum, count) => sum + count, 0) / slot.words.length;
    return Math.abs(words - wanted) <= around * wanted;
  };
}

const roomiestFirst = [leavesRoom(0.05), leavesRoom(0.08), leavesRoom(0.12), leavesRoom(0.18), always];

export function byRole(slots: readonly Slot[], places: readonly number[]): Pick<Wording, 'parts' | 'words'> {
  const parts = new Map<string, Option>();
  let words = 0;
  for (let at = 0; at < slots.length; at++) {
    const slot = slots[at];
    const place = places[at] ?? 0;
    const option = slot?.options[place];
    if (slot && option) parts.set(slot.role, option);
    words += slot?.words[place] ?? 0;
  }
  return { parts, words };
}

/** The wordings that may fill a part, with their lengths and how gladly each is taken. */
export function toSlot(
  source: WordingSource,
  role: string,
  possible: readonly Option[],
  valueWords: ReadonlyMap<string, number> = source.valueWords,
): Slot {
  const { used } = source;
  const options = keptOf(possible, source.choices);
  const kept = same.get(options);
  return {
    role,
    options,
    words: kept?.words ?? options.map(({ phrasing }) => filledWords(phrasing, valueWords)),
    weights: (used?.phrasings.size ? null : kept?.weights) ?? options.map((option) => weightOf(option, used)),
  };
}

/** What is the same in every letter: words, where no field is filled in, and weights, where nothing was used yet. */
type Same = { readonly words: readonly number[] | null; readonly weights: readonly number[] };
const same = new WeakMap<readonly Option[], Same>();

function sameOf(phrasings: readonly Phrasing[]): Same {
  const filled = phrasings.some(({ fields }) => fields.length > 0);
  return { words: filled ? null : phrasings.map(({ words }) => words), weights: phrasings.map(() => 1) };
}

function weightOf({ paragraph, index }: Option, used: Used | undefined): number {
  return 1 / (1 + (used?.phrasings.get(paragraph)?.[index] ?? 0)) ** 2;
}

// Where a choice is known and still among the options it is the only one left.
function keptOf(options: readonly Option[], choices: Choices | undefined): readonly Option[] {
  if (!choices) return options;
  const kept = options.filter((option) => isChosen(option, choices));
  return kept.length > 0 ? kept : options;
}

function isChosen({ paragraph, index }: Option, choices: Choices | undefined): boolean {
  return choices?.phrasings[paragraph] === index;
}

function frameSlots(source: WordingSource): Slot[] {
  return [
    toSlot(source, 'ask', statementOptions(source, 'ask')),
    toSlot(source, 'why', statementOptions(source, 'why')),
    toSlot(source, 'request', statementOptions(source, 'request')),
    toSlot(source, 'close', optionsOf(source, 'close')),
  ];
}

// As one of a region's members, or with the constituency where it is known; by town alone where it is not, or
// where its name is too long to fit.
export function openings(source: WordingSource): Slot[] {
  const { place, representative } = source.letterCase;
  const chamber = source.campaign.places
    .get(place)
    ?.chambers.find((one) => one.id === representative.chamber);
  const known: OpeningKind[] = representative.constituency ? ['constituency'] : [];
  const kinds: OpeningKind[] = [
    ...(chamber?.constituencyKind === 'region' ? (['region'] as const) : known),
    'place',
  ];
  const slots = kinds
    .map((kind) => toSlot(source, 'opening', openingOptions(source, openingId(place, kind))))
    .filter((slot) => slot.options.length > 0);
  const chosen = slots.filter(({ options }) => options.some((option) => isChosen(option, source.choices)));
  return chosen.length > 0 ? chosen : slots;
}

function openingOptions(source: WordingSource, id: string): readonly Option[] {
  const own = optionsOf(source, id);
  return own.length > 0 ? own : optionsOf(source, id.slice(source.letterCase.place.length + 1));
}

export function statementOptions(source: WordingSource, role: StatementRole): readonly Option[] {
  const statements = source.said.statements[role];
  const [only] = statements;
  if (only && statements.length === 1) return optionsOf(source, only.id);
  return statements.flatMap((statement: Statement) => optionsOf(source, statement.id));
}

function factOptions(source: WordingSource, fact: Fact): readonly Option[] {
  const options = optionsOf(source, fact.paragraph);
  // "two years ago" can be said from the second anniversary on.
  const years = fact.day ? wholeYears(fact.day, source.letterCase.date) : 0;
  return years >= 2 ? options : options.filter((option) => !option.phrasing.fields.includes('years'));
}

// The wordings of a paragraph are the same in every letter.
const known = new WeakMap<readonly Phrasing[], readonly Option[]>();
const none: readonly Phrasing[] = [];

export function optionsOf(source: WordingSource, paragraph: string): readonly Option[] {
  const phrasings = source.campaign.letters.get(source.letterCase.language)?.get(paragraph) ?? none;
  const options = known.get(phrasings);
  if (options) return options;
  const made = phrasings.map((phrasing, index) => ({ paragraph, index, phrasing }));
  known.set(phrasings, made);
  same.set(made, sameOf(phrasings));
  return made;
}

// Two facts of one day stand by their ids, so that the same facts always stand in the same order.
function inOrder(facts: readonly Fact[], order: OrderId): readonly Fact[] {
  const key = (fact: Fact) => `${fact.day ?? fact.from} ${fact.id}`;
  const oldestFirst = facts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return order.endsWith('.latest') ? oldestFirst.toReversed() : oldestFirst;
}
