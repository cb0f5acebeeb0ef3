import { type LaterPlan, type LetterKind, laterId } from '../../campaign/letter-kinds.ts';
import {
  byRole,
  type Choices,
  openings,
  optionsOf,
  pickOption,
  statementOptions,
  toSlot,
  type Wording,
  type WordingSource,
} from './choose-wording.ts';
import { fitPhrasings, type Option, type Slot } from './fit-phrasings.ts';
import type { Random } from './seeded-random.ts';

/**
 * Chooses the wordings of a letter that comes after another: without facts, its middle always in one order.
 * @throws RangeError where no combination has the length that the plan gives it.
 */
export function chooseLater(source: WordingSource, plan: LaterPlan, random: Random): Wording {
  const { kind, place, ask, language } = source.letterCase;
  const subject = pickOption(source, subjectOptions(source, plan, kind), random);
  const kept = source.choices && chooseParts(source, plan, random, source.choices);
  const parts = kept ?? chooseParts(source, plan, random, undefined);
  if (!parts)
    throw new RangeError(`${place} ${ask} ${language}: no wording of a letter of kind ${kind} fits`);
  return { order: 'own-why-facts.oldest', subject, facts: [], ...parts };
}

function subjectOptions(source: WordingSource, plan: LaterPlan, kind: LetterKind): readonly Option[] {
  return plan.own.includes('subject')
    ? optionsOf(source, laterId(kind, 'subject'))
    : statementOptions(source, 'subject');
}

function chooseParts(
  source: WordingSource,
  plan: LaterPlan,
  random: Random,
  choices: Choices | undefined,
): Pick<Wording, 'parts' | 'words'> | null {
  const [least, most] = source.length;
  const [from, to] = plan.share;
  const free = choices ? source : { ...source, choices };
  for (const opening of openings(free)) {
    const slots = [opening, ...slotsOf(free, plan)];
    const places = fitPhrasings(slots, Math.round(least * from), Math.round(most * to), random);
    if (places) return byRole(slots, places);
  }
  return null;
}

function slotsOf(source: WordingSource, { own, ofPlace }: LaterPlan): Slot[] {
  const { kind } = source.letterCase;
  const request = own.includes('request')
    ? [toSlot(source, 'request', optionsOf(source, laterId(kind, 'request')))]
    : [];
  return [
    toSlot(source, 'later', optionsOf(source, laterId(kind, 'body'))),
    ...ofPlace
      .filter((role) => role !== 'subject')
      .map((role) => toSlot(source, role, statementOptions(source, role))),
    ...request,
    toSlot(source, 'close', optionsOf(source, 'close')),
  ];
}
