import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkLetter, findForbidden } from '../../src/letters/compose/check-letter.ts';
import { type ComposedLetter, composeLetter } from '../../src/letters/compose/compose-letter.ts';
import { readLetterCase } from '../../src/letters/compose/letter-case.ts';
import { drawLetter } from '../../src/letters/journey/make-document.ts';
import { createTypesetter } from '../../src/rendering/typeset.ts';

const campaign = loadCampaign('templates');

type Change = { ask?: string; date?: string; seed?: number; writer?: object; ownWords?: string };

function compose(change: Change = {}): ComposedLetter {
  const { writer, ...rest } = change;
  const input = {
    country: 'DE',
    ask: 'visa-sanctions',
    date: '2026-11-23',
    seed: 1,
    ownWords: 'Worte.',
    ...rest,
    writer: { name: 'Maly Muster', address: ['Beispielweg 12', '34117 Kassel'], ...writer },
    representative: { name: 'Jo Hell', gender: 'f', constituency: 'Kassel' },
  };
  const result = readLetterCase(campaign, input, Date.parse('2026-11-23T10:00:00Z'));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return composeLetter(campaign, result.letterCase);
}

const requestOf = (letter: ComposedLetter) =>
  letter.paragraphs.find(({ role }) => role === 'request')?.text ?? '';

describe('a letter to the Bundestag', () => {
  it('asks from February 2018 on whether the suspension of preferential visas still applies, and not before', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(requestOf(compose({ seed, date: '2018-02-22' }))).not.toContain('bevorzugter Visa');
      for (const date of ['2018-04-01', '2026-11-23', '2030-06-01']) {
        const request = requestOf(compose({ seed, date }));
        expect(request).toMatch(/Februar 2018/);
        expect(request).toMatch(/bevorzugte[r]? Visa/);
        expect(request).toContain('Schriftliche');
      }
    }
  });

  it('never tells the same event as a fact and as what the country did', () => {
    for (let seed = 0; seed < 60; seed++) {
      for (const ask of ['visa-sanctions', 'asylum'])
        expect(compose({ seed, ask }).facts.map(({ id }) => id)).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(?:germany-visas|nationality-law)$/)]),
        );
    }
  });

  it('speaks of the European regime in the present only while it is known to run', () => {
    const texts = (date: string) =>
      Array.from({ length: 40 }, (_, seed) => compose({ seed, date, ask: 'asset-freeze' }).text).join('\n');
    expect(texts('2026-11-23')).toContain('8.\u00a0Dezember 2026');
    expect(texts('2026-12-09')).not.toContain('8.\u00a0Dezember 2026');
  });

  it('writes the postcode before the town where they come apart', () => {
    const { sender } = compose({ writer: { address: [], postcode: '34117', town: 'Kassel', identity: 2 } });
    expect(sender).toEqual(['Maly Muster', '34117 Kassel']);
  });

  it('keeps the typography of the language: „quotes“, no straight ones, a no-break space within days', () => {
    for (let seed = 0; seed < 40; seed++) {
      const body = compose({ seed }).paragraphs.map(({ text }) => text);
      for (const text of body) {
        expect(text).not.toMatch(/["'`]/);
        expect(text).not.toMatch(
          /\d\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)/,
        );
      }
    }
  });
});

describe('the check of a German letter', () => {
  const claims = (text: string) =>
    findForbidden(campaign, { language: 'de', ask: 'visa-sanctions', place: 'DE', date: '2026-11-23' }, [
      text,
    ]).map(({ rule }) => rule);

  it.each([
    ['S15', 'Die Demokratie kehrte 1998 zurück.'],
    ['S22', 'Alle 55 Sitze gingen an Parteien ohne Sitze.'],
    ['L20', 'Der Oppositionsführer steht unter Hausarrest.'],
    ['L12', 'Die EU entzog Zollpräferenzen.'],
    ['L25', 'Ministerpräsident Hun Sen regiert.'],
    ['L33', 'Ein Beamter gab den Mord in Auftrag.'],
    ['rule 11', 'Diese Verbrecher dürfen nicht reisen.'],
    ['rule 12', 'Bitte die Entwicklungshilfe streichen.'],
    ['rule 14', 'Sie verlieren meine Stimme.'],
    ['rule 15', 'Ich bin Mitglied der Nationalen Rettungspartei.'],
    ['A3', 'Die Partei besitzt hier Häuser.'],
    ['L05', 'In Deutschland gilt die Maßnahme von 2018: Deutschland verweigert Visa.'],
    ['anniversary', 'Gestern wurde die Partei aufgelöst.'],
  ])('finds a forbidden claim (%s): %s', (_, text) => {
    expect(claims(text)).not.toEqual([]);
  });

  it('takes the point of a day for no end of a sentence', () => {
    expect(claims('Am 3. September 2017 nannte man Visabeschränkungen.')).toContain('deportee-visas');
  });

  it('says here without being taken for the French yesterday', () => {
    expect(claims('Ich lebe hier in Kassel.')).toEqual([]);
  });

  it('finds a day to come, written as German writes days', () => {
    const letter = compose();
    const paragraphs = letter.paragraphs.map((one) =>
      one.role === 'why' ? { ...one, text: `${one.text} Es geschah am 24.\u00a0November 2026.` } : one,
    );
    expect(checkLetter(campaign, { ...letter, paragraphs }).map(({ rule }) => rule)).toContain('not-yet');
  });
});

describe('a German letter as a PDF', () => {
  const typesetter = createTypesetter('templates');
  const pages = (letter: ComposedLetter) =>
    drawLetter(typesetter, letter)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g)?.length;

  it.each([1, 2, 3])('is one page with a hundred own words, at identity level %i', (identity) => {
    const ownWords = `${'Menschen kleine Erinnerung '.repeat(33)}Ende.`;
    for (let seed = 0; seed < 3; seed++)
      expect(pages(compose({ seed, ownWords, ask: 'asylum', writer: { identity } }))).toBe(1);
  });
});
