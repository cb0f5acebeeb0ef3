import { type LaterPlan, type LetterKind, laterId } from '../../campaign/letter-kinds.ts';
import {
  byRole,
  type Choices,
  keptOf,
  openings,
  optionsOf,
  statementOptions,
  type Wording,
  type WordingSource,
} from './choose-wording.ts';
import { fitPhrasings, type Option, type Slot } from './fit-phrasings.ts';
import { pickWeighted, type Random } from './seeded-random.ts';

/**
 * Chooses the wordings of a letter that comes after another: without facts, its middle always in one order.
 * @throws RangeError where no combination has the length that the plan gives it.
 */
export function chooseLater(source: WordingSource, plan: LaterPlan, random: Random): Wording {
  const { kind, place, ask, language } = source.letterCase;
  const subject = pickWeighted(
    random,
    keptOf(subjectOptions(source, plan, kind), source.choices),
    (one) => one.weight,
  );
  const kept = source.choices && chooseParts(source, plan, random, source.choices);
  const parts = kept ?? chooseParts(source, plan, random, undefined);
  if (!parts)
    throw new RangeError(`${place} ${ask} ${language}: no wording of a letter of kind ${kind} fits`);
  return { order: 'own-why-facts.oldest', subject, facts: [], parts };
}

function subjectOptions(source: WordingSource, plan: LaterPlan, kind: LetterKind): Option[] {
  return plan.own.includes('subject')
    ? optionsOf(source, laterId(kind, 'subject'))
    : statementOptions(source, 'subject');
}

function chooseParts(
  source: WordingSource,
  plan: LaterPlan,
  random: Random,
  choices: Choices | undefined,
): ReadonlyMap<string, Option> | null {
  const [least, most] = source.length;
  const [from, to] = plan.share;
  for (const opening of openings(source)) {
    const slots = [opening, ...slotsOf(source, plan)].map((slot): Slot => {
      return { ...slot, options: keptOf(slot.options, choices) };
    });
    const options = fitPhrasings(slots, Math.round(least * from), Math.round(most * to), random);
    if (options) return byRole(slots, options);
  }
  return null;
}

function slotsOf(source: WordingSource, { own, ofPlace }: LaterPlan): Slot[] {
  const { kind } = source.letterCase;
  const request = own.includes('request')
    ? [{ role: 'request', options: optionsOf(source, laterId(kind, 'request')) }]
    : [];
  return [
    { role: 'later', options: optionsOf(source, laterId(kind, 'body')) },
    ...ofPlace
      .filter((role) => role !== 'subject')
      .map((role) => ({ role, options: statementOptions(source, role) })),
    ...request,
    { role: 'close', options: optionsOf(source, 'close') },
  ];
}
