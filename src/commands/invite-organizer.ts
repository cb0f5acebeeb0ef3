import { parseArgs } from 'node:util';
import { openDatabase } from '../app/open-database.ts';
import { openVault } from '../app/open-vault.ts';
import { readConfig } from '../config/config.ts';
import { parseMailAddress } from '../mail/mail-address.ts';
import { inviteOrganizer as invite } from '../organizers/invite-organizer.ts';
import type { Role } from '../shared/actor.ts';
import { isCountry } from '../shared/countries.ts';
import { UsageError } from '../shared/errors.ts';
import type { Command } from './command.ts';

const roles: readonly Role[] = ['admin', 'lead', 'helper', 'viewer'];

export const inviteOrganizer: Command = {
  name: 'invite-organizer',
  summary: 'make a one-time link for a new organizer',
  usage: `invite-organizer --email ADDRESS --country XX [--country YY …] [--role admin|lead|helper|viewer] [--language km|en|fr] [--json]

Prints a link that works once, within 24 hours. Give it to that person by a safe way; no mail is sent.
Roles hold for the countries named; the default role is lead. The first organizer should be an admin.`,
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        email: { type: 'string' },
        country: { type: 'string', multiple: true },
        role: { type: 'string', default: 'lead' },
        language: { type: 'string', default: 'en' },
        json: { type: 'boolean', default: false },
      },
    });
    const invitation = readInvitation(values);
    const config = readConfig(io.root);
    const { db, close } = await openDatabase(io);
    try {
      const token = await invite(
        { db, vault: openVault(config, { now: io.now }), clock: { now: io.now } },
        invitation,
      );
      const url = `${config.siteUrl}/${invitation.language}/organizers/invitation/${token}`;
      io.stdout(
        values.json ? `${JSON.stringify({ url, hours: 24 })}\n` : `${url}\nworks once, within 24 hours\n`,
      );
      return 0;
    } finally {
      await close();
    }
  },
};

type Values = { email?: string | undefined; country?: string[] | undefined; role: string; language: string };

function readInvitation({ email = '', country = [], role, language }: Values) {
  const address = parseMailAddress(email);
  if (!address.ok) throw new UsageError('--email must be one e-mail address');
  const countries = country.flatMap((text) => text.split(',')).map((code) => code.trim().toUpperCase());
  const unknown = countries.find((code) => !isCountry(code));
  if (unknown !== undefined || countries.length === 0)
    throw new UsageError('--country must name a country by its two letters, such as NZ');
  const known = roles.find((one) => one === role);
  if (!known) throw new UsageError(`--role must be one of ${roles.join(', ')}`);
  if (!['km', 'en', 'fr'].includes(language)) throw new UsageError('--language must be km, en or fr');
  return {
    email: address.address,
    language,
    roles: countries.map((code) => ({ country: code, role: known })),
  };
}
