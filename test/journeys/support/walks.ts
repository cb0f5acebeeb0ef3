import { load } from 'cheerio';
import { expect } from 'vitest';
import type { CampaignSite, ReceivedMail } from './campaign-site.ts';
import type { Writer } from './letters.ts';
import { signInAsOrganizer } from './organizer.ts';
import type { Person, ReaderName } from './person.ts';
import type { Stage } from './stage.ts';
import { handOver, inOneLine, letterOnPage, scan, writeLetter } from './write-letter.ts';

/** From the country's page to a letter that has gone, on the way the country allows; then its organizer sees it. */
export async function walkWholeWay(
  stage: Stage,
  reader: ReaderName,
  writer: Writer,
  walk: string,
): Promise<void> {
  const { site } = stage;
  const person = await stage.someone(reader, walk);
  await writeLetter(person, site, writer);
  const link = await handOver(person, site, writer);
  expect(await person.page.context().cookies(), 'no cookie before a link was opened').toEqual([]);
  await scan(link);
  expect(await stateOfLetter(site, writer)).toBe('awaiting-confirmation');
  expect(await person.visit(link)).toBe(200);
  expect(person.page.url()).not.toContain(link.split('/').at(-1));
  const confirmed = await letterOnPage(person);
  expect(await person.press('#journey .acts .btn')).toBe(200);
  if (writer.route === 'email') await receiveLetter(site, writer, confirmed);
  await person.press('main a[href$="/l"]');
  if (writer.route === 'email') await expectSameText(person, confirmed);
  else await sendByOneself(person, writer, confirmed);
  const organizer = await stage.someone(reader, `${walk}-organizer`);
  await signInAsOrganizer(organizer, site, writer.country);
  await organizerSees(organizer, site, writer);
}

async function stateOfLetter(site: CampaignSite, writer: Writer): Promise<string | undefined> {
  const rows = await site.running.parts.db
    .selectFrom('letters')
    .select('state')
    .where('country', '=', writer.country.toUpperCase())
    .execute();
  expect(rows).toHaveLength(1);
  return rows[0]?.state;
}

/** The office's mail server has it, once, from us, with the writer to answer to, word for word as confirmed. */
async function receiveLetter(
  site: CampaignSite,
  writer: Writer,
  confirmed: readonly string[],
): Promise<void> {
  const isTheirs = (mail: ReceivedMail) =>
    mail.replyTo?.some(({ address }) => address === writer.email) ?? false;
  const [mail] = await site.waitForMails(1, isTheirs);
  await expect.poll(() => stateOfLetter(site, writer), { timeout: 10_000 }).toBe('submitted');
  expect(await site.waitForMails(1, isTheirs)).toHaveLength(1);
  expect(mail?.from).toMatchObject({ address: 'letters@localhost.invalid' });
  expect(mail?.from && 'name' in mail.from ? mail.from.name : '').toContain(writer.name);
  expect(mail?.envelope.from).toMatch(/^letters\+[0-9a-z]{26}@localhost\.invalid$/);
  const [text = ''] = (mail?.text ?? '').split('— — —');
  expect(inOneLine(text)).toHaveLength(inOneLine(confirmed.join(' ')).length);
  for (const paragraph of confirmed) expect(inOneLine(text)).toContain(paragraph);
  expect(inOneLine(text)).toContain(writer.own);
}

/** The page of one’s own shows the letter that was confirmed, to read or to copy. */
async function expectSameText({ page }: Person, confirmed: readonly string[]): Promise<void> {
  const text = inOneLine((await page.locator('pre.text, textarea[readonly]').textContent()) ?? '');
  for (const paragraph of confirmed) expect(text).toContain(paragraph);
}

/** The office takes no mail from us: the page hands out the letter and its address or form, and believes the day. */
async function sendByOneself(person: Person, writer: Writer, confirmed: readonly string[]): Promise<void> {
  const { page } = person;
  const form = page.locator('main a[rel~="noreferrer"], main p a[href^="https://"]');
  expect(await form.count()).toBe(writer.route === 'form' ? 1 : 0);
  const pdf = await person.download('form[action$="/l/letter.pdf"] button');
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await expectSameText(person, confirmed);
  await page.locator('input[name="day"]').fill('2031-01-01');
  expect(await person.press('form[action$="/l/sent"] button')).toBe(422);
  await page.locator('input[name="day"]').fill('2026-11-24');
  expect(await person.press('form[action$="/l/sent"] button')).toBe(200);
  expect(await page.locator('.chip').first().getAttribute('class')).toContain('chip');
}

/** The organizer of the country sees that a letter went, and to which office; another country is none to them. */
async function organizerSees(organizer: Person, site: CampaignSite, writer: Writer): Promise<void> {
  const { page, reader } = organizer;
  expect(await organizer.visit(`/${reader.language}/organizers`)).toBe(200);
  const table = page.locator('table').first();
  expect(await table.locator('tbody tr').count()).toBe(1);
  const cells = await table.locator('tbody td').allInnerTexts();
  expect(cells.map(westernDigits)).toEqual(['1', '0', '0', '1', '0', '0', '0']);
  await organizer.press('tbody th a');
  const state = writer.route === 'email' ? 'submitted' : 'sent-by-you';
  const word = site.running.parts.views.say(reader.language, `web:chip.${state}`);
  const offices = await page.locator('table').nth(1).locator('tbody tr').allInnerTexts();
  expect(offices).toHaveLength(1);
  expect(offices[0]).toContain(word);
  const foreign = writer.country === 'nz' ? 'fr' : 'nz';
  expect(await organizer.visit(`/${reader.language}/organizers/${foreign}`)).toBe(404);
  const none = await page.context().request.get(`${site.url}/${reader.language}/organizers/zz`);
  expect(none.status()).toBe(404);
  const words = (html: string) => load(html)('main').text();
  expect(words(await page.content())).toBe(words(await none.text()));
}

function westernDigits(text: string): string {
  return text.trim().replace(/[០-៩]/g, (digit) => String('០១២៣៤៥៦៧៨៩'.indexOf(digit)));
}
