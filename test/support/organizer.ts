import { Secret, TOTP } from 'otpauth';
import { inviteOrganizer } from '../../src/organizers/invite-organizer.ts';
import type { Role } from '../../src/shared/actor.ts';
import type { Page, Site, Visitor } from './site.ts';

export const password = 'five plain words that nobody joins';

/** The address of an invitation, as the command prints it. */
export async function invitationPath(
  site: Site,
  email: string,
  countries: readonly string[],
  role: Role = 'lead',
): Promise<string> {
  const roles = countries.map((country) => ({ country, role }));
  const token = await inviteOrganizer(site.running.parts, { email, language: 'en', roles });
  return `/en/organizers/invitation/${token}`;
}

export function codeAt(secret: string, now: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
}

export function secretOn(page: Page): string {
  return (/Key: ([A-Z2-7 ]+)/.exec(page.$('main').text())?.[1] ?? '').replace(/ /g, '');
}

/** Takes up an invitation as a person does. @returns the visitor, signed in, with what they need to sign in again. */
export async function anOrganizer(
  site: Site,
  countries: readonly string[],
  email = 'organizer@example.org',
): Promise<{ visitor: Visitor; email: string; secret: string; recoveryCodes: string[] }> {
  const visitor = site.visitor();
  const accept = await visitor.get(await invitationPath(site, email, countries));
  const app = await visitor.send(accept, { password });
  const secret = secretOn(app);
  const codes = await visitor.send(app, { code: codeAt(secret, site.clock.now()) });
  return {
    visitor,
    email,
    secret,
    recoveryCodes: codes
      .$('.codes code')
      .map((_, code) => codes.$(code).text())
      .get(),
  };
}

/** Signs in with both factors, in a new browser. */
export async function signIn(
  site: Site,
  who: { email: string; secret: string },
): Promise<{ visitor: Visitor; page: Page }> {
  const visitor = site.visitor();
  const code = await visitor.send(await visitor.get('/en/organizers/sign-in'), {
    email: who.email,
    password,
  });
  const page = await visitor.send(code, { code: codeAt(who.secret, site.clock.now()) });
  return { visitor, page };
}
