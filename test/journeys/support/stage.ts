import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';
import { launchBrowser } from '../../support/browser.ts';
import { type CampaignSite, openCampaignSite } from './campaign-site.ts';
import { aPerson, type Person, type ReaderName, readers } from './person.ts';

/** Why no walk can be walked here, or null. Said once, by the set-up of all tests. */
export function whyNoBrowser(): string | null {
  const browser = inject('browser');
  return 'skip' in browser ? browser.skip : null;
}

/** A site with its lists, and a browser: what the tests of one `describe` walk on. */
export type Stage = {
  readonly site: CampaignSite;
  /** Someone before a fresh browser window. Their pictures go to `<language>-<walk>/`. */
  someone(reader: ReaderName, walk: string): Promise<Person>;
};

/** Registers opening and closing. @param each how long one site lives: a new one for each test, or one for all. */
export function openStage(bringLists: (site: CampaignSite) => Promise<void>, each: 'test' | 'file'): Stage {
  let browser: Browser | null = null;
  let site: CampaignSite | null = null;
  const people: Person[] = [];
  const open = async () => {
    site = await openCampaignSite();
    await bringLists(site);
  };
  const close = async () => {
    await site?.close();
    site = null;
  };
  beforeAll(async () => {
    browser = await launchBrowser(inject('browser'));
  });
  if (each === 'file') beforeAll(open);
  else beforeEach(open);
  afterEach(async () => {
    for (const person of people.splice(0)) await person.leave();
    if (each === 'test') await close();
  });
  afterAll(async () => {
    await close();
    await browser?.close();
  });
  const there = <T>(thing: T | null): T => {
    if (thing === null) throw new Error('the stage is not open yet');
    return thing;
  };
  return {
    get site() {
      return there(site);
    },
    async someone(name, walk) {
      const reader = readers[name];
      const person = await aPerson(there(browser), there(site), reader, `${reader.language}-${walk}`);
      people.push(person);
      return person;
    },
  };
}
