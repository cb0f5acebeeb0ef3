import { load } from 'cheerio';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filledForm, line, lines, oneOf, readForm, tickable, ticked } from '../../src/web/forms.ts';
import {
  goTo,
  mailedLinkPages,
  personalPages,
  preferredLanguage,
  sendFormAgain,
  sendPage,
} from '../../src/web/pages.ts';
import { startWeb, type WebServer } from './web-server.ts';

const sampleForm = z.strictObject({
  name: line('web:form.missing', 10),
  mail: z.email('web:form.invalid'),
  secret: z.string().optional(),
  own: lines('web:form.missing'),
  country: oneOf(['NZ', 'FR'], 'web:form.missing'),
  how: oneOf(['self', 'with'], 'web:form.missing'),
  agree: ticked('web:form.missing'),
  news: tickable(),
  seal: z.string().optional(),
  go: z.string().optional(),
});

const steps = [
  { label: 'Ask', done: true, note: 'Visa', href: '/en/nz/write' },
  { label: 'Words', done: true, action: '/en/nz/write/words', name: 'go', value: 'words' },
  { label: 'Read', current: true },
  { label: 'Send' },
];

let web: WebServer;
beforeAll(async () => {
  const routes = Router();
  routes.get('/sample', (_req, res) => sendPage(res, 'test/sample', { steps }));
  routes.get('/filled', (_req, res) =>
    sendPage(res, 'test/sample', {
      steps,
      form: filledForm({ name: 'A & B', how: 'with', country: 'NZ', news: 'yes' }),
    }),
  );
  routes.post('/sample', (req, res) => {
    const form = readForm(sampleForm, req.body);
    if (!form.ok) return sendFormAgain(res, 'test/sample', { steps, form });
    goTo(res, '/sample');
  });
  routes.post('/next', (req, res) => {
    const form = filledForm(req.body);
    sendPage(res, 'test/sample', {
      steps,
      form,
      switchBy: 'form',
      switchPath: '/back',
      switchName: 'go',
      switchValue: 'words',
    });
  });
  routes.get('/mine', personalPages, (_req, res) => sendPage(res, 'test/sample', { steps }));
  routes.get('/link', mailedLinkPages, (_req, res) => sendPage(res, 'test/sample', { steps }));
  web = await startWeb(routes);
});
afterAll(() => web.close());

