import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheerioAPI, load } from 'cheerio';
import { afterEach } from 'vitest';
import { type Running, start } from '../../src/app/start.ts';
import { readConfig } from '../../src/config/config.ts';
import type { Db } from '../../src/database/connect.ts';
import { importRepresentatives } from '../../src/representatives/import-representatives.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export const root = join(import.meta.dirname, '..', '..');

export type Page = {
  readonly status: number;
  readonly url: string;
  readonly $: CheerioAPI;
  readonly text: string;
  readonly headers: Headers;
};

/** A browser without scripts: keeps cookies, follows redirects of its own site, fills in forms as a person does. */
export type Visitor = {
  get(path: string): Promise<Page>;
  /** Sends the page's form with what it holds, `fields` in place of or beside it. */
  send(page: Page, fields?: Record<string, string>, action?: string): Promise<Page>;
  post(path: string, fields: Record<string, string>): Promise<Page>;
};

export type Site = {
  readonly url: string;
  readonly running: Running;
  readonly clock: FakeClock;
  readonly log: string[];
  visitor(): Visitor;
};

/** The whole server in a temporary folder, with its own SQLite database; stopped and removed after the test. */
export function siteForTests(): (settings?: Record<string, string>, clock?: FakeClock) => Promise<Site> {
  const open: { running: Running; folder: string }[] = [];
  afterEach(async () => {
    for (const { running, folder } of open.splice(0)) {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return async (settings = {}, clock = fakeClock()) => {
    const folder = mkdtempSync(join(tmpdir(), 'campaign-site-'));
    const config = readConfig(root, {
      PORT: '0',
      DATA_FOLDER: join(folder, 'data'),
      KEY_FILE: join(folder, 'keys', 'master.key'),
      ...settings,
    });
    const log: string[] = [];
    const running = await start(config, root, { clock, log: (line) => log.push(line) });
    open.push({ running, folder });
    const url = `http://127.0.0.1:${running.port}`;
    return { url, running, clock, log, visitor: () => createVisitor(url) };
  };
}

function createVisitor(url: string): Visitor {
  const cookies = new Map<string, string>();
  const visit = async (path: string, init: RequestInit = {}): Promise<Page> => {
    const response = await fetch(new URL(path, url), {
      redirect: 'manual',
      ...init,
      headers: {
        ...init.headers,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) keepCookie(cookies, cookie);
    const location = response.headers.get('location');
    if (location?.startsWith('/')) {
      await response.arrayBuffer();
      return await visit(location);
    }
    const text = await response.text();
    return { status: response.status, url: response.url, $: load(text), text, headers: response.headers };
  };
  const post = (path: string, fields: Record<string, string>) =>
    visit(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'sec-fetch-site': 'same-origin' },
    });
  return {
    get: (path) => visit(path),
    post,
    send: (page, fields = {}, action) =>
      post(action ?? page.$('#journey').attr('action') ?? '', { ...fieldsOf(page.$), ...fields }),
  };
}

function keepCookie(cookies: Map<string, string>, header: string): void {
  const [pair = ''] = header.split(';');
  const [name = '', value = ''] = pair.split('=');
  if (/max-age=0|expires=thu, 01 jan 1970/i.test(header) || value === '') cookies.delete(name);
  else cookies.set(name, value);
}

/** What a browser would send of the page's form: filled fields, chosen boxes, hidden ones. */
function fieldsOf($: CheerioAPI): Record<string, string> {
  const fields: Record<string, string> = {};
  $('#journey')
    .find('input[name],textarea[name],select[name]')
    .each((_, element) => {
      const field = $(element);
      const name = field.attr('name') ?? '';
      const type = field.attr('type');
      if ((type === 'radio' || type === 'checkbox') && field.attr('checked') === undefined) return;
      fields[name] = String(field.val() ?? '').replace(/^\n/, '');
    });
  return fields;
}

const header =
  'id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,end_date,image,gender';

/** Invented members in the directory of a country; the first has no address where `noMail` is set. */
export async function importInvented(site: Site, country = 'NZ', noMail = false): Promise<void> {
  await importInventedInto(site.running.parts.db, site.clock.now(), country, noMail);
}

export async function importInventedInto(db: Db, now: number, country = 'NZ', noMail = false): Promise<void> {
  const rows = [
    `ex-1,Alex Example,"Example, Alex",${noMail ? '' : 'alex.example@parliament.example'},,,Party One,,,Harbour North,house,51,,,,female`,
    'ex-2,Robin Sample,"Sample, Robin",robin.sample@parliament.example,,,Party Two,,,Harbour South,house,51,,,,male',
    'ex-3,Kim Placeholder,"Placeholder, Kim",kim.placeholder@parliament.example,,,Party Two,,,List,house,51,,,,',
  ];
  const result = await importRepresentatives(db, {
    bytes: Buffer.from([header, ...rows].join('\n')),
    country,
    chamber: 'house',
    asOf: '2026-11-20',
    now,
  });
  if (!result.ok) throw new Error(result.reason);
}
