import { expect } from 'vitest';
import type { CampaignSite, ReceivedMail } from './campaign-site.ts';
import type { Writer } from './letters.ts';
import type { Person } from './person.ts';

const goOn = '#journey .acts .btn';

/** From the country's page to the letter with its reading text, as the steps ask for it. */
export async function writeLetter(person: Person, site: CampaignSite, writer: Writer): Promise<void> {
  const { language } = person.reader;
  expect(await person.visit(`/${language}/${writer.country}`)).toBe(200);
  await person.press('.acts .btn');
  await person.choose('ask', writer.ask);
  await person.press(goOn);
  await person.fill({ q: writer.lookUp });
  await person.press('button[name="go"][value="look-up"]');
  await chooseMember(person, site, writer);
  expect(await person.press(goOn), 'the page for own words').toBe(200);
  if (writer.country === 'ca') await person.choose('letterLanguage', writer.language);
  const { own, name, street, postcode, town } = writer;
  await person.fill({ own, name, street, postcode, town });
  await person.choose('identity', '1');
  const status = await person.press(goOn);
  expect(status, await person.page.locator('main').innerText()).toBe(200);
}

async function chooseMember({ page, reader }: Person, site: CampaignSite, writer: Writer): Promise<void> {
  const way = site.running.parts.views.say(reader.language, `letters:find.how.${writer.route}`);
  const offered = page.locator('label.choice').filter({ hasText: way });
  const theirs = writer.route === 'form' ? offered : offered.filter({ hasText: writer.member });
  await theirs.first().locator('input').check();
}

/** The letter on the page, paragraph by paragraph, as it will be sent: the left side or the sheet. */
export async function letterOnPage({ page }: Person): Promise<string[]> {
  const parts = page.locator('.reading .pair:not(.head) > :first-child, .sheet > *');
  const texts: string[] = [];
  for (const part of await parts.all()) {
    const tags = await part.locator('.tag').allInnerTexts();
    const text = tags.reduce((rest, tag) => rest.replace(tag, ''), await part.innerText());
    texts.push(...text.split('\n').map(inOneLine).filter(Boolean));
  }
  return texts;
}

export const inOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Hands the letter to the campaign. @returns the link mailed to the writer. */
export async function handOver(person: Person, site: CampaignSite, writer: Writer): Promise<string> {
  await person.press(goOn);
  await person.choose('how', 'with');
  await person.press(goOn);
  await person.fill({ email: writer.email });
  await person.choose('keep');
  await person.press(goOn);
  expect(new URL(person.page.url()).pathname).toBe(`/${person.reader.language}/write/sent`);
  const [mail] = await site.waitForMails(1, (one) => one.envelope.to.includes(writer.email));
  expect(`${mail?.subject} ${mail?.text}`).not.toMatch(
    /cambod|cnrp|rescue|parliament|campaign|letter|lettre|កម្ពុជា/i,
  );
  return linkIn(mail);
}

export function linkIn(mail: ReceivedMail | undefined): string {
  const link = /https?:\/\/\S+\/l\/\S+/.exec(mail?.text ?? '')?.[0];
  if (!link) throw new Error('the mail holds no link');
  return link;
}

/** What a mail scanner does with a link: opens it, follows it, keeps cookies, presses nothing. */
export async function scan(link: string): Promise<void> {
  for (let visit = 0; visit < 3; visit++) {
    const opened = await fetch(link, { redirect: 'manual' });
    const cookie = opened.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const followed = await fetch(new URL(opened.headers.get('location') ?? '/', link), {
      headers: { cookie },
    });
    expect(followed.status).toBe(200);
    expect((await fetch(link, { method: 'HEAD', redirect: 'manual' })).status).toBeLessThan(400);
  }
}
