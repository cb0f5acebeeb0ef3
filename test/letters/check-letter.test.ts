import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkLetter, findForbidden } from '../../src/letters/compose/check-letter.ts';
import {
  type ComposedLetter,
  composeLetter,
  type ParagraphRole,
} from '../../src/letters/compose/compose-letter.ts';
import { readLetterCase } from '../../src/letters/compose/letter-case.ts';

const campaign = loadCampaign('templates');

function compose(date = '2026-11-23'): ComposedLetter {
  const result = readLetterCase(
    campaign,
    {
      country: 'NZ',
      ask: 'visa-sanctions',
      date,
      seed: 3,
      writer: { name: 'Maly Sample', address: ['12 Example Street', 'Porirua 5022'] },
      representative: { name: 'Jo Bright' },
      ownWords: 'Words.',
    },
    Date.parse('2026-11-23T10:00:00Z'),
  );
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return composeLetter(campaign, result.letterCase);
}

function withText(role: ParagraphRole, change: (text: string) => string): ComposedLetter {
  const letter = compose();
  return {
    ...letter,
    paragraphs: letter.paragraphs.map((one) =>
      one.role === role ? { ...one, text: change(one.text) } : one,
    ),
  };
}

const rules = (letter: ComposedLetter) => checkLetter(campaign, letter).map(({ rule }) => rule);

describe('a composed letter', () => {
  it('has no fault as it comes', () => {
    expect(rules(compose())).toEqual([]);
  });

  it.each<[string, ComposedLetter]>([
    ['length', { ...compose(), toolWords: 159 }],
    ['length', { ...compose(), toolWords: 181 }],
    ['unfilled', { ...compose(), text: 'Dear {{name}},' }],
    ['spacing', withText('close', (text) => `${text}  Thank you.`)],
    ['limit', withText('ask', () => 'I ask that officials be refused visas.')],
    ['reply-by', withText('request', (text) => text.replace(/2027/, '2025'))],
    ['not-yet', withText('why', (text) => `${text} It happened on 24 November 2026.`)],
    ['not-yet', withText('why', (text) => `${text} It happened in 2031.`)],
    ['facts', { ...compose(), facts: compose().facts.slice(0, 1) }],
    ['not-sayable', { ...compose('2030-06-01'), date: '2016-01-01' }],
    ['trade-sanctions', withText('why', (text) => `${text} I ask for economic sanctions.`)],
    ['subject-length', { ...compose(), subject: 'Visas' }],
  ])('is at fault: %s', (rule, letter) => {
    expect(rules(letter)).toContain(rule);
  });

  it('may name the day of the reply, and days of the past', () => {
    expect(rules(withText('why', (text) => `${text} It happened on 23 November 2026.`))).toEqual([]);
  });
});

// Claims that content.md lists as errors, traps, overtaken or unsourced: each must be caught where it is made.
describe('a forbidden claim', () => {
  const claims = (text: string, date = '2026-11-23', language = 'en') =>
    findForbidden(campaign, { language, ask: 'visa-sanctions', place: 'NZ', date }, [text]).map(
      ({ rule }) => rule,
    );

  it.each<[string, string]>([
    ['S03', 'He came to the Sydney summit in late March 2018.'],
    ['S15', 'Democracy returned in 1998.'],
    ['S22', 'All 55 seats went to parties that had no seats.'],
    ['S41', 'Some 70 per cent are under 30.'],
    ['S43', 'In Kratie six people were killed.'],
    ['S46', 'Farming employs 85 per cent.'],
    ['S11', 'Mu Sochua holds a US passport.'],
    ['S17', 'Kem Sokha is awaiting trial.'],
    ['L20', 'Kem Sokha is under house arrest.'],
    ['L20', 'The opposition leader was pardoned.'],
    ['L12', 'The EU withdrew trade preferences.'],
    ['L40', 'The US paused immigrant visas for 75 countries.'],
    ['L41', 'In September 2017 the US stopped visas for staff.'],
    ['L29', 'Mu Sochua is vice-president of the party.'],
    ['L25', 'Prime Minister Hun Sen rules.'],
    ['L33', 'An official ordered the killing.'],
    ['rule 11', 'These criminals must not travel.'],
    ['rule 12', 'Please cut aid to Cambodia.'],
    ['rule 14', 'You will lose my vote.'],
    ['rule 15', 'I am a member of the CNRP.'],
    ['A3', 'The party has assets in this country.'],
    ['2b', 'Sam Rainsy was given a life sentence.'],
    ['2b', 'There are sixty political prisoners.'],
    ['2b', 'The election of 2028 is near.'],
    ['L05', 'In Germany the step of 2018 still applies.'],
    ['0.10', 'Please ask Winston Peters.'],
  ])('is caught (%s): %s', (_, text) => {
    expect(claims(text)).not.toEqual([]);
  });

  it.each<[string, string]>([
    ['then true', 'Mu Sochua, then vice-president, spoke in Wellington.'],
    ['asked, not claimed', 'I ask whether the party has assets here.'],
    ['told in the past', 'Kem Sokha was arrested on 3 September 2017.'],
    ['the right day', 'He came to the Sydney summit on 17 March 2018.'],
    ['of a bank', 'The law on banks is strict.'],
  ])('is not seen where none is made: %s', (_, text) => {
    expect(claims(text)).toEqual([]);
  });

  it('depends on the day', () => {
    expect(claims('Mu Sochua is vice-president of the party.', '2018-04-01')).toEqual([]);
    expect(claims('The prime minister, Hun Sen, came.', '2018-04-01')).toEqual([]);
    expect(claims('The EU framework runs to 8 December 2026.', '2026-12-09')).toContain('eu-regime-expired');
    expect(claims('The EU framework runs to 8 December 2026.', '2026-11-23')).toEqual([]);
  });
});
