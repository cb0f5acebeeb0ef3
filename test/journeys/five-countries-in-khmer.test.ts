import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { type CampaignSite, openCampaignSite } from './support/campaign-site.ts';
import { fiveWriters } from './support/letters.ts';
import { hasRealLists, importRealLists } from './support/lists.ts';
import { readers } from './support/person.ts';
import { walkWholeWay } from './support/walks.ts';

const browserOfTests = inject('browser');

describe.skipIf('skip' in browserOfTests || !hasRealLists())(
  'in Khmer, on a phone of 360 px, without scripts',
  () => {
    let browser: Browser;
    let site: CampaignSite;
    beforeAll(async () => {
      site = await openCampaignSite();
      await importRealLists(site);
      browser = await launchBrowser(browserOfTests);
    });
    afterAll(async () => {
      await browser?.close();
      await site?.close();
    });

    it.each(fiveWriters)(
      'a letter from $country goes by $route, and only its organizer sees it',
      async (writer) =>
        await walkWholeWay({ browser, site, reader: readers.khmer, walk: `km-${writer.country}` }, writer),
      60_000,
    );
  },
);
