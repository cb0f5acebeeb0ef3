import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { countRows } from '../support/databases.ts';
import { type CampaignSite, openCampaignSite } from './support/campaign-site.ts';
import { inventedWriter as writer } from './support/letters.ts';
import { importInventedList } from './support/lists.ts';
import { anOrganizer } from './support/organizer.ts';
import { aPerson, type Person, readers } from './support/person.ts';
import { walkWholeWay } from './support/walks.ts';
import { handOver, inOneLine, letterOnPage, linkIn, writeLetter } from './support/write-letter.ts';

const browserOfTests = inject('browser');
const goOn = '#journey .acts .btn';
const aboutPeople = ['supporters', 'consents', 'letters', 'threads', 'events', 'links', 'link_mails'];

describe.skipIf('skip' in browserOfTests)('with an invented list', () => {
  let browser: Browser;
  let site: CampaignSite;
  const people: Person[] = [];
  const someone = async (reader: keyof typeof readers, walk: string): Promise<Person> => {
    const person = await aPerson(browser, site, readers[reader], `${readers[reader].language}-${walk}`);
    people.push(person);
    return person;
  };

  beforeAll(async () => {
    browser = await launchBrowser(browserOfTests);
  });
  afterAll(async () => await browser?.close());
  beforeEach(async () => {
    site = await openCampaignSite();
    await importInventedList(site);
  });
  afterEach(async () => {
    for (const person of people.splice(0)) await person.leave();
    await site?.close();
  });

  const theReaders = ['khmer', 'english'] as const;

  it.each(theReaders)('a letter goes out, and only its organizer sees it (%s)', async (reader) => {
    await walkWholeWay(
      { browser, site, reader: readers[reader], walk: `${readers[reader].language}-whole-way` },
      writer,
    );
  });

  it.each(theReaders)('who writes by themselves leaves nothing but a count (%s)', async (reader) => {
    const person = await someone(reader, 'by-oneself');
    const marked = {
      ...writer,
      name: 'Zsofia Quillfeather',
      street: '77 Quillfeather Row',
      own: `${writer.own} I bake quillfeather bread.`,
    };
    await writeLetter(person, site, marked);
    await person.press(goOn);
    expect(await person.page.locator('input[name="how"][value="self"]').isChecked()).toBe(true);
    await person.press(goOn);
    const letter = await letterOnPage(person);
    const copy = inOneLine(await person.page.locator('#copy').inputValue());
    for (const paragraph of letter) expect(copy).toContain(paragraph);
    // Most letters are too long for what mail programs take out of a link: then it opens address and subject only.
    const mailto = (await person.page.locator('a[href^="mailto:"]').getAttribute('href')) ?? '';
    expect(mailto).toMatch(/^mailto:alex\.example@parliament\.example\?subject=[^&]{10,}/);
    for (const _ of ['once', 'twice']) {
      const pdf = await person.download(goOn);
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    }
    await expectNoTrace(site, /quillfeather/i);
    const made = await site.running.parts.db.selectFrom('made_counts').selectAll().execute();
    expect(made).toEqual([{ country: 'NZ', ask: 'asylum', month: '2026-11', n: 1 }]);
    expect(await person.page.context().cookies()).toEqual([]);
  });

  it.each(theReaders)('the page of one’s own shows, takes back and erases (%s)', async (reader) => {
    const person = await someone(reader, 'own-page');
    await writeLetter(person, site, writer);
    const link = await handOver(person, site, writer);
    await person.visit(link);
    await person.press(goOn);
    await site.waitForMails(1, (mail) => mail.envelope.to.includes('alex.example@parliament.example'));

    const later = await someone(reader, 'own-page-later');
    await openOwnPage(later, site);
    expect(await later.page.locator('ol.time li').count()).toBeGreaterThanOrEqual(3);
    expect(await later.page.locator('pre.text').textContent()).toContain(writer.own);
    expect(await later.press('form[action$="/l/answered"] button')).toBe(200);
    expect(await later.press('form[action$="/l/withdraw"] button')).toBe(200);
    expect(await later.page.locator('pre.text').count()).toBe(0);
    expect(await later.press('#journey button')).toBe(422);
    await later.choose('erase');
    expect(await later.press('#journey button')).toBe(200);
    for (const table of aboutPeople.filter((one) => one !== 'events'))
      expect(await countRows(site.running.parts.db, table), table).toBe(0);
    expect(await later.visit(`/${later.reader.language}/l`)).toBe(404);
    expect(await later.page.context().cookies()).toEqual([]);
    const before = (await site.mails()).length;
    await askForOwnPage(later);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await site.mails()).toHaveLength(before);
  });

  it.each(theReaders)(
    'whatever is missing is asked for again, with everything else kept (%s)',
    async (reader) => {
      const person = await someone(reader, 'bad-input');
      const { language } = person.reader;
      const { page } = person;
      await person.visit(`/${language}/nz/write`);
      await expectAskedAgain(person, goOn, ['ask']);
      await person.choose('ask', 'asylum');
      await person.press(goOn);
      await expectAskedAgain(person, 'button[name="go"][value="look-up"]', ['q']);
      await person.fill({ q: 'harbour' });
      await person.press('button[name="go"][value="look-up"]');
      expect(await page.locator('input[name="seat"]').count()).toBe(2);
      await expectAskedAgain(person, goOn, ['seat']);
      expect(await page.locator('#q').inputValue()).toBe('harbour');
      await page.locator('input[name="seat"]').first().check();
      await person.press(goOn);
      await expectAskedAgain(person, goOn, ['own', 'name', 'postcode', 'town', 'identity']);
      await person.fill({
        own: 'Stop all trade with Cambodia at once. Please put economic sanctions on the whole country, I ask you, because nothing else will ever help the people there.',
        town: 'Porirua',
      });
      await expectAskedAgain(person, goOn, ['own', 'name', 'postcode', 'identity']);
      expect(await page.locator('#town').inputValue()).toBe('Porirua');
      expect(await page.locator('#own').inputValue()).toContain('Stop all trade');
      const { own, name, street, postcode, town } = writer;
      await person.fill({ own, name, street, postcode, town });
      await person.choose('identity', '1');
      const other = language === 'km' ? 'en' : 'km';
      expect(await person.press(`nav.langs [lang="${other}"]`)).toBe(200);
      expect(await page.locator('html').getAttribute('lang')).toBe(other);
      expect(await page.locator('#own').inputValue()).toBe(own);
      expect(await person.press(`nav.langs [lang="${language}"]`)).toBe(200);
      await person.press(goOn);
      await person.press(goOn);
      await person.choose('how', 'with');
      await person.press(goOn);
      await person.fill({ email: 'nobody at home' });
      await expectAskedAgain(person, goOn, ['email', 'keep']);
      expect(await page.locator('#email').inputValue()).toBe('nobody at home');
    },
  );

  it('fifty identical submissions at once make one letter and one mail', async () => {
    const person = await someone('english', 'fifty');
    await writeLetter(person, site, writer);
    await person.press(goOn);
    await person.choose('how', 'with');
    await person.press(goOn);
    const fields = await person.page.locator('#journey input[type="hidden"]').all();
    const body = new URLSearchParams({ email: writer.email, keep: 'yes' });
    for (const field of fields) body.set((await field.getAttribute('name')) ?? '', await field.inputValue());
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        fetch(`${site.url}/en/nz/write/submit`, {
          method: 'POST',
          body,
          redirect: 'manual',
          headers: { origin: site.url },
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await countRows(site.running.parts.db, 'letters')).toBe(1);
    expect(await countRows(site.running.parts.db, 'supporters')).toBe(1);
    await site.waitForMails(1, () => true);
    expect(await site.mails()).toHaveLength(1);
  });

  it.each(theReaders)('one can sign up without a letter, from any country (%s)', async (reader) => {
    const person = await someone(reader, 'join');
    await person.visit(`/${person.reader.language}/join`);
    await expectAskedAgain(person, goOn, ['country', 'email', 'keep']);
    await person.page.locator('#country').selectOption('DE');
    await person.fill({ email: 'de@home.example' });
    await person.choose('keep');
    expect(await person.press(goOn)).toBe(200);
    const [mail] = await site.waitForMails(1, ({ envelope }) => envelope.to.includes('de@home.example'));
    await person.visit(linkIn(mail));
    expect(await person.press(goOn)).toBe(200);
    const rows = await site.running.parts.db.selectFrom('supporters').select(['country', 'state']).execute();
    expect(rows).toEqual([{ country: 'DE', state: 'confirmed' }]);
  });

  it.each(theReaders)('an organizer signs out and in again, with password and code (%s)', async (reader) => {
    const { language } = readers[reader];
    const organizer = await anOrganizer(browser, site, readers[reader], 'nz', `${language}-sign-in`);
    people.push(organizer);
    await organizer.press('header form button');
    expect(new URL(organizer.page.url()).pathname).toBe(`/${language}/organizers/sign-in`);
    await organizer.fill({ email: organizer.email, password: 'not the password' });
    expect(await organizer.press(goOn)).toBe(422);
    await organizer.fill({ email: organizer.email, password: organizer.password });
    await organizer.press(goOn);
    await organizer.fill({ code: '000000' });
    expect(await organizer.press(goOn)).toBe(422);
    expect(await organizer.visit(`/${language}/organizers`)).toBe(200);
    expect(new URL(organizer.page.url()).pathname).toBe(`/${language}/organizers/sign-in`);
    await organizer.visit(`/${language}/organizers/code`);
    await organizer.fill({ code: organizer.code(1) });
    await organizer.press(goOn);
    expect(new URL(organizer.page.url()).pathname).toBe(`/${language}/organizers`);
  });

  async function askForOwnPage(person: Person): Promise<void> {
    await person.visit(`/${person.reader.language}/my-page`);
    await person.page.locator('#country').selectOption('NZ');
    await person.fill({ email: writer.email });
    expect(await person.press(goOn)).toBe(200);
  }

  async function openOwnPage(person: Person, at: CampaignSite): Promise<void> {
    await askForOwnPage(person);
    const mails = await at.waitForMails(2, ({ envelope }) => envelope.to.includes(writer.email));
    expect(await person.visit(linkIn(mails[1]))).toBe(200);
  }
});

/** The page comes back with 422 and a summary whose links lead to the fields at fault. */
async function expectAskedAgain(person: Person, button: string, fields: readonly string[]): Promise<void> {
  const { page } = person;
  expect(await person.press(button)).toBe(422);
  const links = await page.locator('.errors a').all();
  const targets = await Promise.all(links.map((link) => link.getAttribute('href')));
  expect(targets.toSorted()).toEqual(fields.map((field) => `#${field}`).toSorted());
  for (const field of fields) expect(await page.locator(`#${field}`).count(), field).toBe(1);
}

/** Not in any table, not in a byte of the files of the database, not in the log. */
async function expectNoTrace(site: CampaignSite, mark: RegExp): Promise<void> {
  const { db, config } = site.running.parts;
  for (const table of aboutPeople) expect(await countRows(db, table), table).toBe(0);
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  const file = config.database.kind === 'sqlite' ? config.database.file : '';
  expect(readFileSync(file, 'latin1')).toContain('SQLite format 3');
  expect(readFileSync(file, 'latin1')).not.toMatch(mark);
  expect(site.log.join('\n')).not.toMatch(mark);
  expect(await site.mails()).toEqual([]);
}
