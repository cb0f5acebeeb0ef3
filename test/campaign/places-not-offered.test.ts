import { describe, expect, it } from 'vitest';
import { closedPlaces, kindOfCountry } from '../../src/campaign/describe-country.ts';
import { usualLanguage } from '../../src/campaign/letter-language.ts';
import { type CampaignChoice, loadCampaign } from '../../src/campaign/load-campaign.ts';
import { readLetterCase } from '../../src/letters/compose/letter-case.ts';
import { type Content, writeSmallCampaign } from './fixtures/small-campaign.ts';

const reason = { en: 'It can lead to danger.', fr: 'C’est dangereux.', km: 'គ្រោះថ្នាក់។' };
const now = Date.parse('2026-11-23T10:00:00Z');

function load(change: (place: Content) => void, choice?: CampaignChoice) {
  return loadCampaign(
    writeSmallCampaign((files) => change(files.get('campaign/places/xa.yaml'))),
    choice,
  );
}

describe('a place that waits to be switched on', () => {
  const waiting = (place: Content) => {
    place.offered = { until: 'switched-on', reason };
  };

  it('is closed, with its reason on pages and for cases', () => {
    const campaign = load(waiting);
    expect(campaign.places.has('XA')).toBe(false);
    expect(closedPlaces(campaign, 'fr')).toMatchObject([{ code: 'XA', reason }]);
    const result = readLetterCase(
      campaign,
      { country: 'XA', ask: 'asylum', writer: {}, representative: {} },
      now,
    );
    expect(result).toEqual({ ok: false, faults: [{ path: 'country', message: reason.en }] });
  });

  it('is a place like any other once it is switched on', () => {
    const campaign = load(waiting, { offered: ['XA'] });
    expect(campaign.closed.size).toBe(0);
    expect(kindOfCountry(campaign, 'XA')).toBe('ready');
  });
});

it('a place that is never offered needs no letters and cannot be switched on', () => {
  const never = (place: Content) => {
    place.offered = { until: 'never', reason };
    place.chambers = [];
    place.languages = [];
    for (const ask of Object.values<Content>(place.asks)) {
      delete ask.paragraphs;
      for (const status of ask.status) status.value = 'not-offered';
    }
  };
  const choose = (choice?: CampaignChoice) => {
    try {
      return load(never, choice).closed.has('XA');
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  // What was written for it is text that nothing uses now; that is all that is wrong.
  expect(choose()).not.toMatch(/places\/xa\.yaml/);
  expect(choose()).toMatch(/is text that nothing uses/);
});

it('a place that is open must have letters', () => {
  const empty = (place: Content) => {
    place.languages = [];
  };
  expect(() => load(empty)).toThrow(/has no letter language or no chamber/);
});

it('an ask without paragraphs is never offered, and no letter is made of it', () => {
  const without = (value: string) => (place: Content) => {
    delete place.asks.asylum.paragraphs;
    place.asks.asylum.status = place.asks.asylum.status.map((status: Content) => ({ ...status, value }));
  };
  expect(() => load(without('possible'))).toThrow(/has no paragraphs/);
  expect(() => load(without('not-offered'))).toThrow(/is text that nothing uses/);
});

describe('the usual language of a letter', () => {
  const campaign = load((place) => {
    place['language-by'] = { constituency: { en: ['Città'] }, country: { en: ['AT'] } };
  });
  const place = campaign.places.get('XA');
  if (!place) throw new Error('no such place');
  const several = { ...place, languages: ['fr', 'en', 'de'] };
  const usual = (writer: Partial<Parameters<typeof usualLanguage>[1]>) =>
    usualLanguage(several, { country: 'XA', constituency: null, ...writer });

  it('is that of the constituency, then of the country, then the reader’s, then the first', () => {
    expect(usual({ constituency: 'citta', reads: 'de' })).toBe('en');
    expect(usual({ country: 'AT', reads: 'de' })).toBe('en');
    expect(usual({ reads: 'de' })).toBe('de');
    expect(usual({ reads: 'km' })).toBe('fr');
  });
});
