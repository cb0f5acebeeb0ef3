import type { Fact, Used } from '../../campaign/campaign-types.ts';
import type { Random } from './seeded-random.ts';

/**
 * Which facts to try, in turn: the earlier choice, then two or three as the seed has it, those least used for
 * the office first and chance among equals; one of this ask alone among them; no two of one group.
 * @param kept ids of the facts of an earlier choice
 */
export function* factSets(
  sayable: readonly Fact[],
  used: Used | undefined,
  random: Random,
  kept: readonly string[] | undefined,
): Generator<readonly Fact[]> {
  if (kept) yield* keptFacts(sayable, kept);
  const times = (fact: Fact) => used?.facts.get(fact.id) ?? 0;
  const drawn = sayable.map((fact) => ({ fact, times: times(fact), lot: random() }));
  const facts = drawn.toSorted((a, b) => a.times - b.times || a.lot - b.lot).map(({ fact }) => fact);
  const counts = random() < 0.5 ? [2, 3] : [3, 2];
  for (let from = 0; from < facts.length; from++) {
    for (const count of counts) {
      const set = firstOfGroups(facts, from, count);
      if (set.length === count) yield set;
    }
  }
}

function* keptFacts(sayable: readonly Fact[], ids: readonly string[]): Generator<readonly Fact[]> {
  const kept = ids.flatMap((id) => sayable.find((fact) => fact.id === id) ?? []);
  if (kept.length === ids.length && kept.length >= 2 && kept.length <= 3) yield kept;
}

const fewestToInsist = 3;

// At least one fact of this ask alone, where there are several: seats and ballots do not say why somebody needs asylum.
function firstOwn(facts: readonly Fact[], from: number): Fact | undefined {
  const own = facts.filter(({ asks }) => asks.length === 1);
  if (own.length < fewestToInsist) return undefined;
  return own.find((fact) => facts.indexOf(fact) >= from) ?? own[0];
}

// From a fact on, and from the first again after the last.
function firstOfGroups(facts: readonly Fact[], from: number, count: number): Fact[] {
  const own = firstOwn(facts, from);
  const set: Fact[] = own ? [own] : [];
  for (let step = 0; step < facts.length && set.length < count; step++) {
    const fact = facts[(from + step) % facts.length];
    if (fact && set.every((other) => other.group !== fact.group)) set.push(fact);
  }
  return set;
}
