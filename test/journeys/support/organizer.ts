import { Secret, TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import type { CampaignSite } from './campaign-site.ts';
import { aPerson, type Person, type Reader } from './person.ts';

export type Organizer = Person & {
  readonly email: string;
  readonly password: string;
  /** The code their app shows, some steps of thirty seconds from now. */
  code(steps?: number): string;
};

const submit = '#journey .acts .btn';

/** An organizer who was invited by the command line and has taken the invitation up. They stand on the first page. */
export async function anOrganizer(
  browser: Browser,
  site: CampaignSite,
  reader: Reader,
  country: string,
  walk: string,
): Promise<Organizer> {
  const email = `organizer-${country}@home.example`;
  const password = `Plates of ${country} and 7 tired herons`;
  const { language } = reader;
  const invitation = ['--email', email, '--country', country.toUpperCase(), '--language', language];
  const { url } = await site.campaign('invite-organizer', ...invitation);
  const person = await aPerson(browser, site, reader, walk);
  expect(await person.visit(String(url))).toBe(200);
  await person.fill({ password });
  await person.press(submit);
  const words = await person.page.locator('main').innerText();
  const secret = Secret.fromBase32(
    (/(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(words)?.[0] ?? '').replaceAll(' ', ''),
  );
  const code = (steps = 0) => new TOTP({ secret }).generate({ timestamp: site.clock.now() + steps * 30_000 });
  await person.fill({ code: code() });
  expect(await person.press(submit)).toBe(200);
  expect(await person.page.locator('.codes li').count()).toBe(10);
  await person.press('.acts a.btn');
  expect(new URL(person.page.url()).pathname).toBe(`/${language}/organizers`);
  return { ...person, email, password, code };
}
