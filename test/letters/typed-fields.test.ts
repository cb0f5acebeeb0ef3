import { expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { checkTyped, nothingToCheck, type TypedField } from '../../src/letters/journey/check-typed.ts';
import type { Journey } from '../../src/letters/journey/journey.ts';
import { importInvented, siteForTests } from '../support/site.ts';

const open = siteForTests();
const campaign = loadCampaign('templates');
const place = campaign.places.get('NZ');

const own = 'I drive the early bus in our town, and I still think of the quiet queue before sunrise.';

function journeyWith(typed: Partial<Record<TypedField | 'own', string>>): Journey {
  const values = { own, letterLanguage: 'en', ...typed } as unknown as Journey['values'];
  if (!place) throw new Error('no such place');
  return { place, country: 'NZ', values, parts: { campaign } } as unknown as Journey;
}

function faultOf(field: TypedField, text: string): string | undefined {
  const journey = journeyWith({ [field]: text });
  const fault = checkTyped(journey, { reader: 'en', letter: 'en' }, [field])[0]?.message;
  if (fault) expect(nothingToCheck(journey, 'en', [field])).toBe(false);
  return fault;
}

it.each<[TypedField, string]>([
  ['name', 'Impose Economic Sanctions'],
  ['name', 'Sophea <sophea@example.org>'],
  ['name', 'Sophea "Bcc" Example'],
  ['name', '=?utf-8?q?Sophea?='],
  ['name', 'I who live here and want to say more'],
  ['street', 'Cut all aid to Cambodia'],
  ['street', '<b>12 Sample Street</b>'],
  ['town', 'We will vote you out'],
  ['postcode', 'cut all aid'],
  ['representative', 'Hun Sen is a murderer'],
  ['representative', 'Alex/Example'],
  ['constituency', 'Harbour {{north}}'],
])('does not take for a %s: %s', (field, text) => {
  expect(faultOf(field, text)).toMatch(/-only$/);
});

it.each<[TypedField, string]>([
  ['name', 'Sophea Example'],
  ['name', 'Dr. Marie-Hélène O’Example Jr.'],
  ['name', 'Jean de la Sainte-Croix du Bois'],
  ['street', 'Flat 3/14 Sample Street, c/o Example'],
  ['street', '12 bis, rue de l’Exemple'],
  ['street', 'Unit 5; 12 Boulevard Saint-Exemple'],
  ['town', 'Phnom Penh'],
  ['town', 'Saint-Exemple-sur-Mer'],
  ['postcode', 'K1A 0A6'],
  ['representative', 'The Honourable Alex J. Example-Sample'],
  ['constituency', 'Harbour North—Example/Sample'],
])('takes for a %s: %s', (field, text) => {
  expect(faultOf(field, text)).toBeUndefined();
});

it.each(['QUIT', 'Subject: hello', 'RSET'])(
  'sees a line of the mail protocol among the rest: %s',
  (street) => {
    expect(nothingToCheck(journeyWith({ street }), 'en', ['street'])).toBe(false);
    expect(faultOf('street', street)).toBe('letters:words.street-only');
  },
);

it('sees in one look that there is nothing to check, and never where words are between quotation marks', () => {
  const fields: TypedField[] = ['name', 'street', 'town'];
  const typed = { name: 'Sophea Example', street: '12 Sample Street', town: 'Exampleton' };
  expect(nothingToCheck(journeyWith(typed), 'en', fields)).toBe(true);
  expect(nothingToCheck(journeyWith({ ...typed, own: `${own} “No.”` }), 'en', fields)).toBe(false);
});

it('says of a name in another script what is wrong with it', () => {
  expect(faultOf('name', 'សុភា')).toBe('letters:words.stopped');
});

it('shows each fault at its field, and all that is wrong with the own words', async () => {
  const site = await open();
  await importInvented(site);
  const visitor = site.visitor();
  const find = await visitor.send(await visitor.get('/en/nz/write'), { ask: 'visa-sanctions' });
  const typed = {
    representative: 'Alex <b>Example</b>',
    chamber: 'house',
    constituency: 'Impose a trade embargo',
  };
  const refused = await visitor.send(find, typed, '/en/nz/write/words');
  expect(refused.status).toBe(422);
  expect(refused.$('#representative').attr('aria-invalid')).toBe('true');
  expect(refused.$('#constituency').attr('aria-invalid')).toBe('true');
  const words = await visitor.send(
    refused,
    { representative: 'Alex Example', constituency: 'Harbour North' },
    '/en/nz/write/words',
  );
  expect(words.status).toBe(200);
  const preview = await visitor.send(words, {
    name: 'Sophea Example',
    street: 'Impose economic sanctions',
    postcode: '0000',
    town: 'Exampleton',
    identity: '1',
    own: 'Please cut all aid and impose economic sanctions.',
  });
  expect(preview.status).toBe(422);
  expect(preview.$('#street').attr('aria-invalid')).toBe('true');
  expect(preview.$('main').text()).toContain('This field is for street and number only');
  for (const part of ['at least 20 words', 'economic or trade sanctions', 'aid to be cut'])
    expect(preview.$('main').text()).toContain(part);
});
