import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { type LetterCase, readLetterCase } from '../../src/letters/compose/letter-case.ts';
import { readLocality } from '../../src/letters/compose/read-locality.ts';
import { surnameOf } from '../../src/letters/compose/surname-of.ts';

const campaign = loadCampaign('templates');
const now = Date.parse('2026-11-23T10:00:00Z');

const complete = {
  country: 'NZ',
  place: 'NZ',
  ask: 'visa-sanctions',
  language: 'en',
  date: '2026-11-23',
  seed: 7,
  writer: {
    name: 'Maly Sample',
    address: ['12 Example Street', 'Porirua 5022'],
    link: 'resident',
    identity: 1,
  },
  representative: {
    name: 'Jo Bright',
    role: 'Member of Parliament',
    gender: 'f',
    chamber: 'house',
    constituency: 'Mana',
  },
  ownWords: 'Some words.',
};

function read(input: unknown, template = false): LetterCase {
  const result = readLetterCase(campaign, input, now, template);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.letterCase;
}

function faultPaths(input: unknown): string[] {
  const result = readLetterCase(campaign, input, now);
  return result.ok ? [] : result.faults.map(({ path }) => path);
}

const over = (change: object) => ({ ...complete, ...change });
const writer = (change: object) => over({ writer: { ...complete.writer, ...change } });
const representative = (change: object) =>
  over({ representative: { ...complete.representative, ...change } });

describe('a case', () => {
  it('is taken as it stands, with postcode, town and surname read off', () => {
    expect(read(complete)).toMatchObject({
      ...complete,
      writer: { ...complete.writer, postcode: '5022', town: 'Porirua', locality: 'Porirua 5022' },
      representative: { ...complete.representative, surname: 'Bright' },
    });
  });

  it('needs no more than country, ask, writer and representative', () => {
    const letterCase = read({
      country: 'fr',
      ask: 'asylum',
      writer: { name: 'Maly Sample', address: ['3 rue de l’Exemple', '69003 Lyon'] },
      representative: { name: 'Dominique Exemple' },
    });
    expect(letterCase).toMatchObject({
      country: 'FR',
      place: 'FR',
      language: 'fr',
      date: '2026-11-23',
      writer: { postcode: '69003', town: 'Lyon', identity: 1, link: null },
      representative: { gender: 'unknown', chamber: 'assembly', constituency: null },
      ownWords: '',
    });
  });

  it('has today’s date where the representative is', () => {
    const late = Date.parse('2026-11-23T23:30:00Z');
    const dated = (country: string, address: string) => {
      const result = readLetterCase(
        campaign,
        {
          country,
          ask: 'asylum',
          writer: { name: 'A B', address: ['1 Example Street', address] },
          representative: { name: 'C D' },
        },
        late,
      );
      return result.ok && result.letterCase.date;
    };
    expect(dated('NZ', 'Porirua 5022')).toBe('2026-11-24');
    expect(dated('US', 'Lowell, MA 01850')).toBe('2026-11-23');
  });

  it('has a seed of its own that names nobody, and another for another writer', () => {
    const { seed: _, ...seedless } = complete;
    const one = read(seedless).seed;
    expect(one).toMatch(/^[0-9a-f]{16}$/);
    expect(read({ ...seedless, ownWords: 'Other words.' }).seed).toBe(one);
    expect(read({ ...seedless, writer: { ...complete.writer, name: 'Dara Sample' } }).seed).not.toBe(one);
  });

  it('finds the chamber by id, by name or by what a member is called', () => {
    const chamber = (named: object) =>
      read({
        ...complete,
        country: 'AU',
        place: 'AU',
        writer: { ...complete.writer, address: ['1 Example Street', 'Footscray VIC 3011'] },
        representative: { name: 'Jo Bright', ...named },
      }).representative.chamber;
    expect(chamber({ chamber: 'senate' })).toBe('senate');
    expect(chamber({ chamber: 'Senate' })).toBe('senate');
    expect(chamber({ role: 'Senator' })).toBe('senate');
    expect(chamber({ chamber: 'House of Representatives' })).toBe('house');
  });

  it.each([undefined, null, ''])('does not guess a gender that is not given: %j', (gender) => {
    expect(read(representative({ gender })).representative.gender).toBe('unknown');
  });

  it('takes off direction marks and keeps the word spaces of Khmer', () => {
    expect(read(writer({ name: '\u202eMaly\u202c Sample' })).writer.name).toBe('Maly Sample');
    expect(read(writer({ name: 'សុខ\u200bដារ៉ា' })).writer.name).toBe('សុខ\u200bដារ៉ា');
    expect(read(writer({ name: 'Rene\u0301 Sample' })).writer.name).toBe('René Sample');
  });
});

