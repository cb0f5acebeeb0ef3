import { join } from 'node:path';
import { expect, it } from 'vitest';
import { importRepresentatives } from '../../src/representatives/import-representatives.ts';
import { loadChambers } from '../../src/representatives/load-chambers.ts';
import { type Page, root, type Site, siteForTests, type Visitor } from '../support/site.ts';

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

it('says that there are no letters from Malaysia only while there are none', async () => {
  const texts = async (settings: Record<string, string>) => {
    const visitor = (await open(settings)).visitor();
    const pages = ['/en', '/en/about/thailand-malaysia', '/en/th'];
    return (await Promise.all(pages.map((path) => visitor.get(path)))).map(({ $ }) => $('main').text());
  };
  const [home, about, thailand] = await texts({});
  expect(home).toContain('Why Thailand and Malaysia are not in the list');
  for (const text of [about, thailand])
    expect(text).toContain('no letters to parliaments in Thailand and Malaysia');
  const [openHome, ...openPages] = await texts({ OFFERED_PLACES: 'MY' });
  expect(openHome).toContain('Why Thailand is not in the list');
  for (const text of openPages) {
    expect(text).not.toContain('no letters to parliaments in Thailand and Malaysia');
    expect(text).not.toContain('Letters from Malaysia stay off');
    expect(text).toContain('From Malaysia you can write a letter about protection');
  }
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

const germanWords =
  'Ich lebe seit acht Jahren hier und fahre morgens den ersten Bus in unserer Stadt. Vor Jahren stand ich vor Sonnenaufgang in einer Schlange, um zu wählen, und ich weiß noch, wie still alle waren.';

async function importMembers(site: Site, chamber: string, name: string): Promise<void> {
  const result = await importRepresentatives(site.running.parts.db, {
    bytes: Buffer.from(
      [
        'id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,end_date,image,gender',
        `ex-${chamber},${name} Example,"Example, ${name}",${chamber}@parliament.example,,,Party,,,List,${chamber},51,,,,`,
      ].join('\n'),
    ),
    country: 'DE',
    chamber,
    chambers: loadChambers(join(root, 'templates'), 'DE'),
    asOf: '2026-11-20',
    now: site.clock.now(),
  });
  if (!result.ok) throw new Error(result.reason);
}

it('lets people of a member state with letters of its own write to the European Parliament instead', async () => {
  const site = await open();
  await importMembers(site, 'bundestag', 'Alex');
  await importMembers(site, 'parliament', 'Robin');
  const visitor = site.visitor();
  const find = await visitor.send(await visitor.get('/en/de/write'), { ask: 'asylum' });
  const names = async (page: Page) => (await visitor.send(page, { q: 'example', go: 'look-up' })).text;
  expect(await names(find)).not.toContain('Robin Example');
  expect(await names(find)).toContain('Alex Example');

  const european = await visitor.send(find, { go: 'elsewhere', representative: 'Somebody Else' });
  expect(european.$('select[name=chamber] option').text()).toBe('European Parliament');
  expect(european.$('input[name=representative]').val()).toBe('');
  expect(await names(european)).toContain('Robin Example');
  expect(await names(european)).not.toContain('Alex Example');
  const back = await visitor.send(european, { go: 'elsewhere' });
  expect(await names(back)).toContain('Alex Example');

  const results = await visitor.send(european, { q: 'example', go: 'look-up' });
  const seat = String(results.$('input[name=seat]').first().val());
  const words = await visitor.send(results, { seat }, '/en/de/write/words');
  const preview = await visitor.send(words, { ...writer, postcode: '10115', own: germanWords });
  expect(preview.$('main').text()).toContain('Europäisches Parlament');
  const withUs = await visitor.send(await visitor.send(preview), { how: 'with' });
  expect((await visitor.send(withUs, { email: 'sophea@example.org', keep: 'yes' })).status).toBe(200);
  expect(await site.running.parts.db.selectFrom('letters').select(['country', 'place']).execute()).toEqual([
    { country: 'DE', place: 'EU' },
  ]);
});

it('offers the European Parliament to members of the Union alone, and only for an ask it has', async () => {
  const visitor = (await open()).visitor();
  const offers = async (country: string) => {
    const find = await visitor.send(await visitor.get(`/en/${country}/write`), { ask: 'asylum' });
    return find.$('button[value=elsewhere]').length;
  };
  for (const country of ['fr', 'de', 'nl', 'be', 'it', 'se', 'dk'])
    expect([country, await offers(country)]).toEqual([country, 1]);
  for (const country of ['no', 'ch', 'gb', 'nz', 'at'])
    expect([country, await offers(country)]).toEqual([country, 0]);
});

it('takes no other place from a form than those of the country', async () => {
  const visitor = (await open()).visitor();
  const find = await visitor.send(await visitor.get('/en/nz/write'), { ask: 'asylum' });
  const sent = await visitor.send(find, { to: 'EU', go: 'elsewhere' });
  expect(sent.$('select[name=chamber] option').text()).toBe('House of Representatives');
});
