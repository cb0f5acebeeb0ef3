import { request } from 'node:http';
import { connect } from 'node:net';
import { load } from 'cheerio';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Failure } from '../../src/shared/errors.ts';
import { serverLimits } from '../../src/web/limits.ts';
import { startWeb, type WebServer } from './web-server.ts';

const marker = 'Sophea-Marker-7731';
let web: WebServer;
let seen: unknown[] = [];

beforeAll(async () => {
  const routes = Router();
  routes.post('/echo', (req, res) => {
    seen.push(req.body);
    res.json(req.body);
  });
  routes.post('/busy', () => {
    throw new Failure('busy');
  });
  routes.post('/bug', (req) => {
    throw new Error(`cannot store ${JSON.stringify(req.body)}`);
  });
  routes.get('/late', (_req, res) => {
    res.write('half');
    throw new Error(marker);
  });
  web = await startWeb(routes);
});
afterAll(() => web.close());

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(web.url + path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

/** A request as fetch would not send it (Host and Origin are forbidden to it). */
function raw(
  path: string,
  method: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(web.url + path, { method, headers, setHost: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject).end(body);
  });
}

describe('development', () => {
  it.each(['localhost:3000', '127.0.0.1', '[::1]:8080', 'LOCALHOST'])('answers to Host %s', async (host) => {
    expect((await raw('/en/about/leaving', 'GET', { host })).status).toBe(200);
  });

  it.each(['example.org', 'localhost.evil.test', 'evil.test:3000', '127.0.0.1.nip.io', ''])(
    'answers 421 to Host "%s"',
    async (host) => {
      expect((await raw('/en/about/leaving', 'GET', { host })).status).toBe(421);
    },
  );

  it.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])(
    'answers 421 to a request with %s',
    async (name) => {
      expect((await fetch(`${web.url}/en/about/leaving`, { headers: { [name]: 'x' } })).status).toBe(421);
    },
  );
});

describe('forms', () => {
  it('come through as texts, without control and direction characters, U+200B kept', async () => {
    const body = new URLSearchParams({ a: 'x\0y\u202ez\ufeff', b: 'ក\u200bខ', c: 'one\r\ntwo' });
    const answer = await post('/en/echo', body.toString());
    expect(await answer.json()).toEqual({ a: 'xyz', b: 'ក\u200bខ', c: 'one\ntwo' });
  });

  it('that are absent are empty forms', async () => {
    seen = [];
    expect((await fetch(`${web.url}/en/echo`, { method: 'POST' })).status).toBe(200);
    expect(seen).toEqual([{}]);
  });

  it('have no way to the prototype', async () => {
    const answer = await post('/en/echo', '__proto__=x&constructor=y');
    expect(answer.status).toBe(200);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(Object.getPrototypeOf(seen.at(-1))).toBe(Object.prototype);
  });

  const refused: [string, number, string, Record<string, string>?][] = [
    ['a field twice', 400, `a=${marker}&a=2`],
    ['61 fields', 413, Array.from({ length: 61 }, (_, at) => `f${at}=${marker}`).join('&')],
    ['more than 64 kB', 413, `a=${marker}${'x'.repeat(66_000)}`],
    ['JSON', 415, `{"a":"${marker}"}`, { 'content-type': 'application/json' }],
    ['broken JSON', 415, `{"a":"${marker}`, { 'content-type': 'application/json' }],
    ['a multipart form', 415, marker, { 'content-type': 'multipart/form-data; boundary=x' }],
    ['no type', 415, marker, { 'content-type': '' }],
    [
      'an unknown charset',
      415,
      `a=${marker}`,
      { 'content-type': 'application/x-www-form-urlencoded; charset=utf-7' },
    ],
    ['an unknown encoding', 415, `a=${marker}`, { 'content-encoding': 'x-own' }],
    ['a broken gzip', 400, `a=${marker}`, { 'content-encoding': 'gzip' }],
  ];
  it.each(refused)(
    'with %s are refused with a page that says nothing of them',
    async (_what, status, body, headers) => {
      seen = [];
      const answer = await post('/fr/echo', body, headers);
      const page = await answer.text();
      expect(answer.status).toBe(status);
      expect(page).toContain('<html lang="fr">');
      expect(page).not.toContain(marker);
      expect(seen).toEqual([]);
    },
  );
});

