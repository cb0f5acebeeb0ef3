import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askIds, type Campaign, genders } from '../../src/campaign/campaign-types.ts';
import { countWords, measureText } from '../../src/campaign/count-words.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkLetter } from '../../src/letters/compose/check-letter.ts';
import { orders } from '../../src/letters/compose/choose-wording.ts';
import { type ComposedLetter, composeLetter } from '../../src/letters/compose/compose-letter.ts';
import { type LetterCase, readLetterCase } from '../../src/letters/compose/letter-case.ts';
import { addDays } from '../../src/shared/clock.ts';

const campaign = loadCampaign('templates');
const now = Date.parse('2026-11-23T10:00:00Z');
const ownWords =
  'I stood in the queue before sunrise in 2013, with my daughter on my arm. She is grown now, votes here, and asks me why our relatives cannot.';

const localities: Record<string, string[]> = {
  NZ: ['12 Example Street', 'Porirua 5022'],
  AU: ['12 Example Street', 'Footscray VIC 3011'],
  US: ['12 Example Street', 'Long Beach, CA 90802'],
  CA: ['12 Example Street', 'Ottawa ON  K1A 0A6'],
  FR: ['12 rue de l’Exemple', '69003 Lyon'],
  DE: ['Beispielweg 12', '34117 Kassel'],
};
const anyLocality = ['12 Example Street', '1234 Example Town'];

function caseOf(change: Record<string, unknown> = {}, of: Campaign = campaign): LetterCase {
  const country = String(change['country'] ?? 'NZ');
  const { writer, representative, ...rest } = change as { writer?: object; representative?: object };
  const input = {
    country,
    ask: 'visa-sanctions',
    date: '2026-11-23',
    seed: 1,
    ownWords,
    ...rest,
    writer: { name: 'Maly Sample', address: localities[country] ?? anyLocality, ...writer },
    representative: { name: 'Jo Bright', gender: 'f', constituency: 'Mana', ...representative },
  };
  const result = readLetterCase(of, input, now);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.letterCase;
}

const anyCase = fc
  .record({
    place: fc.constantFrom(...campaign.places.values()),
    ask: fc.constantFrom(...askIds),
    day: fc.integer({ min: 0, max: 8000 }).map((days) => addDays('2018-01-01', days)),
    seed: fc.integer(),
    gender: fc.constantFrom(...genders),
    identity: fc.constantFrom(1, 2, 3),
    constituency: fc.constantFrom(null, 'Mana', 'North Example, Marlow Bay and the Long River Country'),
    pick: fc.nat(),
  })
  .map(({ place, ask, day, seed, gender, identity, constituency, pick }) =>
    caseOf({
      country: place.place,
      ask,
      seed,
      date: day,
      language: place.languages[pick % place.languages.length],
      writer: { identity },
      representative: { gender, constituency, chamber: place.chambers[pick % place.chambers.length]?.id },
    }),
  );

