import { describe, expect, it } from 'vitest';
import type { LanguageWords } from '../../src/campaign/campaign-types.ts';
import { fillPhrasing } from '../../src/campaign/compile-phrasing.ts';
import { measureText } from '../../src/campaign/count-words.ts';
import { respell } from '../../src/campaign/derive-languages.ts';
import { writeLocality } from '../../src/campaign/layouts.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { writeDay } from '../../src/campaign/write-day.ts';
import { type Contents, realFile, writeSmallCampaign } from './fixtures/small-campaign.ts';

function languageOf(change: (languages: Record<string, unknown>, files: Contents) => void, language: string) {
  const campaign = loadCampaign(
    writeSmallCampaign((files) => {
      const languages = realFile('languages');
      change(languages, files);
      files.set('campaign/languages.yaml', languages);
    }),
  );
  const words = campaign.languages.get(language);
  if (!words) throw new Error(`no language ${language}`);
  return { campaign, words };
}

describe('a language derived from another', () => {
  const swiss = () =>
    languageOf((languages) => {
      languages['de-CH'] = {
        base: 'de',
        replace: { ß: 'ss' },
        letter: { 'date-line': '{{town}}, {{date}}' },
      };
    }, 'de-CH');

  it('has the words of its base in its own spelling, and what it says itself', () => {
    const { words } = swiss();
    expect(words.base).toBe('de');
    expect(words.numbers?.[30]).toBe('dreissig');
    expect(words.letter?.gaps.street).toBe('[Ihre Strasse und Hausnummer]');
    const line = words.letter?.dateLine.swiss;
    expect(
      line &&
        fillPhrasing(
          line,
          new Map([
            ['town', 'Bern'],
            ['date', 'heute'],
          ]),
        ),
    ).toBe('Bern, heute');
  });

  it('has its checks too: claims, own words, limits of the asks', () => {
    const { campaign } = swiss();
    expect(campaign.ownWords.lists.get('de-CH')).toBe(campaign.ownWords.lists.get('de'));
    expect(campaign.asks[0]?.limitWords.get('de-CH')).toBe(campaign.asks[0]?.limitWords.get('de'));
    for (const claim of campaign.forbidden)
      expect(claim.languages.includes('de-CH')).toBe(claim.languages.includes('de'));
  });

  it('says in its letters what its base says, but for what it writes anew', () => {
    const { campaign } = languageOf((languages, files) => {
      languages['en-XB'] = { base: 'en', replace: { happened: 'took place' } };
      files.set('letters/en-XB/frame.yaml', {
        close: [1, 2, 3, 4, 5].map((number) => `Yours, and thanks for reading, says wording ${number}`),
      });
      const place = files.get('campaign/places/xa.yaml');
      place.languages = ['en', 'en-XB'];
      for (const part of ['addressee', 'salutation', 'closing'])
        place.chambers[0][part]['en-XB'] = place.chambers[0][part].en;
    }, 'en-XB');
    const texts = campaign.letters.get('en-XB');
    expect(texts?.get('fact.old-one')?.[0]?.text).toContain('took place');
    expect(texts?.get('close')?.[0]?.text).toContain('Yours');
    expect(texts?.size).toBe(campaign.letters.get('en')?.size);
  });

  it('replaces letters everywhere', () => {
    expect(respell('Größe „Maß“', { ß: 'ss', '„': '«', '“': '»' })).toBe('Grösse «Mass»');
  });
});

describe('a language that counts characters', () => {
  const japanese = () =>
    languageOf((languages) => {
      languages['xj'] = {
        ...(languages['en'] as object),
        day: '{{y}}年{{m}}月{{d}}日',
        spaces: false,
        length: { tool: [380, 460], own: [50, 250] },
      };
    }, 'xj').words;

  it('has its own lengths; the others have words', () => {
    const words = japanese();
    expect(words.spaces).toBe(false);
    expect(words.length).toEqual({ unit: 'characters', tool: [380, 460], own: [50, 250], subject: [6, 45] });
    expect(loadCampaign(writeSmallCampaign()).languages.get('en')?.length).toEqual({
      unit: 'words',
      tool: [160, 180],
      own: [20, 100],
      subject: [3, 14],
    });
  });

  it('measures without the spaces', () => {
    expect(measureText('私は 東京に住んでいます。', { unit: 'characters' })).toBe(12);
    expect(measureText('I live here.', { unit: 'words' })).toBe(3);
  });

  it('writes the month as a number without a zero', () => {
    const words: LanguageWords = japanese();
    expect(writeDay(words, 'japanese', '2026-03-09')).toBe('2026年3月9日');
  });
});

it('writes postcode and town as each country does', () => {
  expect(writeLocality('british', 'SW1A 0AA', 'London')).toBe('London SW1A 0AA');
  expect(writeLocality('german', '34117', 'Kassel')).toBe('34117 Kassel');
  expect(writeLocality('japanese', '100-0014', '東京都千代田区')).toBe('〒100-0014 東京都千代田区');
  expect(writeLocality('japanese', '〒100-0014', '東京都千代田区')).toBe('〒100-0014 東京都千代田区');
});
