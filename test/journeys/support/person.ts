import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { CampaignSite } from './campaign-site.ts';

/** The two ways in which every walk is walked. */
export const readers = {
  khmer: { language: 'km', width: 360, height: 740, scripts: false },
  english: { language: 'en', width: 1280, height: 900, scripts: true },
} as const;
export type ReaderName = keyof typeof readers;
export type Reader = (typeof readers)[ReaderName];

/** Someone before a browser. Whatever page they come to is looked at: see `look`. */
export type Person = {
  readonly page: Page;
  readonly reader: Reader;
  /** Opens an address of the site, as one types it in or follows it out of a mail. @returns the status. */
  visit(address: string): Promise<number>;
  /** Presses a button or a link that leads to another page. @returns the status. */
  press(button: string | Locator): Promise<number>;
  /** Presses a button that hands out a file. @returns its bytes. */
  download(button: string): Promise<Buffer>;
  /** Chooses one of several, or ticks a box, as one does: by its words. */
  choose(field: string, value?: string): Promise<void>;
  fill(fields: Readonly<Record<string, string>>): Promise<void>;
  leave(): Promise<void>;
};

const pictures = join(import.meta.dirname, '..', 'pictures');

/** @param walk names the pictures: `pictures/<walk>/01-….jpg`. */
export async function aPerson(
  browser: Browser,
  site: CampaignSite,
  reader: Reader,
  walk: string,
): Promise<Person> {
  const context = await openContext(browser, reader, reader.scripts);
  const reviewer = reader.scripts ? null : await aReviewer(await openContext(browser, reader, true));
  const strangers = watchRequests(context, site.url);
  const page = await context.newPage();
  const folder = join(pictures, walk);
  mkdirSync(folder, { recursive: true });
  let seen = 0;
  const arrive = async (go: () => Promise<unknown>): Promise<number> => {
    let status = 0;
    const note = (response: { status(): number; request(): { isNavigationRequest(): boolean } }) => {
      if (response.request().isNavigationRequest()) status = response.status();
    };
    page.on('response', note);
    await Promise.all([page.waitForEvent('load'), go()]);
    page.off('response', note);
    seen += 1;
    const picture = join(folder, `${String(seen).padStart(2, '0')}-${nameOfPage(page.url())}.jpg`);
    await look(page, reviewer, picture);
    expect(strangers, 'requests to another host').toEqual([]);
    return status;
  };
  return {
    page,
    reader,
    visit: (address) => arrive(() => page.goto(new URL(address, site.url).href)),
    press: (button) =>
      arrive(() => (typeof button === 'string' ? page.locator(button).first() : button).click()),
    async download(button) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.locator(button).first().click()]);
      const chunks: Buffer[] = [];
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    async choose(field, value) {
      await page
        .locator(`input[name="${field}"]${value === undefined ? '' : `[value="${value}"]`}`)
        .first()
        .check();
    },
    async fill(fields) {
      for (const [field, value] of Object.entries(fields)) await page.locator(`#${field}`).fill(value);
    },
    async leave() {
      await context.close();
      await reviewer?.close();
    },
  };
}

async function openContext(
  browser: Browser,
  { width, height, language }: Reader,
  scripts: boolean,
): Promise<BrowserContext> {
  return await browser.newContext({
    viewport: { width, height },
    javaScriptEnabled: scripts,
    locale: language,
    timezoneId: 'Pacific/Auckland',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
}

function watchRequests(context: BrowserContext, site: string): string[] {
  const strangers: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(`${site}/`)) strangers.push(request.url());
  });
  return strangers;
}

function nameOfPage(url: string): string {
  const { pathname } = new URL(url);
  return (
    pathname
      .split('/')
      .filter(Boolean)
      .slice(0, 4)
      .join('-')
      .replace(/[^a-z-]/g, '') || 'first'
  );
}

type Reviewer = { copyOf(page: Page): Promise<Page>; close(): Promise<void> };

// axe is a script: where the person's browser runs none, it looks at the same page in one that does.
async function aReviewer(context: BrowserContext): Promise<Reviewer> {
  const copy = await context.newPage();
  let body = '';
  await copy.route('**', (route) =>
    route.request().isNavigationRequest()
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body })
      : route.continue(),
  );
  return {
    async copyOf(page) {
      body = await page.content();
      await copy.goto(page.url());
      return copy;
    },
    close: () => context.close(),
  };
}

/** What must hold of every page: nothing sideways, nothing axe finds, nothing of the person in the address. */
async function look(page: Page, reviewer: Reviewer | null, picture: string): Promise<void> {
  await page.screenshot({ path: picture, fullPage: true, type: 'jpeg', quality: 80 });
  const { search, pathname } = new URL(page.url());
  expect(`${pathname}${search}`).not.toMatch(/\?|visa|asylum|asset|institutional/);
  expect(await page.title()).not.toBe('');
  await expectNothingSideways(page);
  await expectNothingFoundByAxe(reviewer ? await reviewer.copyOf(page) : page);
}

async function expectNothingSideways(page: Page): Promise<void> {
  const [inside, window] = await page.evaluate<[number, number]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  expect(inside, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(window);
}

async function expectNothingFoundByAxe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'], preload: false })
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
  );
  expect(found, `axe on ${page.url()}`).toEqual([]);
}
