import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { campaignRoutes } from '../../src/campaign/campaign-routes.ts';
import { askIds, readerLanguages } from '../../src/campaign/campaign-types.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { countriesByName } from '../../src/shared/countries.ts';
import { startWeb, type WebServer } from '../web/web-server.ts';

const campaign = loadCampaign(join(import.meta.dirname, '..', '..', 'templates'));
const places = [...campaign.places.values()];
const noon = Date.parse('2026-11-23T12:00:00Z');
let now = noon;

let web: WebServer;
beforeAll(async () => {
  const parts = {
    campaign,
    clock: { now: () => now },
    neutralSite: 'https://www.wikipedia.org/',
    contact: 'team@example.org',
  };
  web = await startWeb(campaignRoutes(parts));
});
afterAll(() => web.close());

const open = async (path: string, status = 200) => {
  const answer = await fetch(web.url + path);
  expect([path, answer.status]).toEqual([path, status]);
  return load(await answer.text());
};

describe.each(readerLanguages)('in %s', (language) => {
  it('the first page leads to every place with letters, by region', async () => {
    const $ = await open(`/${language}`);
    const links = $('.places a')
      .toArray()
      .map((link) => link.attribs['href']);
    expect(links.sort()).toEqual(places.map(({ place }) => `/${language}/${place.toLowerCase()}`).sort());
    expect($('#relatives').length).toBe(1);
  });

  it('each place shows the four asks, each with its limit and what is possible there', async () => {
    for (const place of places) {
      const $ = await open(`/${language}/${place.place.toLowerCase()}`);
      expect($('h1').text()).toBe(place.name[language]);
      expect($('.entries > li').length).toBe(askIds.length);
      for (const [at, ask] of campaign.asks.entries()) {
        const entry = $('.entries > li').eq(at);
        expect(entry.find('h3').text()).toBe(ask.name[language]);
        expect(entry.find('.limit').text()).toBe(ask.limit[language]);
        expect(entry.find('.chip').text()).not.toBe('');
      }
      const start = place.place === 'EU' ? undefined : `/${language}/${place.place.toLowerCase()}/write`;
      expect($('a.btn').attr('href')).toBe(start);
      expect($(`a[href="${place.findMember.url}"]`).attr('rel')).toBe('noreferrer');
      expect($('main').text()).not.toMatch(/\{\{|undefined|null|\[object/);
    }
  });

  it('every other country has a page with who to write to and what to ask, never a dead end', async () => {
    for (const code of ['PT', 'BR', 'JP', 'GP']) {
      if (campaign.places.has(code)) continue;
      const $ = await open(`/${language}/${code.toLowerCase()}`);
      expect($('h1').text()).toContain(
        countriesByName(language).find((country) => country.code === code)?.name,
      );
      expect($('.entries .limit').length).toBe(askIds.length);
      expect($(`a[href="/${language}/join"]`).length).toBe(1);
    }
  });

  it('the pages about safety and data stand in full, with English beside the Khmer', async () => {
    for (const path of ['who', 'keeping', 'relatives', 'thailand-malaysia', 'leaving']) {
      const $ = await open(`/${language}/about/${path}`);
      expect($('h1').text()).not.toBe('');
      expect($('main').text()).not.toMatch(/\{\{|undefined|null|\[object|\*\*|\]\(/);
      if (path !== 'who') expect($('main .beside').length > 3).toBe(language === 'km');
    }
  });

  it('links of the public pages lead somewhere', async () => {
    const pages = [
      '',
      '/countries',
      '/about/who',
      '/about/keeping',
      '/about/relatives',
      '/nz',
      '/pt',
      '/kh',
      '/th',
    ];
    const links = new Set<string>();
    for (const page of pages) {
      const $ = await open(`/${language}${page}`);
      for (const link of $('a[href^="/"]').toArray()) links.add(link.attribs['href'] ?? '');
    }
    // Rooms that are not mounted here.
    const own = [...links].filter((link) => !/\/(?:join|write|paper)$/.test(link));
    expect(own.length).toBeGreaterThan(200);
    for (const link of own) {
      const answer = await fetch(web.url + link.replace(/#.*/, ''), { redirect: 'manual' });
      expect([link, answer.status < 400]).toEqual([link, true]);
    }
  });
});

describe('a country', () => {
  it('whose people write to the European Parliament is reached from its page, and itself leads to a letter', async () => {
    const $ = await open('/en/eu');
    expect($('a[href="/en/at/write"]').text()).toBe('Austria');
    expect($('a[href="/en/fr/write"], a[href="/en/eu/write"]').length).toBe(0);
    expect((await open('/en/at'))('a.btn').attr('href')).toBe('/en/at/write');
  });

  it('of the European Union is told of the European Parliament', async () => {
    const $ = await open('/en/pt');
    expect($('h2').text()).toContain('The European Parliament represents you too');
    expect((await open('/en/br'))('h2').text()).not.toContain('European Parliament');
  });

  it('whose people elect a member of another parliament is sent there', async () => {
    const $ = await open('/en/gp');
    expect($('main a[href="/en/fr"]').length).toBe(1);
  });

  it('that is Cambodia is refused, with the reason and what to do', async () => {
    const $ = await open('/en/kh');
    expect($('main').text()).toMatch(/law of 2025[\s\S]*Leave quickly/);
    expect($('main form, main a[href*="join"], main a[href*="write"]').length).toBe(0);
    const all = await open('/en/countries');
    expect(all('.places a[href="/en/kh"]').length).toBe(0);
  });

  it('where a letter endangers its writer is explained and not offered', async () => {
    for (const path of ['/en/th', '/en/my']) {
      const $ = await open(path);
      expect($('h1').text()).toBe('Thailand and Malaysia');
      expect($('main a[href*="write"]').length).toBe(0);
    }
  });

  it('that does not exist is no page', async () => {
    for (const path of [
      '/en/xx',
      '/en/NZ',
      '/en/nzl',
      '/en/__proto__',
      '/en/%00',
      '/xx',
      '/en/about',
      '/en/about/x',
    ]) {
      await open(path, 404);
    }
  });

  it('says on which day its possibilities were checked, and warns when that is long ago', async () => {
    expect((await open('/en/nz'))('main').text()).not.toContain('It may have changed since');
    now = Date.parse('2031-01-01T00:00:00Z');
    expect((await open('/en/nz'))('main').text()).toContain('It may have changed since');
    now = Date.parse('2018-04-01T00:00:00Z');
    await open('/en/nz');
    now = noon;
  });
});

describe('all countries', () => {
  it('stand once each, with a name in every language', () => {
    for (const language of readerLanguages) {
      const names = countriesByName(language).map(({ name }) => name);
      expect(names.length).toBeGreaterThan(235);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => /^[A-Z]{2}$/.test(name))).toEqual([]);
    }
  });
});
