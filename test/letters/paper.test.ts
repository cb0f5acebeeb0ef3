import { expect, it } from 'vitest';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { drawPaperLetter } from '../../src/letters/paper/draw-paper-letter.ts';
import { createTypesetter } from '../../src/rendering/typeset.ts';
import { countRows } from '../support/databases.ts';
import { siteForTests } from '../support/site.ts';

const open = siteForTests();

it('offers a letter to print for each ask, and draws it without keeping or counting anything', async () => {
  const site = await open();
  const visitor = site.visitor();
  const page = await visitor.get('/en/nz/paper');
  expect(page.$('input[name="ask"]').length).toBe(4);
  const pdf = await visitor.send(page, { ask: 'asylum' });
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.headers.get('cache-control')).toBe('no-store');
  expect(pdf.text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const { db } = site.running.parts;
  for (const table of ['letters', 'threads', 'made_counts', 'supporters'] as const)
    expect([table, await countRows(db, table)]).toEqual([table, 0]);
});

it('asks again for what was not chosen', async () => {
  const visitor = (await open()).visitor();
  const again = await visitor.send(await visitor.get('/en/fr/paper'), {});
  expect(again.status).toBe(422);
});

it('is there for whoever writes to the European Parliament, and not for Cambodia or Thailand', async () => {
  const visitor = (await open()).visitor();
  expect((await visitor.get('/en/at/paper')).status).toBe(200);
  for (const country of ['kh', 'th', 'eu', 'br'])
    expect([country, (await visitor.get(`/en/${country}/paper`)).status]).toEqual([country, 404]);
});

it('is one page in every place and language', () => {
  const campaign = loadCampaign('templates', { offered: 'all' });
  const typesetter = createTypesetter('templates');
  const now = Date.parse('2026-11-23T10:00:00Z');
  for (const place of campaign.places.values()) {
    for (const language of place.languages) {
      const chamber = place.chambers[0]?.id ?? '';
      const country = place.place === 'EU' ? 'AT' : place.place;
      const choice = { ask: 'asylum' as const, language, chamber };
      const pdf = drawPaperLetter({ campaign, typesetter }, place, country, choice, now)?.toString('latin1');
      expect([country, language, pdf?.match(/\/Type\s*\/Page\b/g)?.length]).toEqual([country, language, 1]);
    }
  }
});
