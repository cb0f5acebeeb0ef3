import { describe, expect, it } from 'vitest';
import { laterIds } from '../../src/campaign/letter-kinds.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkLetter } from '../../src/letters/compose/check-letter.ts';
import { composeLetter } from '../../src/letters/compose/compose-letter.ts';
import { type LetterCase, readLetterCase } from '../../src/letters/compose/letter-case.ts';

const campaign = loadCampaign('templates');
const now = Date.parse('2026-11-23T10:00:00Z');
const ownWords =
  'Since I wrote to you my cousin has lost her work because she is known to have voted for us, and so I think of it every day.';

function read(change: object) {
  return readLetterCase(
    campaign,
    {
      country: 'NZ',
      ask: 'asylum',
      seed: 3,
      writer: { name: 'Maly Sample', address: ['12 Example Street', 'Porirua 5022'] },
      representative: { name: 'Jo Bright', gender: 'f', constituency: 'Mana' },
      first: { date: '2026-10-14', subject: 'A safe place for those who fled' },
      ownWords,
      ...change,
    },
    now,
  );
}

function caseOf(change: object): LetterCase {
  const result = read(change);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.letterCase;
}

const roles = (letter: ReturnType<typeof composeLetter>) => letter.paragraphs.map(({ role }) => role);

describe.each(['thanks', 'reminder', 'meeting', 'successor'])('a letter of kind %s', (kind) => {
  it('names day and subject of the first, has nothing wrong, and is shorter than two letters', () => {
    const letter = composeLetter(campaign, caseOf({ kind }));
    expect(letter.text).toContain('14 October 2026');
    expect(letter.text).toContain('“A safe place for those who fled”');
    expect(checkLetter(campaign, letter)).toEqual([]);
    expect(letter.facts).toEqual([]);
    expect(letter.kind).toBe(kind);
  });

  it('can be read in every language of readers, each with the day as it writes days', () => {
    const letter = composeLetter(campaign, caseOf({ kind }));
    const body = letter.paragraphs.find(({ role }) => role === 'later');
    expect(body?.reading.en).toContain('14 October 2026');
    expect(body?.reading.fr).toMatch(/14\soctobre\s2026/);
    expect(body?.reading.km).toContain('១៤');
  });

  it('is the same again from its choices', () => {
    const letter = composeLetter(campaign, caseOf({ kind }));
    const again = composeLetter(campaign, caseOf({ kind, seed: 99 }), { choices: letter.choices });
    expect(again.text).toBe(letter.text);
    expect(again.changed).toEqual([]);
  });

  it('is refused without the first letter, or with one of a later day', () => {
    const faults = (first: object | null) => {
      const result = read({ kind, first });
      return result.ok ? [] : result.faults.map(({ path }) => path);
    };
    expect(faults(null)).toEqual(['first']);
    expect(faults({ date: '2026-12-01', subject: 'x' })).toEqual(['first.date']);
  });
});

it('asks again in a reminder, asks for a meeting in a meeting letter, and only gives thanks in one of thanks', () => {
  expect(roles(composeLetter(campaign, caseOf({ kind: 'reminder' })))).toEqual([
    'opening',
    'later',
    'ask',
    'own-words',
    'request',
    'close',
  ]);
  expect(roles(composeLetter(campaign, caseOf({ kind: 'thanks' })))).not.toContain('ask');
  const meeting = composeLetter(campaign, caseOf({ kind: 'meeting' }));
  expect(meeting.paragraphs.find(({ role }) => role === 'request')?.id).toBe('later.meeting.request');
  expect(roles(composeLetter(campaign, caseOf({ kind: 'successor' })))).toContain('why');
});

it('has no empty place where own words may be left out', () => {
  const letter = composeLetter(campaign, caseOf({ kind: 'thanks', ownWords: '' }));
  expect(roles(letter)).not.toContain('own-words');
  expect(letter.text).not.toMatch(/\n{3}/);
});

it('is composed anew when it is renewed', () => {
  const first = composeLetter(campaign, caseOf({}));
  const renewed = composeLetter(campaign, caseOf({ kind: 'renewed' }));
  expect(renewed.text).not.toBe(first.text);
  expect(renewed.facts.length).toBeGreaterThanOrEqual(2);
  expect(checkLetter(campaign, renewed)).toEqual([]);
});

it('exists in a language only when all its texts do', () => {
  for (const [language, texts] of campaign.letters) {
    const written = laterIds.filter((id) => texts.has(id));
    expect([language, [0, laterIds.length].includes(written.length)]).toEqual([language, true]);
  }
});
