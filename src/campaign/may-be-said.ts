import { addDays, type Day } from '../shared/clock.ts';
import type {
  ActInForce,
  AskId,
  Campaign,
  Fact,
  Place,
  Statement,
  StatementRole,
  Tense,
  Used,
  Validity,
} from './campaign-types.ts';
import { actedBeyondPlaybook, type StatusOfAsk, statusOfAsk } from './status-of-ask.ts';

/** A letter must still be true this many days after its date, for it may lie until then. */
export const daysTrue = 14;

export type WhatToSay = {
  readonly place: Place;
  readonly ask: AskId;
  readonly day: Day;
  readonly acts?: readonly ActInForce[] | undefined;
  readonly used?: Used | undefined;
};

export type Sayable = {
  readonly status: StatusOfAsk;
  /** Those least used for the office first; among equals the order of the file. */
  readonly facts: readonly Fact[];
  /** For each part of the letter the statements of the lowest rank: any one of them will do. */
  readonly statements: Readonly<Record<StatementRole, readonly Statement[]>>;
};

/**
 * Which facts and which statements of a place's playbook may be said on a day, and for 14 days more, in a
 * letter on an ask. Pure: acts of government and the office's earlier letters are handed in.
 */
export function mayBeSaid(campaign: Campaign, { place, ask, day, acts = [], used }: WhatToSay): Sayable {
  const said = acts.length > 0 ? find(campaign, place, ask, day, acts) : findOnce(campaign, place, ask, day);
  return used ? { ...said, facts: leastUsedFirst(said.facts, used) } : said;
}

// All letters of a day on an ask to a place start from the same.
const found = new WeakMap<Campaign, Map<string, Sayable>>();
const mostKept = 500;

function findOnce(campaign: Campaign, place: Place, ask: AskId, day: Day): Sayable {
  const days = found.get(campaign) ?? new Map<string, Sayable>();
  found.set(campaign, days);
  const key = `${place.place} ${ask} ${day}`;
  const said = days.get(key) ?? find(campaign, place, ask, day, []);
  if (days.size >= mostKept) days.clear();
  days.set(key, said);
  return said;
}

function find(campaign: Campaign, place: Place, ask: AskId, day: Day, acts: readonly ActInForce[]): Sayable {
  const later = addDays(day, daysTrue);
  const acted = actedBeyondPlaybook(place, ask, day, acts);
  const sayable = (role: StatementRole) => {
    const own = acted ? campaign.acted.get(`${ask}.${role}`) : undefined;
    return lowestRank((own ?? place.asks[ask].paragraphs[role]).filter((one) => isOpen(one, day, later)));
  };
  const statements = {
    subject: sayable('subject'),
    ask: sayable('ask'),
    ...apart(sayable('why'), sayable('request')),
  };
  const facts = campaign.facts.filter(
    (fact) => fact.asks.includes(ask) && fitsPlace(fact, place.place) && isOpen(fact, day, later),
  );
  return {
    status: statusOfAsk(place, ask, day, acts),
    facts: notToldTwice(facts, statements.why),
    statements,
  };
}

// Reasons and requests that tell the same: of the requests those that do not, else of the reasons.
function apart(
  why: readonly Statement[],
  request: readonly Statement[],
): { why: readonly Statement[]; request: readonly Statement[] } {
  const tellsOf = (statements: readonly Statement[]) => new Set(statements.flatMap(({ tells }) => tells));
  const free = (statements: readonly Statement[], told: ReadonlySet<string>) =>
    statements.filter(({ tells }) => !tells.some((one) => told.has(one)));
  const requests = free(request, tellsOf(why));
  if (requests.length > 0) return { why, request: requests };
  const reasons = free(why, tellsOf(request));
  return { why: reasons.length > 0 ? reasons : why, request };
}

// A letter needs three groups to choose its facts from.
function notToldTwice(facts: readonly Fact[], statements: readonly Statement[]): readonly Fact[] {
  const told = new Set(statements.flatMap(({ tells }) => tells));
  const others = facts.filter(({ group }) => !told.has(group));
  return new Set(others.map(({ group }) => group)).size >= 3 ? others : facts;
}

function lowestRank(statements: readonly Statement[]): readonly Statement[] {
  const lowest = Math.min(...statements.map((statement) => statement.rank));
  return statements.filter((statement) => statement.rank === lowest);
}

function leastUsedFirst(facts: readonly Fact[], used: Used): readonly Fact[] {
  const times = (fact: Fact) => used.facts.get(fact.id) ?? 0;
  return facts.toSorted((a, b) => times(a) - times(b));
}

/** Whether something may be said on a day and for 14 days more. */
export function isSayable(said: Said, day: Day): boolean {
  return isOpen(said, day, addDays(day, daysTrue));
}

type Said = Validity & { readonly tense: Tense };

function isOpen(said: Said, day: Day, later: Day): boolean {
  if (day < said.from || (said.until !== null && later > said.until)) return false;
  return said.tense === 'past' || said.recheck === null || later <= said.recheck;
}

/** Whether a fact is meant for a place. */
export function fitsPlace(fact: Fact, place: string): boolean {
  return (fact.places === 'all' || fact.places.includes(place)) && !fact.notPlaces.includes(place);
}
