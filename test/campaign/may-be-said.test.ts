import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Campaign, Place } from '../../src/campaign/campaign-types.ts';
import { askIds } from '../../src/campaign/campaign-types.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { mayBeSaid } from '../../src/campaign/may-be-said.ts';
import { placeForCountry, statusOfAsk } from '../../src/campaign/status-of-ask.ts';
import { addDays } from '../../src/shared/clock.ts';
import { writeSmallCampaign } from './fixtures/small-campaign.ts';

const small = loadCampaign(writeSmallCampaign());
const real = loadCampaign('templates');
const xa = placeOf(small, 'XA');

function placeOf(campaign: Campaign, code: string): Place {
  const place = campaign.places.get(code);
  if (!place) throw new Error(`no place ${code}`);
  return place;
}

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe('facts that may be said', () => {
  it('are those of the ask and place, from their first day on', () => {
    const facts = (day: string) => ids(mayBeSaid(small, { place: xa, ask: 'asylum', day }).facts);
    expect(facts('2018-04-01')).toEqual(['old-one', 'old-two', 'old-three']);
    expect(facts('2023-07-22')).not.toContain('late-four');
    expect(facts('2023-07-23')).toContain('late-four');
    expect(facts('2030-06-01')).not.toContain('elsewhere');
    expect(facts('2030-06-01')).not.toContain('not-here');
  });

  it('come in the order of their use for the office, least used first', () => {
    const used = {
      facts: new Map([
        ['old-one', 2],
        ['old-two', 1],
      ]),
      phrasings: new Map(),
    };
    const { facts } = mayBeSaid(small, { place: xa, ask: 'asylum', day: '2018-04-01', used });
    expect(ids(facts)).toEqual(['old-three', 'old-two', 'old-one']);
  });

  it('are not said in the last fourteen days before they end or fall due for a recheck', () => {
    const campaign = loadCampaign(
      writeSmallCampaign((files) => {
        const [first, second] = files.get('campaign/facts.yaml');
        first.until = '2026-12-08';
        Object.assign(second, { tense: 'present', recheck: '2026-12-08' });
      }),
    );
    const place = placeOf(campaign, 'XA');
    const facts = (day: string) => ids(mayBeSaid(campaign, { place, ask: 'asylum', day }).facts);
    expect(facts('2026-11-24')).toEqual(expect.arrayContaining(['old-one', 'old-two']));
    expect(facts('2026-11-25')).not.toEqual(expect.arrayContaining(['old-one']));
    expect(facts('2026-11-25')).not.toEqual(expect.arrayContaining(['old-two']));
  });
});

