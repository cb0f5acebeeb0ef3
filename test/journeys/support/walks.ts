import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import type { CampaignSite, ReceivedMail } from './campaign-site.ts';
import type { Writer } from './letters.ts';
import { anOrganizer } from './organizer.ts';
import { aPerson, type Person, type Reader } from './person.ts';
import { handOver, inOneLine, letterOnPage, scan, writeLetter } from './write-letter.ts';

/** What every part of a walk needs. */
export type Stage = {
  readonly browser: Browser;
  readonly site: CampaignSite;
  readonly reader: Reader;
  /** Names the pictures. */
  readonly walk: string;
};

/** From the country's page to a letter that has gone, on its way the country allows; then its organizer sees it. */
export async function walkWholeWay(stage: Stage, writer: Writer): Promise<void> {
  const { browser, site, reader } = stage;
  const person = await aPerson(browser, site, reader, stage.walk);
  await writeLetter(person, site, writer);
  const link = await handOver(person, site, writer);
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
  await person.leave();
  await organizerSees(stage, writer);
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

async function expectSameText({ page }: Person, confirmed: readonly string[]): Promise<void> {
  const text = inOneLine((await page.locator('pre.text').textContent()) ?? '');
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
async function organizerSees({ browser, site, reader, walk }: Stage, writer: Writer): Promise<void> {
  const organizer = await anOrganizer(browser, site, reader, writer.country, `${walk}-organizer`);
  const { page } = organizer;
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
  const hidden = await page.locator('main').innerText();
  expect(await organizer.visit(`/${reader.language}/organizers/zz`)).toBe(404);
  expect(await page.locator('main').innerText()).toBe(hidden);
  await organizer.leave();
}

function westernDigits(text: string): string {
  return text.trim().replace(/[០-៩]/g, (digit) => String('០១២៣៤៥៦៧៨៩'.indexOf(digit)));
}