describe('any letter', () => {
  it('keeps every rule for letters, on every day, in every place, language and chamber', () => {
    fc.assert(
      fc.property(anyCase, (letterCase) => {
        expect(checkLetter(campaign, composeLetter(campaign, letterCase))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('has as much text of the tool’s as its language allows (160 to 180 words), counted as it stands', () => {
    fc.assert(
      fc.property(anyCase, (letterCase) => {
        const letter = composeLetter(campaign, letterCase);
        const length = campaign.languages.get(letter.language)?.length;
        if (!length) throw new Error(`no length for ${letter.language}`);
        const tool = letter.paragraphs
          .filter(({ role }) => role !== 'own-words')
          .map(({ text }) => text)
          .join(' ');
        expect(measureText(tool, length)).toBe(letter.toolWords);
        expect(letter.toolWords).toBeGreaterThanOrEqual(length.tool[0]);
        expect(letter.toolWords).toBeLessThanOrEqual(length.tool[1]);
        expect(letter.words).toBe(letter.toolWords + measureText(ownWords, length));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same for the same seed, to the byte', () => {
    fc.assert(
      fc.property(anyCase, (letterCase) => {
        expect(composeLetter(campaign, letterCase)).toEqual(
          composeLetter(campaign, structuredClone(letterCase)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('comes out the same again from its choices, whatever the seed', () => {
    fc.assert(
      fc.property(anyCase, fc.integer(), (letterCase, seed) => {
        const letter = composeLetter(campaign, letterCase);
        const choices = JSON.parse(JSON.stringify(letter.choices));
        const again = composeLetter(campaign, letterCase, { choices, seed });
        expect(again.text).toBe(letter.text);
        expect(again.choices).toEqual(letter.choices);
        expect(again.changed).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('has a reading text in three languages for each paragraph, and names its facts with their sources', () => {
    fc.assert(
      fc.property(anyCase, (letterCase) => {
        const letter = composeLetter(campaign, letterCase);
        for (const { reading } of letter.paragraphs) expect(Object.keys(reading)).toEqual(['km', 'en', 'fr']);
        const told = letter.paragraphs.filter(({ role }) => role === 'fact').map(({ id }) => id);
        expect(told).toEqual(letter.facts.map(({ id }) => `fact.${id}`));
        // More where the letter tells what the country itself has done, fewer where two facts have one source.
        expect(letter.sources.length).toBeGreaterThanOrEqual(
          new Set(letter.facts.map(({ source }) => source.title)).size,
        );
        expect(letter.sources.length).toBeLessThanOrEqual(letter.facts.length + 2);
        expect(new Set(letter.sources).size).toBe(letter.sources.length);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a letter', () => {
  const letter = composeLetter(campaign, caseOf());

  it('states the ask in its first paragraph and asks for a reply in its last but one', () => {
    expect(letter.paragraphs.map(({ role }) => role).slice(0, 2)).toEqual(['opening', 'ask']);
    expect(letter.paragraphs.map(({ role }) => role).slice(-2)).toEqual(['request', 'close']);
    expect(letter.paragraphs.slice(0, 2).map(({ block }) => block)).toEqual([0, 0]);
    expect(letter.paragraphs.at(-2)?.text).toContain('15 January 2027');
  });

  it('is laid out as its country lays letters out', () => {
    const order = (country: string, language: string) => {
      const { text, sender, recipient, dateLine, subjectLine, salutation } = composeLetter(
        campaign,
        caseOf({ country, language }),
      );
      return [sender, [dateLine], recipient, [subjectLine], [salutation]].map((part) =>
        text.indexOf(part.join('\n')),
      );
    };
    const [senderNz = 0, dateNz = 0, recipientNz = 0, subjectNz = 0, salutationNz = 0] = order('NZ', 'en');
    expect([senderNz, dateNz, recipientNz, salutationNz, subjectNz]).toEqual(
      [...order('NZ', 'en')].sort((a, b) => a - b),
    );
    const us = order('US', 'en');
    expect(us).toEqual([...us].sort((a, b) => a - b));
    const [senderFr = 0, dateFr = 0, recipientFr = 0] = order('FR', 'fr');
    expect([senderFr, recipientFr, dateFr]).toEqual([senderFr, recipientFr, dateFr].sort((a, b) => a - b));
    const [senderDe = 0, dateDe = 0, recipientDe = 0, subjectDe = 0, salutationDe = 0] = order('DE', 'de');
    const inGermany = [senderDe, recipientDe, dateDe, subjectDe, salutationDe];
    expect(inGermany).toEqual([...inGermany].sort((a, b) => a - b));
  });

  it('writes its date and its subject as that country does', () => {
    const head = (country: string, language: string) => {
      const { dateLine, subjectLine } = composeLetter(campaign, caseOf({ country, language }));
      return [dateLine, subjectLine.split(' ')[0]];
    };
    expect(head('NZ', 'en')[0]).toBe('23 November 2026');
    expect(head('US', 'en')).toEqual(['November 23, 2026', 'Re:']);
    expect(head('CA', 'en')[0]).toBe('November 23, 2026');
    expect(head('FR', 'fr')).toEqual(['Lyon, le 23\u00a0novembre 2026', 'Objet\u00a0:']);
    const german = composeLetter(campaign, caseOf({ country: 'DE' }));
    expect([german.dateLine, german.subjectLine]).toEqual(['23.\u00a0November 2026', german.subject]);
    expect(composeLetter(campaign, caseOf({ country: 'FR', date: '2026-12-01' })).dateLine).toBe(
      'Lyon, le 1er\u00a0décembre 2026',
    );
  });

  it('keeps the own words word for word, between the tool’s paragraphs', () => {
    expect(letter.text).toContain(`\n\n${ownWords}\n\n`);
    expect(letter.ownWords).toBe(countWords(ownWords));
  });

  it('has no line broken by us', () => {
    const body = letter.paragraphs.map(({ text }) => text);
    for (const text of body) expect(text).not.toContain('\n');
    expect(letter.text).not.toContain('\r');
  });

  it('says Ms or Mr only where that is known', () => {
    const salutation = (gender: string) =>
      composeLetter(campaign, caseOf({ representative: { gender } })).salutation;
    expect([salutation('f'), salutation('m')]).toEqual(['Dear Ms Bright,', 'Dear Mr Bright,']);
    expect([salutation('x'), salutation('unknown')]).toEqual(['Dear Jo Bright,', 'Dear Jo Bright,']);
  });

  it('begins small in German after the comma of the salutation, but for nouns and what means the reader', () => {
    for (let seed = 0; seed < 60; seed++) {
      const representative = { gender: 'f', constituency: seed % 2 ? 'Kassel' : null };
      const { salutation, paragraphs, recipient } = composeLetter(
        campaign,
        caseOf({ country: 'DE', seed, representative }),
      );
      expect(salutation).toBe('Sehr geehrte Frau Abgeordnete,');
      expect(paragraphs[0]?.text).toMatch(/^(?:[a-zäöü]|Sie |Ihr )/);
      expect(recipient).toEqual([
        'Jo Bright, MdB',
        'Deutscher Bundestag',
        'Platz der Republik 1',
        '11011 Berlin',
      ]);
    }
    const unknown = composeLetter(campaign, caseOf({ country: 'DE', representative: { gender: 'unknown' } }));
    expect(unknown.salutation).toBe('Guten Tag Jo Bright,');
    expect(unknown.text).not.toMatch(/Frau|Herr\b|Abgeordneter\b/);
  });

  it('names the constituency where it is known, and town and postcode where it is not', () => {
    const opening = (constituency: string | null) =>
      composeLetter(campaign, caseOf({ representative: { constituency } })).paragraphs[0];
    expect(opening('Mana')).toMatchObject({
      id: 'nz.opening.constituency',
      text: expect.stringContaining('Mana'),
    });
    expect(opening(null)).toMatchObject({ id: 'nz.opening.place', text: expect.stringContaining('Porirua') });
  });

  it('writes to a senator as one of a state’s', () => {
    const { paragraphs } = composeLetter(
      campaign,
      caseOf({ country: 'US', representative: { chamber: 'senate', constituency: 'California' } }),
    );
    expect(paragraphs[0]?.id).toBe('us.opening.region');
  });

  it('goes to another office than the chamber’s where one is given, the name first', () => {
    const address = ['1 District Plaza', 'Long Beach, CA 90802'];
    const { recipient } = composeLetter(campaign, caseOf({ country: 'US', representative: { address } }));
    expect(recipient).toEqual([expect.stringContaining('Jo Bright'), ...address]);
  });

  it('gives only the reading text that is asked for', () => {
    const km = composeLetter(campaign, caseOf(), { readingLanguage: 'km' });
    for (const { reading } of km.paragraphs) expect(Object.keys(reading)).toEqual(['km']);
    expect(km.paragraphs.at(-2)?.reading.km).toContain('២០២៧');
  });

  it('prints the link to the place after the opening, where it is a sentence', () => {
    const ids = (link: string) =>
      composeLetter(campaign, caseOf({ writer: { link } })).paragraphs.map(({ id }) => id);
    expect(ids('I have lived in Porirua since 1989')[1]).toBe('link');
    expect(ids('resident')).not.toContain('link');
    const { text } = composeLetter(
      campaign,
      caseOf({ writer: { link: 'I have lived in Porirua since 1989' } }),
    );
    expect(text).toContain(' I have lived in Porirua since 1989. ');
  });
});

describe('identity', () => {
  const head = (identity: number) => {
    const { sender, signature, text } = composeLetter(campaign, caseOf({ writer: { identity } }));
    return { sender, signature, text };
  };

  it('1 shows name, street, postcode and town', () => {
    expect(head(1).sender).toEqual(['Maly Sample', '12 Example Street', 'Porirua 5022']);
    expect(head(1).signature).toBe('Maly Sample');
  });

  it('2 leaves the street out', () => {
    expect(head(2).sender).toEqual(['Maly Sample', 'Porirua 5022']);
    expect(head(2).text).not.toContain('Example Street');
  });

  it('3 names nobody', () => {
    const { sender, signature, text } = head(3);
    expect(sender).toEqual(['A constituent in 5022 Porirua, name known to our organiser in New Zealand']);
    expect(signature).toBe(sender[0]);
    expect(text).not.toMatch(/Maly|Sample|Example Street/);
  });

  it('3 names the country in the language of the letter', () => {
    const { signature } = composeLetter(campaign, caseOf({ country: 'DE', writer: { identity: 3 } }));
    expect(signature).toBe(
      'Eine Person aus 34117 Kassel (Name unserer Ansprechperson für Deutschland bekannt)',
    );
  });
});

describe('time', () => {
  const text = (date: string, country = 'NZ') =>
    [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => composeLetter(campaign, caseOf({ country, date, seed })));
  const facts = (date: string) => new Set(text(date).flatMap((letter) => letter.facts.map(({ id }) => id)));

  it('makes the letters of 2018-04-01 and of today differ as they must', () => {
    const then = facts('2018-04-01');
    const today = facts('2026-11-23');
    for (const id of then)
      expect(campaign.facts.find((fact) => fact.id === id)?.from.localeCompare('2018-04-02')).toBe(-1);
    expect([...today].some((id) => !then.has(id))).toBe(true);
    for (const { text: letter } of text('2018-04-01')) {
      const body = letter.replace(/May 2018/g, '');
      expect(body).not.toMatch(/\b(?:2019|202\d)\b/);
    }
    expect(composeLetter(campaign, caseOf({ date: '2018-04-01' })).text).not.toBe(
      composeLetter(campaign, caseOf()).text,
    );
  });

  it.each(['2018-01-01', '2018-04-01', '2026-11-23', '2026-12-09', '2027-11-20', '2030-06-01', '2040-01-01'])(
    'yields letters on %s',
    (date) => {
      for (const country of campaign.places.keys()) {
        for (const letter of text(date, country)) expect(checkLetter(campaign, letter)).toEqual([]);
      }
    },
  );

  it('replaces what may no longer be said, names it, and keeps the rest', () => {
    const us = caseOf({ country: 'US', ask: 'asylum' });
    const letter = composeLetter(campaign, us);
    const later = composeLetter(campaign, us, { day: '2034-06-01', choices: letter.choices });
    expect(checkLetter(campaign, later)).toEqual([]);
    const now = Object.entries(later.choices.phrasings);
    const kept = now.filter(([paragraph, index]) => letter.choices.phrasings[paragraph] === index);
    expect(later.changed.every((id) => later.choices.phrasings[id] !== letter.choices.phrasings[id])).toBe(
      true,
    );
    expect(kept.length + later.changed.length).toBe(now.length);
    expect(kept.length).toBeGreaterThan(2);
  });

  it('bears a later day with the same wording where all of it still holds', () => {
    const letter = composeLetter(campaign, caseOf());
    const next = composeLetter(campaign, caseOf(), { day: '2026-11-24', choices: letter.choices });
    expect(next.changed).toEqual([]);
    expect(next.dateLine).toBe('24 November 2026');
    expect(next.choices).toEqual(letter.choices);
  });
});

describe('variety', () => {
  const letters = Array.from({ length: 200 }, (_, seed) => composeLetter(campaign, caseOf({ seed })));

  it('never gives two seeds the same letter', () => {
    expect(new Set(letters.map(({ text }) => text)).size).toBe(letters.length);
  });

  it('uses every order, every phrasing of the close, two facts or three', () => {
    expect(new Set(letters.map(({ choices }) => choices.order))).toEqual(new Set(Object.keys(orders)));
    const closes = campaign.letters.get('en')?.get('close') ?? [];
    expect(new Set(letters.map(({ choices }) => choices.phrasings['close'])).size).toBe(closes.length);
    expect(letters.filter(({ facts }) => facts.length < 2 || facts.length > 3)).toEqual([]);
  });

  it('takes the facts an office has had least, and wordings it has not had', () => {
    const facts = new Map(campaign.facts.map(({ id }) => [id, 3]));
    const [fresh = '', other = ''] = ['cnrp-dissolved', 'us-visa-limits-2023'];
    facts.set(fresh, 0).set(other, 0);
    const had = letters[0]?.choices.phrasings ?? {};
    const phrasings = new Map(
      Object.entries(had).map(([paragraph, index]) => [
        paragraph,
        Array(index + 1)
          .fill(0)
          .with(index, 50),
      ]),
    );
    const hasTheClose = ({ choices }: ComposedLetter) => choices.phrasings['close'] === had['close'];
    const sent = Array.from({ length: 40 }, (_, seed) =>
      composeLetter(campaign, caseOf({ seed }), { used: { facts, phrasings } }),
    );
    for (const letter of sent) {
      expect(letter.facts.map(({ id }) => id)).toEqual(expect.arrayContaining([fresh, other]));
    }
    expect(letters.slice(0, 40).filter(hasTheClose).length).toBeGreaterThan(0);
    expect(sent.filter(hasTheClose).length).toBe(0);
  });

  it('thanks where the government has acted', () => {
    const acts = [{ place: 'NZ', ask: 'asset-freeze' as const, from: '2026-01-01', until: null }];
    const letter = composeLetter(campaign, caseOf({ ask: 'asset-freeze' }), { acts });
    expect(letter.paragraphs.find(({ role }) => role === 'ask')?.id).toBe('acted.asset-freeze.ask');
    expect(checkLetter(campaign, letter)).toEqual([]);
  });

  it('thanks in German too, on every ask', () => {
    for (const ask of askIds) {
      const acts = [{ place: 'DE', ask, from: '2026-01-01', until: null }];
      for (let seed = 0; seed < 20; seed++) {
        const letter = composeLetter(campaign, caseOf({ country: 'DE', ask, seed }), { acts });
        expect(letter.paragraphs.find(({ role }) => role === 'request')?.id).toBe(`acted.${ask}.request`);
        expect(checkLetter(campaign, letter)).toEqual([]);
      }
    }
  });
});

describe('what people type', () => {
  const hostile = [
    '{{email}}',
    '{{constructor.constructor "return process.env"}}',
    '{{town}}',
    '$& $1 $`',
    '<script>alert(1)</script>',
    '=HYPERLINK("http://evil.example")',
    '%s %d',
  ];

  it.each(hostile)('stays literal, in one pass: %s', (text) => {
    const letter = composeLetter(
      campaign,
      caseOf({
        writer: { name: text, town: text, postcode: '5022' },
        representative: { name: text, surname: text, constituency: text },
        ownWords: text,
      }),
    );
    expect(letter.sender[0]).toBe(text);
    expect(letter.recipient[0]).toContain(text);
    expect(letter.salutation).toContain(text);
    expect(letter.paragraphs[0]?.text).toContain(text);
    expect(letter.paragraphs[0]?.reading.km).toContain(text);
    expect(letter.paragraphs.find(({ role }) => role === 'own-words')?.text).toBe(text);
  });
});

describe('a template', () => {
  it('leaves a marked gap in place of own words, in the letter’s and the reader’s language', () => {
    const letter = composeLetter(campaign, caseOf(), { template: true });
    const own = letter.paragraphs.find(({ role }) => role === 'own-words');
    expect(own?.text).toMatch(/^\[Your own words.*\]$/);
    expect(own?.reading.fr).toMatch(/^\[Vos propres mots.*\]$/);
    expect(letter.text).not.toContain(ownWords);
    expect(letter.ownWords).toBe(0);
    expect(letter.words).toBe(letter.toolWords);
  });

  it('marks everything that is to be filled in by hand', () => {
    const result = readLetterCase(
      campaign,
      { country: 'FR', ask: 'asylum', writer: {}, representative: {} },
      now,
      true,
    );
    if (!result.ok) throw new Error('no case');
    const letter = composeLetter(campaign, result.letterCase, { template: true });
    for (const gap of [
      '[votre nom]',
      '[votre rue et numéro]',
      '[code postal]',
      '[ville]',
      '[nom de votre représentant]',
    ]) {
      expect(letter.text).toContain(gap);
    }
  });
});
