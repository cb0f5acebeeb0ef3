import type { Campaign, Place } from '../../campaign/campaign-types.ts';
import { placeForCountry } from '../../campaign/status-of-ask.ts';
import type { Db } from '../../database/connect.ts';
import type { Views } from '../../rendering/create-views.ts';
import type { Language } from '../../rendering/languages.ts';
import type { FindResult } from '../../representatives/find-representatives.ts';
import { hasSeats } from '../../representatives/find-store.ts';
import { currentPostcodes } from '../../representatives/postcode-store.ts';
import { type Representative, representativeOfSeat } from '../../representatives/representative.ts';
import type { JourneyValues } from './journey-forms.ts';

type Parts = { readonly db: Db; readonly views: Views; readonly campaign: Campaign };

/** What the find page shows of a look-up; before the first one, only whether there is a list to look in. */
export async function describeFound(
  { db, views, campaign }: Parts,
  country: string,
  place: Place,
  result: FindResult | null,
  values: JourneyValues,
  language: Language,
) {
  const say = (key: string, fields?: Record<string, string | number>) => views.say(language, key, fields);
  const chambers = place.chambers.map(({ id }) => id);
  // A country's postcodes lead to its own constituencies.
  const isUsual = placeForCountry(campaign, country) === place;
  const members =
    result?.kind === 'found'
      ? result.groups.flatMap((group) => group.representatives)
      : await chosenBefore(db, country, values);
  const offered = members.filter((member) => chambers.includes(member.chamber));
  return {
    imported: result?.kind !== 'nothing-imported' && (await hasSeats(db, country, chambers)),
    byPostcode: isUsual && (await currentPostcodes(db, country)) !== null,
    nothing: isNothing(result, offered) ? values.q : null,
    found: offered.length > 0 ? offered.map((member) => describeMember(member, place, language, say)) : null,
    foundCount: offered.length,
    foundHint: result?.kind === 'found' ? hintOf(result, say) : '',
    more: result?.kind === 'found' && result.more,
    asOf: offered.map((member) => member.asOf).toSorted()[0] ?? null,
  };
}

// Coming back to the page: whoever was chosen stands there still.
async function chosenBefore(db: Db, country: string, values: JourneyValues): Promise<Representative[]> {
  const member = country && values.seat ? await representativeOfSeat(db, country, values.seat) : null;
  return member ? [member] : [];
}

function isNothing(result: FindResult | null, offered: readonly Representative[]): boolean {
  if (!result || result.kind === 'nothing-imported') return false;
  return result.kind !== 'found' || offered.length === 0;
}

function hintOf(result: FindResult & { kind: 'found' }, say: (key: string) => string): string {
  if (result.suggestion) return say('letters:find.suggestion');
  return result.several ? say('letters:find.several') : '';
}

function describeMember(
  member: Representative,
  place: Place,
  language: Language,
  say: (key: string, fields?: Record<string, string | number>) => string,
) {
  const chamber = place.chambers.find(({ id }) => id === member.chamber);
  const kind = { constituency: 'member-for', region: 'senator-for', list: 'list-member' }[member.kind];
  const area = say(`letters:find.${kind}`, { area: member.constituency });
  const party = member.party ? ` · ${member.party}` : '';
  const channel =
    ['email', 'form'].find((one) =>
      member.channels.some(({ kind: has, state }) => has === one && state === 'fine'),
    ) ?? 'post';
  return {
    seatId: member.seatId,
    name: member.fullName,
    describes: `${area} · ${chamber?.name[language] ?? ''}${party}`,
    how: say(`letters:find.how.${channel}`),
  };
}
