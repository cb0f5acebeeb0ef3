import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { UsageError } from '../../src/shared/errors.ts';
import { type Contents, realFile, statement, writeSmallCampaign } from './fixtures/small-campaign.ts';

function faultsOf(change: (files: Contents) => void): string {
  try {
    loadCampaign(writeSmallCampaign(change));
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return '';
}

const xa = 'campaign/places/xa.yaml';

describe('loading the campaign', () => {
  it('takes the real content in without a fault', () => {
    const campaign = loadCampaign('templates');
    const files = readdirSync('templates/campaign/places').map((name) => name.slice(0, 2).toUpperCase());
    expect([...campaign.places.keys(), ...campaign.closed.keys()].sort()).toEqual(files.sort());
    expect(files).toEqual(expect.arrayContaining(['AU', 'CA', 'DE', 'FR', 'NZ', 'US']));
    expect(campaign.asks.map(({ id }) => id)).toEqual([
      'visa-sanctions',
      'institutional-support',
      'asset-freeze',
      'asylum',
    ]);
    const derived = [...campaign.languages.values()]
      .filter(({ base }) => base)
      .map(({ language }) => language);
    const written = new Set([...readdirSync('templates/letters'), ...derived]);
    expect([...campaign.letters.keys()].sort()).toEqual([...written].sort());
    expect([...campaign.letters.keys()]).toEqual(expect.arrayContaining(['de', 'en', 'fr']));
  });

  it('takes a small campaign in, so that every fault below is the only one', () => {
    expect(faultsOf(() => undefined)).toBe('');
  });

  it('changes its version with any byte', () => {
    const before = loadCampaign(writeSmallCampaign()).version;
    const again = loadCampaign(writeSmallCampaign()).version;
    const after = loadCampaign(
      writeSmallCampaign((files) =>
        files
          .get('letters/en/frame.yaml')
          .close.push('Thank you, once more, for all of it, and for your time.'),
      ),
    ).version;
    expect(again).toBe(before);
    expect(after).not.toBe(before);
  });

  it.each<[string, (files: Contents) => void, RegExp]>([
    [
      'an unknown field',
      (files) => Object.assign(files.get(xa), { capital: 'Capital' }),
      /^campaign\/places\/xa\.yaml: .*capital/m,
    ],
    [
      'low confidence',
      (files) => Object.assign(files.get('campaign/facts.yaml')[0], { confidence: 'low' }),
      /facts\.yaml: old-one: .*high or medium/,
    ],
    [
      'an impossible day',
      (files) => Object.assign(files.get('campaign/facts.yaml')[1], { from: '2018-02-30' }),
      /facts\.yaml: old-two: .*no day/,
    ],
    [
      'a fact before its day',
      (files) => Object.assign(files.get('campaign/facts.yaml')[0], { from: '2017-01-01' }),
      /old-one: .*before the day it happened/,
    ],
    [
      'a fact twice',
      (files) => files.get('campaign/facts.yaml').push(files.get('campaign/facts.yaml')[0]),
      /facts\.yaml: old-one: stands there twice/,
    ],
    [
      'four phrasings',
      (files) => files.get('letters/en/frame.yaml').close.pop(),
      /letters\/en\/frame\.yaml: close: has fewer than 5/,
    ],
    [
      'five phrasings of which two are the same',
      (files) => Object.assign(files.get('letters/en/frame.yaml'), { close: ['A.', 'B.', 'C.', 'D.', 'D.'] }),
      /close: has fewer than 5 different/,
    ],
    [
      'an unknown field in a text',
      (files) => files.get('letters/en/frame.yaml').close.push('Thank you, {{firstname}}.'),
      /close: .*\{\{firstname\}\}, which it may not have/,
    ],
    [
      'the constituency outside the opening',
      (files) => files.get('letters/en/frame.yaml').close.push('Thank you, {{constituency}}.'),
      /close: .*\{\{constituency\}\}/,
    ],
    [
      'stray braces',
      (files) => files.get('letters/en/frame.yaml').close.push('Thank you, {{ town }}.'),
      /close: .*braces that are no field/,
    ],
    [
      'double spaces',
      (files) => files.get('letters/en/frame.yaml').close.push('Thank  you.'),
      /close: .*spaces too many/,
    ],
    [
      'no reading text in Khmer',
      (files) => delete files.get('reading/km/all.yaml').close,
      /reading\/km: close: has no reading text/,
    ],
    [
      'no reading text in English',
      (files) => delete files.get('reading/en/all.yaml')['fact.old-one'],
      /reading\/en: fact\.old-one: has no reading text/,
    ],
    [
      'no reading text in French',
      (files) => delete files.get('reading/fr/all.yaml')['xa.asylum.ask'],
      /reading\/fr: xa\.asylum\.ask: has no reading text/,
    ],
    [
      'a reading of nothing',
      (files) => Object.assign(files.get('reading/fr/all.yaml'), { 'xa.other': 'Rien.' }),
      /reading\/fr: xa\.other: .*does not exist/,
    ],
    [
      'a statement without text',
      (files) => files.get(xa).asks.asylum.paragraphs.why.push(statement('xa.asylum.why.other')),
      /xa\.yaml: xa\.asylum\.why\.other: has no text in letters\/en/,
    ],
    [
      'a text that nothing uses',
      (files) =>
        Object.assign(files.get('letters/en/xa.yaml'), { 'xa.unused': ['A.', 'B.', 'C.', 'D.', 'E.'] }),
      /letters\/en: xa\.unused: is text that nothing uses/,
    ],
    [
      'a fact without text',
      (files) => delete files.get('letters/en/facts.yaml')['fact.old-one'],
      /letters\/en\/facts\.yaml: fact\.old-one: has no text/,
    ],
    [
      'no opening',
      (files) => delete files.get('letters/en/xa.yaml')['xa.opening.place'],
      /xa\.opening\.place: has no text/,
    ],
    [
      'a layout without its way of writing days',
      (files) => {
        const { else: _, ...day } = realFile('languages').en.day;
        files.set('campaign/languages.yaml', {
          ...realFile('languages'),
          en: { ...realFile('languages').en, day },
        });
      },
      /languages\.yaml: .*en\.day/,
    ],
    [
      'an unknown source',
      (files) => Object.assign(files.get(xa).asks.asylum.paragraphs.ask[0], { source: 'NOWHERE' }),
      /xa\.asylum\.ask: names the source NOWHERE/,
    ],
    ['a missing ask', (files) => delete files.get(xa).asks.asylum, /xa\.yaml: .*asylum/],
    [
      'no form of address in a language',
      (files) => delete files.get(xa).chambers[0].closing.en,
      /xa\.yaml: house: has no closing in en/,
    ],
    [
      'a salutation without a gender',
      (files) => delete files.get(xa).chambers[0].salutation.en.unknown,
      /xa\.yaml: house: .*unknown/,
    ],
    [
      'a member page without https',
      (files) => Object.assign(files.get(xa)['find-member'], { url: 'http://parliament.example/' }),
      /xa\.yaml: .*find-member/,
    ],
    [
      'a place in a file of another name',
      (files) => Object.assign(files.get(xa), { place: 'XB' }),
      /xa\.yaml: XB: stands in a file of another name/,
    ],
    ['a missing file', (files) => files.delete('campaign/facts.yaml'), /campaign\/facts\.yaml: is missing/],
    [
      'broken YAML',
      (files) => files.set('letters/en/frame.yaml', 'close: [\n'),
      /letters\/en\/frame\.yaml: is no YAML/,
    ],
    [
      'a key twice',
      (files) => files.set('letters/en/frame.yaml', 'close: [a]\nclose: [b]\n'),
      /letters\/en\/frame\.yaml: is no YAML/,
    ],
    [
      'an ask without its limit words',
      (files) =>
        files.set(
          'campaign/asks.yaml',
          realFile('asks').map((ask: { id: string }) =>
            ask.id === 'asylum' ? { ...ask, 'limit-words': {} } : ask,
          ),
        ),
      /asks\.yaml: asylum: has no limit-words for en/,
    ],
    [
      'a warning without Khmer',
      (files) =>
        files.set('campaign/warnings.yaml', [{ id: 'one', step: 'ask', text: { en: 'A', fr: 'B' } }]),
      /warnings\.yaml: one: .*km/,
    ],
    [
      'a warning at an unknown step',
      (files) =>
        files.set('campaign/warnings.yaml', [
          { id: 'one', step: 'later', text: { en: 'A', fr: 'B', km: 'ក' } },
        ]),
      /warnings\.yaml: one: .*step/,
    ],
  ])('names file and id: %s', (_, change, expected) => {
    expect(faultsOf(change)).toMatch(expected);
  });

  it('finds the first day on which a part of a letter would have nothing to say', () => {
    const faults = faultsOf((files) => {
      const { paragraphs } = files.get(xa).asks.asylum;
      paragraphs.request = [statement('xa.asylum.request', { rank: 1, recheck: '2027-05-23' })];
    });
    expect(faults).toMatch(/xa\.yaml: asylum request: has nothing to say on 2027-05-10/);
  });

  it('finds a gap between two statements, fourteen days before the first ends', () => {
    const faults = faultsOf((files) => {
      files.get(xa).asks.asylum.paragraphs.ask = [
        statement('xa.asylum.ask', { until: '2020-06-30' }),
        statement('xa.asylum.ask', { from: '2020-07-01' }),
      ];
    });
    expect(faults).toMatch(/asylum ask: has nothing to say on 2020-06-17/);
  });

  it('finds a day without a status', () => {
    const faults = faultsOf((files) =>
      Object.assign(files.get(xa).asks.asylum.status[0], { until: '2025-12-31' }),
    );
    expect(faults).toMatch(/xa\.yaml: asylum: has no status on 2026-01-01/);
  });

  it('wants two facts of different groups for every ask and day', () => {
    const faults = faultsOf((files) => {
      for (const fact of files.get('campaign/facts.yaml')) if (fact.id !== 'old-one') fact.asks = ['asylum'];
    });
    expect(faults).toMatch(/facts\.yaml: XA visa-sanctions: has fewer than two facts to tell on 2018-01-01/);
    expect(faults).not.toMatch(/XA asylum/);
  });

  it('refuses the present tense without a day of recheck, but for the fallback', () => {
    const faults = faultsOf((files) => {
      Object.assign(files.get(xa).asks.asylum.paragraphs.why[1], { recheck: null });
    });
    expect(faults).toMatch(/xa\.asylum\.why\.law: is said in the present without a day of recheck/);
  });

  it('lists every fault at once', () => {
    const faults = faultsOf((files) => {
      delete files.get('reading/km/all.yaml').close;
      files.get('letters/en/frame.yaml').close.pop();
    });
    expect(faults.split('\n')).toHaveLength(2);
  });
});
