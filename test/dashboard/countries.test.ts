import { expect, it } from 'vitest';
import { inTransaction } from '../../src/database/transaction.ts';
import { recordAnswer } from '../../src/outreach/record-answer.ts';
import { seatsOfCountry } from '../../src/representatives/representative.ts';
import { workerActor } from '../../src/shared/actor.ts';
import { aLetter, aSupporter } from '../support/builders.ts';
import { anOrganizer } from '../support/organizer.ts';
import { importInvented, type Page, type Site, siteForTests } from '../support/site.ts';

const open = siteForTests();

async function twoCountries(): Promise<Site> {
  const site = await open();
  const { db, vault } = site.running.parts;
  for (const [country, count] of [
    ['NZ', 2],
    ['FR', 3],
  ] as const) {
    await importInvented(site, country);
    const [seat] = await seatsOfCountry(db, country);
    for (let n = 0; n < count; n++) {
      const writer = await aSupporter(db, vault, { country });
      await aLetter(db, vault, writer, { state: 'submitted', seatId: seat?.seatId ?? null });
    }
  }
  await aSupporter(db, vault, { country: 'NZ', state: 'unconfirmed' });
  return site;
}

const cells = (page: Page, country: string) =>
  page
    .$('tbody tr')
    .filter((_, row) => page.$(row).find('th').text() === country)
    .find('td')
    .map((_, cell) => page.$(cell).text())
    .get();

it('shows an organizer supporters, letters by state and answers of their own countries only', async () => {
  const site = await twoCountries();
  const { db } = site.running.parts;
  const letter = await db
    .selectFrom('letters')
    .selectAll()
    .where('country', '=', 'NZ')
    .executeTakeFirstOrThrow();
  const thread = { threadId: letter.thread_id, country: 'NZ', seatId: letter.seat_id, ask: letter.ask };
  for (let told = 0; told < 2; told++)
    await inTransaction(db, (tx) => recordAnswer(tx, workerActor, thread, site.clock.now()));

  const page = await (await anOrganizer(site, ['NZ'])).visitor.get('/en/organizers');
  expect(cells(page, 'New Zealand')).toEqual(['2', '1', '0', '2', '0', '0', '1']);
  expect(page.text).not.toContain('France');
});

it('shows letters by office and state, with the member who holds the seat', async () => {
  const site = await twoCountries();
  const { visitor } = await anOrganizer(site, ['FR']);
  const page = await visitor.get('/en/organizers/fr');
  expect(page.$('h1').text()).toBe('France');
  expect(page.$('main').text()).toMatch(/Alex Example|Robin Sample|Kim Placeholder/);
  expect(page.$('main .chip').first().text()).toContain('Submitted');
});

it('answers for the country of another exactly as for one that does not exist (S-31)', async () => {
  const site = await twoCountries();
  const { visitor } = await anOrganizer(site, ['NZ']);
  const bodies = await Promise.all(
    ['fr', 'zz', 'xx', 'kh'].map(async (slug) => {
      const page = await visitor.get(`/en/organizers/${slug}`);
      return { status: page.status, text: page.text.replace(new RegExp(`/organizers/${slug}`, 'g'), '') };
    }),
  );
  for (const body of bodies) expect(body).toEqual({ status: 404, text: bodies[0]?.text });
});
