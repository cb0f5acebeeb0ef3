import { expect, it } from 'vitest';
import { type Page, siteForTests, type Visitor } from '../support/site.ts';

const open = siteForTests();

const ownWords =
  'I came here with two suitcases and I drive the early bus in our town. Years ago I stood in a queue before sunrise to vote, and I still remember how quiet everyone was.';

async function walk(visitor: Visitor, country: string, typed: Record<string, string>): Promise<Page> {
  const find = await visitor.send(await visitor.get(`/en/${country}/write`), { ask: 'asylum' });
  const name = { representative: 'Alex Example', ...typed };
  const words = await visitor.send(find, name, `/en/${country}/write/words`);
  expect([country, words.status]).toEqual([country, 200]);
  return words;
}

const writer = {
  name: 'Sophea Example',
  street: '12 Sample Street',
  postcode: '1010',
  town: 'Exampleton',
  identity: '1',
  own: ownWords,
};

it('leads from a member state without a playbook to the European Parliament, in that country’s language', async () => {
  const visitor = (await open()).visitor();
  const words = await walk(visitor, 'at', { chamber: 'parliament' });
  expect(words.$('input[name=letterLanguage][checked]').val()).toBe('de');
  const preview = await visitor.send(words, { ...writer, letterLanguage: 'en' });
  expect(preview.status).toBe(200);
  expect(preview.$('.sheet').text()).toContain('European Parliament');
  expect(preview.$('.sheet').text()).toContain('1010 Exampleton');
});

it('has no letters from the European Union as if it were a country, nor to Thailand or Malaysia', async () => {
  const visitor = (await open()).visitor();
  for (const code of ['eu', 'th', 'my', 'kh', 'br'])
    expect([code, (await visitor.get(`/en/${code}/write`)).status]).toEqual([code, 404]);
  for (const code of ['th', 'my']) {
    const page = await visitor.get(`/en/${code}`);
    expect(page.status).toBe(200);
    expect(page.$('dl.facts dd').text().length).toBeGreaterThan(40);
  }
});

it('has letters to Malaysia where the campaign switches it on, on asylum alone', async () => {
  const visitor = (await open({ OFFERED_PLACES: 'MY' })).visitor();
  const ask = await visitor.get('/en/my/write');
  expect(
    ask
      .$('input[name=ask]')
      .toArray()
      .map(({ attribs }) => attribs['value']),
  ).toEqual(['asylum']);
  expect((await visitor.get('/en/th/write')).status).toBe(404);
});

it('chooses the language of the canton, and lets the writer choose another', async () => {
  const visitor = (await open()).visitor();
  const chosen = async (constituency: string) =>
    (await walk(visitor, 'ch', { chamber: 'national-council', constituency }))
      .$('input[name=letterLanguage][checked]')
      .val();
  expect(await chosen('Genève')).toBe('fr');
  expect(await chosen('Ticino')).toBe('it-CH');
  expect(await chosen('Zürich')).toBe('de-CH');
});
