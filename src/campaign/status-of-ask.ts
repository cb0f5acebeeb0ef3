import type { Day } from '../shared/clock.ts';
import type { ActInForce, AskId, Campaign, LocalStatus, Place, StatusValue } from './campaign-types.ts';

export type StatusOfAsk = {
  readonly value: StatusValue;
  readonly since: Day;
  readonly checked: Day | null;
  /** Its day of recheck has passed: shown with the day it was checked, not as today's state. */
  readonly stale: boolean;
  readonly confidence: 'high' | 'medium' | null;
  readonly source: string | null;
};

/** Where an ask stands in a place on a day. An act of government handed in comes before the playbook. */
export function statusOfAsk(
  place: Place,
  ask: AskId,
  day: Day,
  acts: readonly ActInForce[] = [],
): StatusOfAsk {
  const playbook = statusInPlaybook(place, ask, day);
  const act = acts.find((one) => one.place === place.place && one.ask === ask && isOpen(one, day));
  if (act && playbook?.value !== 'in-force') {
    return {
      value: 'in-force',
      since: act.from,
      checked: null,
      stale: false,
      confidence: null,
      source: null,
    };
  }
  if (!playbook) throw new RangeError(`${place.place} has no status of ${ask} on ${day}`);
  const stale = playbook.recheck !== null && day > playbook.recheck;
  const { value, from, checked, confidence, source } = playbook;
  return { value, since: from, checked, stale, confidence, source };
}

/** What the playbook itself says of an ask on a day. */
function statusInPlaybook(place: Place, ask: AskId, day: Day): LocalStatus | undefined {
  return place.asks[ask].status.find((status) => isOpen(status, day));
}

/** Whether a government has done what the ask wants, though the playbook does not know it yet. */
export function actedBeyondPlaybook(
  place: Place,
  ask: AskId,
  day: Day,
  acts: readonly ActInForce[] = [],
): boolean {
  if (!acts.some((act) => act.place === place.place && act.ask === ask && isOpen(act, day))) return false;
  return statusInPlaybook(place, ask, day)?.value !== 'in-force';
}

function isOpen(span: { readonly from: Day; readonly until: Day | null }, day: Day): boolean {
  return span.from <= day && (span.until === null || day <= span.until);
}

/** Member states of the European Union (since 2020-02-01); their supporters can write to its Parliament. */
export const euMembers: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '),
);

/**
 * The playbook for people who live in a country: its own, else the European Parliament's where there is one
 * and the country is a member, else none.
 */
export function placeForCountry(campaign: Campaign, country: string): Place | null {
  return placesForCountry(campaign, country)[0] ?? null;
}

/** Every playbook for people who live in a country: its own first, and the European Parliament's in member states. */
export function placesForCountry(campaign: Campaign, country: string): readonly Place[] {
  const european = euMembers.has(country) ? campaign.places.get('EU') : undefined;
  return [campaign.places.get(country), european].filter((place) => place !== undefined);
}