describe('a POST', () => {
  const own = () => web.url;
  const cases: [string, number, () => Record<string, string>][] = [
    ['from our own page', 200, () => ({ 'sec-fetch-site': 'same-origin', origin: own() })],
    [
      'from our page with no-referrer, in a browser that says where it comes from',
      200,
      () => ({ 'sec-fetch-site': 'same-origin', origin: 'null' }),
    ],
    ['of an older browser, by Origin', 200, () => ({ origin: own() })],
    ['of an old browser, by Referer', 200, () => ({ referer: `${own()}/en/join` })],
    ['of a very old browser without any sign and without a cookie', 200, () => ({})],
    ['without any sign but with a cookie', 403, () => ({ cookie: 'session=x' })],
    ['from another site', 403, () => ({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' })],
    ['from a sister site', 403, () => ({ 'sec-fetch-site': 'same-site', origin: 'http://sister.localhost' })],
    [
      'that claims same-origin with a foreign Origin',
      403,
      () => ({ 'sec-fetch-site': 'same-origin', origin: 'https://evil.test' }),
    ],
    ['typed into the address bar', 403, () => ({ 'sec-fetch-site': 'none' })],
    ['with a foreign Origin', 403, () => ({ origin: 'https://evil.test', referer: `${own()}/en` })],
    ['with the Origin of another port', 403, () => ({ origin: 'http://127.0.0.1:1' })],
    ['with Origin null', 403, () => ({ origin: 'null' })],
    ['with a foreign Referer', 403, () => ({ referer: `https://evil.test/${'127.0.0.1'}` })],
    ['with a Referer that is no address', 403, () => ({ referer: 'about:client' })],
  ];
  it.each(cases)('%s gets %i', async (_what, status, headers) => {
    seen = [];
    const { host } = new URL(web.url);
    const answer = await raw(
      '/en/echo',
      'POST',
      { host, 'content-type': 'application/x-www-form-urlencoded', 'content-length': '3', ...headers() },
      'a=1',
    );
    expect(answer.status).toBe(status);
    expect(seen).toHaveLength(status === 200 ? 1 : 0);
  });
});

describe('methods', () => {
  it('other than GET, HEAD and POST are not declared', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
      const answer = await fetch(`${web.url}/en/about/leaving`, { method });
      expect([method, answer.status, answer.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD, POST']);
    }
    expect((await raw('/en/about/leaving', 'TRACE', { host: 'localhost' })).status).toBe(405);
  });

  it('with a header of more than 16 kB end in 431', async () => {
    expect((await raw('/en', 'GET', { host: 'localhost', 'x-long': 'x'.repeat(17_000) })).status).toBe(431);
  });

  it('that trickle in are cut off', async () => {
    expect(serverLimits).toMatchObject({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      maxHeaderSize: 16_384,
    });
    // The same limits, thirty times as short.
    const limits = { headersTimeout: 330, requestTimeout: 1000, connectionsCheckingInterval: 50 };
    const quick = await startWeb(Router(), { limits: { ...serverLimits, ...limits } });
    const begun = Date.now();
    await trickle(Number(new URL(quick.url).port));
    expect(Date.now() - begun).toBeLessThan(5000);
    await quick.close();
  });
});

/** Sends a header byte by byte, until the server hangs up. */
function trickle(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () =>
      socket.write('GET /en HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
    );
    const drip = setInterval(() => socket.write('x'), 50);
    socket
      .on('error', () => undefined)
      .on('close', () => {
        clearInterval(drip);
        resolve();
      });
  });
}

describe('what breaks', () => {
  it('shows a number that the log knows, and nothing of what was sent, anywhere', async () => {
    const printed: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    }
    const pages: string[] = [];
    for (const path of ['/en/bug', '/km/bug', '/fr/busy']) {
      const answer = await post(path, `name=${marker}&token=${marker}`);
      pages.push(await answer.text());
    }
    await post('/en/echo', `{"${marker}":`, { 'content-type': 'application/json' });
    await post('/en/echo', `${marker}&`.repeat(70));
    await fetch(`${web.url}/en/late`)
      .then((answer) => answer.text())
      .catch(() => undefined);
    await fetch(`${web.url}/en/nothing/${marker}?q=${marker}`);
    vi.restoreAllMocks();

    const [bug, khmer] = pages;
    const id = /number: ([0-9a-f]{10})/.exec(bug ?? '')?.[1];
    expect(web.log.join('')).toContain(`"id":"${id}","status":500,"error":"Error"`);
    expect(khmer).toContain('<html lang="km">');
    expect(bug).not.toMatch(/cannot store|\.ts:|at .*\(/);
    expect([bug, khmer, ...web.log, ...printed].join('')).not.toContain(marker);
  });

  it('keeps the form where the database was busy, and asks for secrets again', async () => {
    const body = new URLSearchParams({
      name: 'Sophea "Example"',
      own: 'One\nTwo',
      password: 'hidden',
      code: '123456',
    });
    const answer = await post('/en/busy', body.toString());
    const $ = load(await answer.text());
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('10');
    expect($('main form').attr()).toMatchObject({ method: 'post', action: '/en/busy' });
    expect(
      $('main form input')
        .toArray()
        .map((input) => [input.attribs['name'], input.attribs['value']]),
    ).toEqual([
      ['name', 'Sophea "Example"'],
      ['own', 'One\nTwo'],
    ]);
  });

  it('answers even where the page itself cannot be made', async () => {
    const answer = await fetch(`${web.url}/en/about/leaving`, { headers: { 'accept-language': ';;;q=x,,' } });
    expect(answer.status).toBe(200);
  });
});