describe('statements that may be said', () => {
  const why = (day: string) => ids(mayBeSaid(small, { place: xa, ask: 'asylum', day }).statements.why);

  it('are those of the lowest rank', () => {
    expect(why('2018-01-15')).toEqual(['xa.asylum.why.law']);
    expect(why('2018-03-21')).toEqual(['xa.asylum.why.spoke', 'xa.asylum.why.law']);
  });

  it('lose the present tense after its recheck, and keep the past', () => {
    expect(why('2027-05-09')).toContain('xa.asylum.why.law');
    expect(why('2027-05-10')).toEqual(['xa.asylum.why.spoke']);
    expect(why('2035-01-01')).toEqual(['xa.asylum.why.spoke']);
  });

  it('fall back to what holds on any day', () => {
    const campaign = loadCampaign(
      writeSmallCampaign((files) => {
        const { paragraphs } = files.get('campaign/places/xa.yaml').asks.asylum;
        paragraphs.why = paragraphs.why.filter(({ id }: { id: string }) => id !== 'xa.asylum.why.spoke');
        delete files.get('letters/en/xa.yaml')['xa.asylum.why.spoke'];
        for (const reader of ['km', 'en', 'fr'])
          delete files.get(`reading/${reader}/all.yaml`)['xa.asylum.why.spoke'];
      }),
    );
    const said = mayBeSaid(campaign, { place: placeOf(campaign, 'XA'), ask: 'asylum', day: '2030-01-01' });
    expect(ids(said.statements.why)).toEqual(['xa.asylum.why']);
  });

  it('exist for every place, ask and day, for the day and fourteen more', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...real.places.values()),
        fc.constantFrom(...askIds),
        fc.integer({ min: 0, max: 8035 }),
        (place, ask, days) => {
          const day = addDays('2018-01-01', days);
          const said = mayBeSaid(real, { place, ask, day });
          for (const statements of Object.values(said.statements)) {
            expect(statements.length).toBeGreaterThan(0);
            for (const one of statements) {
              expect(one.from <= day).toBe(true);
              expect(one.until === null || addDays(day, 14) <= one.until).toBe(true);
              expect(one.tense === 'past' || one.recheck === null || addDays(day, 14) <= one.recheck).toBe(
                true,
              );
            }
          }
          expect(new Set(said.facts.map(({ group }) => group)).size).toBeGreaterThanOrEqual(2);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('acts of government', () => {
  const acts = [{ place: 'NZ', ask: 'visa-sanctions' as const, from: '2026-06-01', until: null }];
  const nz = placeOf(real, 'NZ');

  it('bring the ask into force from their day on, and the letter to thanks', () => {
    const said = (day: string) => mayBeSaid(real, { place: nz, ask: 'visa-sanctions', day, acts });
    expect(said('2026-05-31').status.value).not.toBe('in-force');
    expect(ids(said('2026-05-31').statements.ask)).not.toEqual(['acted.visa-sanctions.ask']);
    expect(said('2026-06-01').status).toMatchObject({ value: 'in-force', since: '2026-06-01' });
    expect(ids(said('2026-06-01').statements.ask)).toEqual(['acted.visa-sanctions.ask']);
    expect(ids(said('2026-06-01').statements.why)).toEqual(['acted.why']);
  });

  it('concern only their place and ask', () => {
    expect(statusOfAsk(nz, 'asylum', '2026-11-23', acts).value).not.toBe('in-force');
    expect(statusOfAsk(placeOf(real, 'AU'), 'visa-sanctions', '2026-11-23', acts).value).not.toBe('in-force');
  });

  it('change nothing where the playbook says so already', () => {
    const us = placeOf(real, 'US');
    const own = mayBeSaid(real, { place: us, ask: 'visa-sanctions', day: '2026-11-23' });
    const known = [{ place: 'US', ask: 'visa-sanctions' as const, from: '2026-06-01', until: null }];
    expect(own.status.value).toBe('in-force');
    expect(
      mayBeSaid(real, { place: us, ask: 'visa-sanctions', day: '2026-11-23', acts: known }).statements,
    ).toEqual(own.statements);
  });
});

describe('the status of an ask', () => {
  it('says when its day of recheck has passed', () => {
    expect(statusOfAsk(xa, 'asylum', '2027-05-23')).toMatchObject({
      value: 'possible',
      stale: false,
      checked: '2026-11-23',
    });
    expect(statusOfAsk(xa, 'asylum', '2027-05-24').stale).toBe(true);
  });

  it('changes on its day', () => {
    const campaign = loadCampaign(
      writeSmallCampaign((files) => {
        const { status } = files.get('campaign/places/xa.yaml').asks.asylum;
        status[0].until = '2026-12-31';
        status.push({ ...status[0], value: 'in-force', from: '2027-01-01', until: null });
      }),
    );
    const place = placeOf(campaign, 'XA');
    expect(statusOfAsk(place, 'asylum', '2026-12-31').value).toBe('possible');
    expect(statusOfAsk(place, 'asylum', '2027-01-01').value).toBe('in-force');
  });
});

describe('the playbook for a country', () => {
  it('is its own, or none', () => {
    expect(placeForCountry(real, 'NZ')?.place).toBe('NZ');
    expect(placeForCountry(real, 'BR')).toBeNull();
  });

  it('is the European Parliament’s for members of the Union without one, where there is one', () => {
    const france = placeOf(real, 'FR');
    const alone = { ...real, places: new Map([['FR', france]]) };
    expect(placeForCountry(alone, 'PL')).toBeNull();
    const european = { ...real, places: new Map([...alone.places, ['EU', { ...france, place: 'EU' }]]) };
    expect(placeForCountry(european, 'PL')?.place).toBe('EU');
    expect(placeForCountry(european, 'FR')?.place).toBe('FR');
    expect(placeForCountry(european, 'NO')).toBeNull();
    expect(placeForCountry(european, 'GB')).toBeNull();
  });
});

it('leaves out the facts that a reason tells itself, while enough others are left', () => {
  const [place] = [...real.places.values()].filter((one) => one.place === 'FR');
  if (!place) throw new Error('no such place');
  const groups = (tells: readonly string[]) => {
    const ask = place.asks['visa-sanctions'];
    const why = ask.paragraphs.why.map((statement) => ({ ...statement, tells }));
    const asks = { ...place.asks, 'visa-sanctions': { ...ask, paragraphs: { ...ask.paragraphs, why } } };
    const said = mayBeSaid(
      { ...real },
      { place: { ...place, asks }, ask: 'visa-sanctions', day: '2026-11-23' },
    );
    return new Set(said.facts.map(({ group }) => group));
  };
  const all = groups([]);
  expect(all.has('vote-of-2023')).toBe(true);
  expect(groups(['vote-of-2023']).has('vote-of-2023')).toBe(false);
  expect(groups([...all])).toEqual(all);
});
