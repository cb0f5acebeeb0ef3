import { load } from 'cheerio';
import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import type { CampaignSite } from './campaign-site.ts';
import type { Person } from './person.ts';

export type Organizer = {
  readonly email: string;
  readonly password: string;
  /** The code their app shows, some steps of thirty seconds from now. */
  code(steps?: number): string;
};

const submit = '#journey .acts .btn';
const passwordOf = (country: string): string => `Plates of ${country} and 7 tired herons`;
const emailOf = (country: string): string => `organizer-${country}@home.example`;

async function invite(site: CampaignSite, country: string, language: string): Promise<string> {
  const to = ['--email', emailOf(country), '--country', country.toUpperCase(), '--language', language];
  const { url } = await site.campaign('invite-organizer', ...to);
  return String(url);
}

function organizerWith(site: CampaignSite, country: string, words: string): Organizer {
  const shown = /(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}/.exec(words)?.[0] ?? '';
  const totp = new TOTP({ secret: Secret.fromBase32(shown.replaceAll(' ', '')) });
  return {
    email: emailOf(country),
    password: passwordOf(country),
    code: (steps = 0) => totp.generate({ timestamp: site.clock.now() + steps * 30_000 }),
  };
}

/** Takes up an invitation made on the command line, page by page, up to the first page of an organizer. */
export async function takeUpInvitation(
  person: Person,
  site: CampaignSite,
  country: string,
): Promise<Organizer> {
  const { language } = person.reader;
  expect(await person.visit(await invite(site, country, language))).toBe(200);
  await person.fill({ password: passwordOf(country) });
  await person.press(submit);
  const organizer = organizerWith(site, country, await person.page.locator('main').innerText());
  await person.fill({ code: organizer.code() });
  expect(await person.press(submit)).toBe(200);
  expect(await person.page.locator('.codes li').count()).toBe(10);
  await person.press('.acts a.btn');
  expect(new URL(person.page.url()).pathname).toBe(`/${language}/organizers`);
  return organizer;
}

/** The same without looking at the pages; the person's browser is signed in afterwards. */
export async function signInAsOrganizer(person: Person, site: CampaignSite, country: string): Promise<void> {
  const { language } = person.reader;
  const { request } = person.page.context();
  const headers = { origin: site.url };
  await request.get(await invite(site, country, language));
  const form = { password: passwordOf(country) };
  const app = await request.post(`${site.url}/${language}/organizers/invitation`, { headers, form });
  const organizer = organizerWith(site, country, load(await app.text())('main').text());
  const code = { code: organizer.code() };
  const codes = await request.post(`${site.url}/${language}/organizers/invitation/code`, {
    headers,
    form: code,
  });
  expect(codes.status()).toBe(200);
}