const open = async (path: string) => load(await (await fetch(web.url + path)).text());
const send = (path: string, fields: Record<string, string>) =>
  fetch(web.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

describe('a page', () => {
  it.each(['km', 'en', 'fr'])(
    'stands in its language, with title, skip link, exit and the switch: %s',
    async (language) => {
      const $ = await open(`/${language}/sample`);
      expect($('html').attr('lang')).toBe(language);
      expect($('title').text()).toMatch(/^Sample – ./);
      expect($('body > :first-child').attr('href')).toBe('#main');
      expect($('a.exit').attr('href')).toBe('/leave');
      expect(
        $('.langs li > *')
          .toArray()
          .map((link) => [link.attribs['lang'], link.attribs['href']]),
      ).toEqual(
        ['km', 'en', 'fr'].map((other) => [other, other === language ? undefined : `/${other}/sample`]),
      );
      expect($(`.langs [aria-current]`).attr('lang')).toBe(language);
    },
  );

  it('in Khmer says that no native reader has checked it, and shows English beside', async () => {
    const khmer = await open('/km/sample');
    expect(khmer('.strip .beside').text()).toContain('No native reader');
    expect(khmer('.notice .beside').text()).toBe('English');
    const french = await open('/fr/sample');
    expect(french('.beside').length).toBe(0);
    expect(french('.notice').text()).toContain('Français');
  });

  it('says in development that it is for trying out, and on demo data that all is invented', async () => {
    expect((await open('/en/sample'))('.strip').text()).toContain('For trying out');
    const demo = await startWeb(Router(), { demo: true, production: true });
    const strips = load(await (await fetch(`${demo.url}/en/nothing`)).text())('.strip').text();
    expect(strips).toContain('invented');
    expect(strips).not.toContain('For trying out');
    await demo.close();
  });

  it('has no inline script or style and no address of another host', async () => {
    const html = await (await fetch(`${web.url}/en/sample`)).text();
    const $ = load(html);
    expect($('style, [style], script:not([src])').length).toBe(0);
    expect(
      $('[src], link[href]')
        .toArray()
        .map((part) => part.attribs['src'] ?? part.attribs['href'])
        .filter((address) => !address?.startsWith('/files/')),
    ).toEqual([]);
    for (const address of $('[src], link[href]')
      .toArray()
      .map((part) => part.attribs['src'] ?? part.attribs['href'])) {
      expect((await fetch(web.url + address)).status).toBe(200);
    }
  });

  it('about a person is not indexed, and behind a mailed link tells nobody where it was', async () => {
    const mine = await fetch(`${web.url}/en/mine`);
    expect(mine.headers.get('x-robots-tag')).toContain('noindex');
    const link = await fetch(`${web.url}/en/link`);
    expect(link.headers.get('referrer-policy')).toBe('no-referrer');
    expect(link.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the partials', () => {
  it('tie every field to its label, hint and limit', async () => {
    const $ = await open('/en/sample');
    const ids = $('[id]')
      .toArray()
      .map((part) => part.attribs['id']);
    expect(new Set(ids).size).toBe(ids.length);
    for (const field of $('main :is(input:not([type=hidden]), textarea, select)').toArray()) {
      const id = field.attribs['id'];
      expect($(`label[for="${id}"]`).length + $(field).closest('label').length, id).toBe(1);
      for (const described of (field.attribs['aria-describedby'] ?? '').split(' ').filter(Boolean)) {
        expect($(`#${described}`).length, described).toBe(1);
      }
    }
    expect($('#own').attr('aria-describedby')).toBe('own-l own-n');
    expect($('#own').attr('lang')).toBe('fr');
  });

  it('show what is chosen beforehand, and what a form holds in its place', async () => {
    const fresh = await open('/en/sample');
    expect(fresh('[name=how]:checked').val()).toBe('self');
    expect(fresh('select option[selected]').val()).toBe('FR');
    expect(fresh('#mail').val()).toBe('x@example.org');
    const filled = await open('/en/filled');
    expect(filled('[name=how]:checked').val()).toBe('with');
    expect(filled('select option[selected]').val()).toBe('NZ');
    expect(filled('#news').attr('checked')).toBeDefined();
    expect(filled('#agree').attr('checked')).toBeUndefined();
    expect(filled('#name').val()).toBe('A & B');
    expect(filled('[name=seal]').val()).toBe('a"b');
  });

  it('say in words where one is, before any picture of it', async () => {
    const $ = await open('/en/sample');
    expect($('.steps p').text()).toBe('Step 3 of 4: ReadNext: Send');
    expect($('.steps button').attr()).toMatchObject({
      form: 'journey',
      formaction: '/en/nz/write/words',
      name: 'go',
      value: 'words',
    });
    expect($('.steps [aria-current=step]').text()).toBe('Read');
  });

  it('follow every mark by its word', async () => {
    const $ = await open('/km/sample');
    for (const chip of $('.chip').toArray()) {
      expect($(chip).find('svg').attr('aria-hidden')).toBe('true');
      expect($(chip).text().trim()).not.toBe('');
    }
  });
});

describe('a form with errors', () => {
  it('comes back with 422, the summary first, the values kept', async () => {
    const answer = await send('/en/sample', {
      name: 'Far too long a name',
      mail: 'sophea',
      own: 'My <b>words</b>',
      how: 'with',
      secret: 'hush',
    });
    const $ = load(await answer.text());
    expect(answer.status).toBe(422);
    expect($('title').text()).toMatch(/^Error: Sample/);
    expect($('main > :first-child').attr()).toMatchObject({ class: 'errors', role: 'alert', tabindex: '-1' });
    expect($('.errors h2').text()).toBe('Four things to put right');
    expect(
      $('.errors a')
        .toArray()
        .map((link) => [link.attribs['href'], $(link).text()]),
    ).toEqual([
      ['#name', 'Write at most 10 characters'],
      ['#mail', 'Write this in another way'],
      ['#country', 'Fill this in'],
      ['#agree', 'Fill this in'],
    ]);
    for (const link of $('.errors a').toArray()) {
      const field = $(link.attribs['href'] ?? '');
      expect(field.attr('aria-invalid')).toBe('true');
      const message = $(`#${field.attr('id')}-e`);
      expect(message.text()).toBe(`Error: ${$(link).text()}`);
      expect(field.attr('aria-describedby')).toContain(message.attr('id'));
    }
    expect($('#name').val()).toBe('Far too long a name');
    expect($('#own').text()).toBe('My <b>words</b>');
    expect($('[name=how]:checked').val()).toBe('with');
    expect($('#secret').attr('value')).toBeUndefined();
  });

  it('keeps itself when the language is switched', async () => {
    const $ = load(await (await send('/fr/sample', { name: 'Sophea' })).text());
    const khmer = $('.langs button[lang=km]');
    expect(khmer.attr()).toMatchObject({ form: 'journey', formaction: '/km/sample', formmethod: 'post' });
    expect($('form#journey').length).toBe(1);
    const again = load(await (await send(khmer.attr('formaction') ?? '', { name: 'Sophea' })).text());
    expect(again('#name').val()).toBe('Sophea');
    expect(again('.errors h2').text()).toBe('មាន\u200bប្រាំ\u200bចំណុច\u200bត្រូវ\u200bកែ');
  });

  it('names a field it does not know without repeating it', async () => {
    const html = await (await send('/en/sample', { strange: 'Marker-9' })).text();
    expect(load(html)('.errors').text()).toContain('held a field that we do not know');
    expect(html).not.toContain('Marker-9');
  });

  it('moves on with 303 when all is right', async () => {
    const answer = await send('/fr/sample', {
      name: ' So  phea ',
      mail: 'a@b.org',
      own: 'x',
      country: 'NZ',
      how: 'self',
      agree: 'yes',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/fr/sample']);
  });
});

describe('a page that answers a POST of the journey', () => {
  it('switches the language by sending its form to the step it came from', async () => {
    const $ = load(await (await send('/en/next', { name: 'Sophea' })).text());
    expect($('.langs button[lang=km]').attr()).toMatchObject({
      form: 'journey',
      formaction: '/km/back',
      name: 'go',
      value: 'words',
    });
    expect($('.langs a').length).toBe(0);
  });
});

describe('readForm', () => {
  it('gives cleaned values', () => {
    const result = readForm(z.strictObject({ a: line('web:form.missing'), b: tickable() }), {
      a: '  ក\u200bខ   x ',
    });
    expect(result).toEqual({ ok: true, value: { a: 'ក\u200bខ x', b: false } });
  });

  it('never shows a sentence of the library', () => {
    const result = readForm(z.strictObject({ a: z.string().regex(/x/), b: z.coerce.number() }), {
      a: 'y',
      b: 'z',
    });
    expect(result).toMatchObject({
      ok: false,
      errors: [
        { field: 'a', message: 'web:form.invalid' },
        { field: 'b', message: 'web:form.invalid' },
      ],
    });
  });

  it('takes an absent body for an empty form', () => {
    expect(readForm(z.strictObject({ a: line('web:form.missing') }), undefined)).toMatchObject({
      ok: false,
      values: {},
    });
  });
});

describe('the first page', () => {
  it.each([
    ['km', 'en-US,en;q=0.9,km;q=0.1'],
    ['fr', 'fr-CH, fr;q=0.9, en;q=0.8'],
    ['en', 'de, en;q=0.5, fr;q=0.3'],
    ['en', 'de-DE'],
    ['en', undefined],
    ['fr', 'km;q=0, fr'],
  ])('opens in %s for %s', async (language, header) => {
    expect(preferredLanguage(header)).toBe(language);
    const answer = await fetch(web.url, {
      redirect: 'manual',
      headers: header ? { 'accept-language': header } : {},
    });
    expect([answer.status, answer.headers.get('location')?.slice(0, 3)]).toEqual([302, `/${language}`]);
    expect(answer.headers.get('vary')).toContain('Accept-Language');
  });
});

describe('leaving quickly', () => {
  it('goes to the one site of the configuration and asks the browser to forget', async () => {
    for (const path of ['/leave', '/leave?to=//evil.test', '/leave?to=https:evil']) {
      const answer = await fetch(web.url + path, { redirect: 'manual' });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://www.wikipedia.org/']);
      expect(answer.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"');
    }
  });

  it('is described as it is: it does not erase the history', async () => {
    const $ = await open('/en/about/leaving');
    expect($('main').text()).toContain('It does not erase your browser’s history');
    expect($('main').text()).toContain('www.wikipedia.org');
  });
});
