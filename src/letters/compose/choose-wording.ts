import type { Campaign, Fact, Statement, StatementRole, Used } from '../../campaign/campaign-types.ts';
import { type OpeningKind, openingId } from '../../campaign/check-campaign.ts';
import { filledWords, type Phrasing } from '../../campaign/compile-phrasing.ts';
import type { TextLength } from '../../campaign/count-words.ts';
import type { Sayable } from '../../campaign/may-be-said.ts';
import { wholeYears } from '../../campaign/write-day.ts';
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
  const options = keptOf(statementOptions(source, 'subject'), source.choices);
  return pickWeighted(random, options, (option) => option.weight);
}

type Parts = { readonly facts: readonly Fact[]; readonly parts: ReadonlyMap<string, Option> };

function chooseParts(
  source: WordingSource,
  order: OrderId,
  random: Random,
  choices: Choices | undefined,
): Parts | null {
  const fixed = (slot: Slot): Slot => ({ ...slot, options: keptOf(slot.options, choices) });
  const frame = frameSlots(source).map(fixed);
  const possible = openings(source).map(fixed);
  for (const facts of factSets(source.said.facts, source, random, choices)) {
    const told = facts.map((fact) => fixed({ role: fact.paragraph, options: factOptions(source, fact) }));
    for (const opening of possible) {
      const slots = [opening, ...frame, ...told];
      const options = fitPhrasings(slots, ...source.length, random);
      if (options) return { facts: inOrder(facts, order), parts: byRole(slots, options) };
    }
  }
  return null;
}

export function byRole(slots: readonly Slot[], options: readonly Option[]): Map<string, Option> {
  return new Map(
    slots.flatMap((slot, place) => {
      const option = options[place];
      return option ? [[slot.role, option] as const] : [];
    }),
  );
}

// Where a choice is known and still among the options it is the only one left.
export function keptOf(options: readonly Option[], choices: Choices | undefined): readonly Option[] {
  if (!choices) return options;
  const kept = options.filter((option) => choices.phrasings[option.paragraph] === option.index);
  return kept.length > 0 ? kept : options;
}

function frameSlots(source: WordingSource): Slot[] {
  return [
    { role: 'ask', options: statementOptions(source, 'ask') },
    { role: 'why', options: statementOptions(source, 'why') },
    { role: 'request', options: statementOptions(source, 'request') },
    { role: 'close', options: optionsOf(source, 'close') },
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
  return kinds
    .map((kind) => ({ role: 'opening', options: openingOptions(source, openingId(place, kind)) }))
    .filter((slot) => slot.options.length > 0);
}

function openingOptions(source: WordingSource, id: string): Option[] {
  const own = optionsOf(source, id);
  return own.length > 0 ? own : optionsOf(source, id.slice(source.letterCase.place.length + 1));
}

export function statementOptions(source: WordingSource, role: StatementRole): Option[] {
  return source.said.statements[role].flatMap((statement: Statement) => optionsOf(source, statement.id));
}

function factOptions(source: WordingSource, fact: Fact): Option[] {
  const options = optionsOf(source, fact.paragraph, source.factWords(fact));
  // "two years ago" can be said from the second anniversary on.
  const years = fact.day ? wholeYears(fact.day, source.letterCase.date) : 0;
  return years >= 2 ? options : options.filter((option) => !option.phrasing.fields.includes('years'));
}

export function optionsOf(
  source: WordingSource,
  paragraph: string,
  valueWords: ReadonlyMap<string, number> = source.valueWords,
): Option[] {
  const phrasings = source.campaign.letters.get(source.letterCase.language)?.get(paragraph) ?? [];
  const used = source.used?.phrasings.get(paragraph);
  return phrasings.map((phrasing: Phrasing, index) => {
    const times = used?.[index] ?? 0;
    const words = filledWords(phrasing, valueWords);
    return { paragraph, index, phrasing, words, weight: 1 / (1 + times) ** 2 };
  });
}

/**
 * Which facts to try, in turn: the earlier choice, then two or three as the seed has it, those least used for
 * the office first and chance among equals; no two of one group.
 */
function* factSets(
  sayable: readonly Fact[],
  source: WordingSource,
  random: Random,
  choices: Choices | undefined,
): Generator<readonly Fact[]> {
  if (choices) yield* keptFacts(sayable, choices);
  const times = (fact: Fact) => source.used?.facts.get(fact.id) ?? 0;
  const drawn = sayable.map((fact) => ({ fact, times: times(fact), lot: random() }));
  const facts = drawn.toSorted((a, b) => a.times - b.times || a.lot - b.lot).map(({ fact }) => fact);
  const counts = random() < 0.5 ? [2, 3] : [3, 2];
  for (let from = 0; from < facts.length; from++) {
    for (const count of counts) {
      const set = firstOfGroups([...facts.slice(from), ...facts.slice(0, from)], count);
      if (set.length === count) yield set;
    }
  }
}

function* keptFacts(sayable: readonly Fact[], choices: Choices): Generator<readonly Fact[]> {
  const kept = choices.facts.flatMap((id) => sayable.find((fact) => fact.id === id) ?? []);
  if (kept.length === choices.facts.length && kept.length >= 2 && kept.length <= 3) yield kept;
}

function firstOfGroups(facts: readonly Fact[], count: number): Fact[] {
  const set: Fact[] = [];
  for (const fact of facts) {
    if (set.length < count && set.every((other) => other.group !== fact.group)) set.push(fact);
  }
  return set;
}

// Two facts of one day stand by their ids, so that the same facts always stand in the same order.
function inOrder(facts: readonly Fact[], order: OrderId): readonly Fact[] {
  const key = (fact: Fact) => `${fact.day ?? fact.from} ${fact.id}`;
  const oldestFirst = facts.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return order.endsWith('.latest') ? oldestFirst.toReversed() : oldestFirst;
}