describe('a faulty case', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', 'text', ['']],
    ['an array', [], ['']],
    ['null', null, ['']],
    ['an unknown field', over({ party: 'CNRP' }), ['']],
    ['an unknown country', over({ country: 'XX', place: undefined }), ['country']],
    ['Cambodia', over({ country: 'KH' }), ['country']],
    ['an unknown place', over({ place: 'XX' }), ['place']],
    ['an unknown ask', over({ ask: 'trade-sanctions' }), ['ask']],
    ['a language not written there', over({ language: 'fr' }), ['language']],
    ['a day that does not exist', over({ date: '2026-02-30' }), ['date']],
    ['a day before the campaign', over({ date: '2017-12-31' }), ['date']],
    ['an unknown gender', representative({ gender: 'female' }), ['representative.gender']],
    ['no name of the representative', representative({ name: '' }), ['representative.name']],
    ['no name of the writer', writer({ name: ' ' }), ['writer.name']],
    ['no address', writer({ address: [] }), ['writer.address', 'writer.address']],
    ['no postcode', writer({ address: ['12 Example Street', 'Porirua'] }), ['writer.address']],
    ['no street at level 1', writer({ address: ['Porirua 5022'] }), ['writer.address']],
    ['level 4', writer({ identity: 4 }), ['writer.identity']],
    ['a name of many lines', writer({ name: 'Sok\r\nBcc: someone@else.example' }), ['writer.name']],
    ['a name with a line separator', writer({ name: 'Sok\u2028Dara' }), ['writer.name']],
    ['a name with NUL', writer({ name: 'Sok\u0000' }), ['writer.name']],
    ['a lone surrogate', writer({ name: 'Sok \ud800' }), ['writer.name']],
    ['a name that is a tree', writer({ name: { type: 'Program', body: [] } }), ['writer.name']],
    ['a name that is a list', writer({ name: ['Sok'] }), ['writer.name']],
    ['a name that is a number', writer({ name: 1 }), ['writer.name']],
    ['a name with HTML of its own', writer({ name: { toHTML: '<b>' } }), ['writer.name']],
    ['own words that are no text', over({ ownWords: ['a'] }), ['ownWords']],
    ['a name too long', writer({ name: 'a'.repeat(101) }), ['writer.name']],
    ['a seed that is an object', over({ seed: {} }), ['seed']],
  ])('names the field: %s', (_, input, paths) => {
    expect(faultPaths(input)).toEqual(paths);
  });

  it('is refused with a sentence each', () => {
    const result = readLetterCase(
      campaign,
      writer({ address: ['12 Example Street', 'Porirua'], name: '' }),
      now,
    );
    expect(!result.ok && result.faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('Give a postcode and a town'),
      expect.stringContaining('Give the name'),
    ]);
  });

  it('leaves Object as it was', () => {
    const input = JSON.parse(
      '{"country":"NZ","ask":"asylum","__proto__":{"polluted":1},"writer":{"__proto__":{"polluted":1}},"representative":{}}',
    );
    expect(faultPaths(input).length).toBeGreaterThan(0);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('never throws, whatever JSON comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const result = readLetterCase(campaign, value, now);
        return result.ok || result.faults.length > 0;
      }),
      { numRuns: 100 },
    );
  });
});

describe('identity', () => {
  it('needs no street at level 2 and no name at level 3', () => {
    expect(read(writer({ identity: 2, address: ['Porirua 5022'] })).writer.identity).toBe(2);
    expect(read(writer({ identity: 3, name: null, address: ['Porirua 5022'] })).writer.name).toBe('');
  });

  it('takes postcode and town by themselves, in the order of the country', () => {
    const apart = { postcode: '5022', town: 'Porirua', identity: 2, address: [] };
    expect(read(writer(apart)).writer.locality).toBe('Porirua 5022');
    const french = {
      ...complete,
      country: 'FR',
      place: 'FR',
      language: 'fr',
      representative: { name: 'C D' },
      writer: { name: 'A B', postcode: '69003', town: 'Lyon', identity: 2 },
    };
    expect(read(french).writer.locality).toBe('69003 Lyon');
  });
});

describe('a template', () => {
  it('needs neither writer nor representative', () => {
    const letterCase = read({ country: 'NZ', ask: 'asylum', writer: {}, representative: {} }, true);
    expect(letterCase.writer).toMatchObject({ name: '', town: '', postcode: '' });
  });
});

