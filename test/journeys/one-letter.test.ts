import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { countRows } from '../support/databases.ts';
import type { CampaignSite } from './support/campaign-site.ts';
import { inventedWriter as writer } from './support/letters.ts';
import { importInventedList } from './support/lists.ts';
import type { Person } from './support/person.ts';
import { openStage, whyNoBrowser } from './support/stage.ts';
import { walkWholeWay } from './support/walks.ts';
import { handOver, inOneLine, letterOnPage, linkIn, writeLetter } from './support/write-letter.ts';

const goOn = '#journey .acts .btn';
const theReaders = ['khmer', 'english'] as const;
const aboutPeople = ['supporters', 'consents', 'letters', 'threads', 'events', 'links', 'link_mails'];

describe.skipIf(whyNoBrowser() !== null)('one letter, to an invented member', () => {
  const stage = openStage(importInventedList, 'test');

  it.each(theReaders)(
    'a letter goes out, and only its organizer sees it (%s)',
    async (reader) => {
      await walkWholeWay(stage, reader, writer, 'whole-way');
    },
    120_000,
  );

  it.each(theReaders)(
    'who writes by themselves leaves nothing but a count (%s)',
    async (reader) => {
      const person = await stage.someone(reader, 'by-oneself');
      const marked = {
        ...writer,
        name: 'Zsofia Quillfeather',
        street: '77 Quillfeather Row',
        own: `${writer.own} I bake quillfeather bread.`,
      };
      await writeLetter(person, stage.site, marked);
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
      await expectNoTrace(stage.site, /quillfeather/i);
      const made = await stage.site.running.parts.db.selectFrom('made_counts').selectAll().execute();
      expect(made).toEqual([{ country: 'NZ', ask: 'asylum', month: '2026-11', n: 1 }]);
      expect(await person.page.context().cookies()).toEqual([]);
    },
    120_000,
  );

  it.each(theReaders)(
    'the page of one’s own shows, takes back and erases (%s)',
    async (reader) => {
      const person = await stage.someone(reader, 'own-page');
      await writeLetter(person, stage.site, writer);
      const link = await handOver(person, stage.site, writer);
      await person.visit(link);
      await person.press(goOn);
      await stage.site.waitForMails(1, (mail) =>
        mail.envelope.to.includes('alex.example@parliament.example'),
      );

      const later = await stage.someone(reader, 'own-page-later');
      await openOwnPage(later);
      expect(await later.page.locator('ol.time li').count()).toBeGreaterThanOrEqual(3);
      expect(await later.page.locator('pre.text').textContent()).toContain(writer.own);
      expect(await later.press('form[action$="/l/answered"] button')).toBe(200);
      expect(await later.press('form[action$="/l/withdraw"] button')).toBe(200);
      expect(await later.page.locator('pre.text').count()).toBe(0);
      expect(await later.press('#journey button')).toBe(422);
      await later.choose('erase');
      expect(await later.press('#journey button')).toBe(200);
      for (const table of aboutPeople.filter((one) => one !== 'events'))
        expect(await countRows(stage.site.running.parts.db, table), table).toBe(0);
      expect(await later.visit(`/${later.reader.language}/l`)).toBe(404);
      expect(await later.page.context().cookies()).toEqual([]);
      const before = (await stage.site.mails()).length;
      await askForOwnPage(later);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(await stage.site.mails()).toHaveLength(before);
    },
    120_000,
  );

  async function askForOwnPage(person: Person): Promise<void> {
    await person.visit(`/${person.reader.language}/my-page`);
    await person.page.locator('#country').selectOption('NZ');
    await person.fill({ email: writer.email });
    expect(await person.press(goOn)).toBe(200);
  }

  async function openOwnPage(person: Person): Promise<void> {
    await askForOwnPage(person);
    const mails = await stage.site.waitForMails(2, ({ envelope }) => envelope.to.includes(writer.email));
    expect(await person.visit(linkIn(mails[1]))).toBe(200);
    expect(await person.press('#journey button')).toBe(200);
  }
});

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
