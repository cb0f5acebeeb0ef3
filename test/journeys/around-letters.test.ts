import { describe, expect, it } from 'vitest';
import { countRows } from '../support/databases.ts';
import { inventedWriter as writer } from './support/letters.ts';
import { importInventedList } from './support/lists.ts';
import { takeUpInvitation } from './support/organizer.ts';
import { type Person, readers } from './support/person.ts';
import { openStage, whyNoBrowser } from './support/stage.ts';
import { linkIn, writeLetter } from './support/write-letter.ts';

const goOn = '#journey .acts .btn';
const theReaders = ['khmer', 'english'] as const;

describe.skipIf(whyNoBrowser() !== null)('around letters', () => {
  const stage = openStage(importInventedList, 'test');

  it.each(theReaders)(
    'whatever is missing is asked for again, with everything else kept (%s)',
    async (reader) => {
      const person = await stage.someone(reader, 'bad-input');
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
    120_000,
  );

  it('fifty identical submissions at once make one letter and one mail', async () => {
    const person = await stage.someone('english', 'fifty');
    await writeLetter(person, stage.site, writer);
    await person.press(goOn);
    await person.choose('how', 'with');
    await person.press(goOn);
    const fields = await person.page.locator('#journey input[type="hidden"]').all();
    const body = new URLSearchParams({ email: writer.email, keep: 'yes' });
    for (const field of fields) body.set((await field.getAttribute('name')) ?? '', await field.inputValue());
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        fetch(`${stage.site.url}/en/nz/write/submit`, {
          method: 'POST',
          body,
          redirect: 'manual',
          headers: { origin: stage.site.url },
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await countRows(stage.site.running.parts.db, 'letters')).toBe(1);
    expect(await countRows(stage.site.running.parts.db, 'supporters')).toBe(1);
    await stage.site.waitForMails(1, () => true);
    expect(await stage.site.mails()).toHaveLength(1);
  }, 120_000);

  it.each(theReaders)(
    'one can sign up without a letter, from any country (%s)',
    async (reader) => {
      const person = await stage.someone(reader, 'join');
      await person.visit(`/${person.reader.language}/join`);
      await expectAskedAgain(person, goOn, ['country', 'email', 'keep']);
      await person.page.locator('#country').selectOption('DE');
      await person.fill({ email: 'de@home.example' });
      await person.choose('keep');
      expect(await person.press(goOn)).toBe(200);
      const [mail] = await stage.site.waitForMails(1, ({ envelope }) =>
        envelope.to.includes('de@home.example'),
      );
      await person.visit(linkIn(mail));
      expect(await person.press(goOn)).toBe(200);
      const rows = await stage.site.running.parts.db
        .selectFrom('supporters')
        .select(['country', 'state'])
        .execute();
      expect(rows).toEqual([{ country: 'DE', state: 'confirmed' }]);
    },
    120_000,
  );

  it.each(theReaders)(
    'an organizer signs out and in again, with password and code (%s)',
    async (reader) => {
      const { language } = readers[reader];
      const person = await stage.someone(reader, 'sign-in');
      const organizer = await takeUpInvitation(person, stage.site, 'nz');
      await person.press('header form button');
      expect(new URL(person.page.url()).pathname).toBe(`/${language}/organizers/sign-in`);
      await person.fill({ email: organizer.email, password: 'not the password' });
      expect(await person.press(goOn)).toBe(422);
      await person.fill({ email: organizer.email, password: organizer.password });
      await person.press(goOn);
      await person.fill({ code: '000000' });
      expect(await person.press(goOn)).toBe(422);
      expect(await person.visit(`/${language}/organizers`)).toBe(200);
      expect(new URL(person.page.url()).pathname).toBe(`/${language}/organizers/sign-in`);
      await person.visit(`/${language}/organizers/code`);
      await person.fill({ code: organizer.code(1) });
      await person.press(goOn);
      expect(new URL(person.page.url()).pathname).toBe(`/${language}/organizers`);
    },
    120_000,
  );
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