describe('postcode and town', () => {
  it.each<[string[], string, string, string]>([
    [['12 Example Street', 'Porirua 5022'], '5022', 'Porirua', 'Porirua 5022'],
    [['12 Example Street', 'Porirua 5022', 'New Zealand'], '5022', 'Porirua', 'Porirua 5022'],
    [['12 Example Street, Porirua 5022'], '5022', 'Porirua', 'Porirua 5022'],
    [['1200 Example Road', 'Footscray VIC 3011'], '3011', 'Footscray', 'Footscray VIC 3011'],
    [['4 Example Ave', 'Long Beach, CA 90802'], '90802', 'Long Beach', 'Long Beach, CA 90802'],
    [
      ['12345 Example Blvd, Long Beach, CA 90802-1234'],
      '90802-1234',
      'Long Beach',
      'Long Beach, CA 90802-1234',
    ],
    [['24 Example Dr', 'Ottawa ON  K1A 0A6'], 'K1A 0A6', 'Ottawa', 'Ottawa ON  K1A 0A6'],
    [['24 Example Dr', 'Ottawa (Ontario) k1a0a6'], 'k1a0a6', 'Ottawa', 'Ottawa (Ontario) k1a0a6'],
    [['3 rue de l’Exemple', '75011 Paris'], '75011', 'Paris', '75011 Paris'],
    [['3 rue de l’Exemple', '97400 Saint-Denis', 'FRANCE'], '97400', 'Saint-Denis', '97400 Saint-Denis'],
    [['1 Example Road', 'London SW1A 0AA'], 'SW1A 0AA', 'London', 'London SW1A 0AA'],
  ])('are read off %j', (address, postcode, town, line) => {
    expect(readLocality(address)).toEqual({ postcode, town, line });
  });

  it.each<[string, string, string, string, string]>([
    ['SE', '123 45 Exempelstad', '123 45', 'Exempelstad', '123 45 Exempelstad'],
    ['NL', '1234 AB Voorbeeldstad', '1234 AB', 'Voorbeeldstad', '1234 AB Voorbeeldstad'],
    ['JP', '〒123-4567 東京都見本区例町1-2-3', '123-4567', '東京都見本区例町', '〒123-4567 東京都見本区例町'],
    ['JP', '123-4567 東京都見本区例町1-2-3', '123-4567', '東京都見本区例町', '123-4567 東京都見本区例町'],
    [
      'KR',
      '07233 서울특별시 견본구 예시로 1',
      '07233',
      '서울특별시 견본구 예시로',
      '07233 서울특별시 견본구 예시로',
    ],
    ['DK', '1240 Eksempelby K', '1240', 'Eksempelby K', '1240 Eksempelby K'],
    ['NO', '0026 Eksempelby', '0026', 'Eksempelby', '0026 Eksempelby'],
    ['IT', '00186 Esempio RM', '00186', 'Esempio', '00186 Esempio'],
    ['MY', '50480 Contoh Town', '50480', 'Contoh Town', '50480 Contoh Town'],
    ['IE', 'Sampleton T12 XY00', 'T12 XY00', 'Sampleton', 'Sampleton T12 XY00'],
    ['MT', 'Sampleton VLT 1117', 'VLT 1117', 'Sampleton', 'Sampleton VLT 1117'],
  ])('are read off in the form of %s: %s', (country, address, postcode, town, line) => {
    expect(readLocality([address], country)).toEqual({ postcode, town, line });
  });

  it.each([
    ['IE', ['4 Sample Quay', 'Sampleton', 'T12 XY00'], 'T12 XY00'],
    ['GB', ['3 Sample Lane', 'Sampleton', 'LS1 4AP'], 'LS1 4AP'],
  ])('stand in two lines in %s', (country, address, postcode) => {
    const line = `Sampleton ${postcode}`;
    expect(readLocality(address, country)).toEqual({ postcode, town: 'Sampleton', line });
  });

  it.each([[[]], [['Porirua']], [['5022']], [['CA 90802']]])('are not made up: %j', (address) => {
    expect(readLocality(address)).toBeNull();
  });
});

describe('a surname', () => {
  it.each([
    ['Jo Bright', 'Bright'],
    ['Maria van der Example', 'van der Example'],
    ['Jean de La Fontaine', 'de La Fontaine'],
    ['Jo Bright MP', 'Bright'],
    ['Jo Q. Bright Jr.', 'Bright'],
    ['Cher', 'Cher'],
    ['Van Bright', 'Bright'],
  ])('of %s is %s', (name, surname) => {
    expect(surnameOf(name)).toBe(surname);
  });
});
