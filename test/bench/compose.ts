import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveEarlierLetters } from './busy-office.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { compare, report } from './compare.ts';
import { letterForms, post } from './letter-forms.ts';
import { importMembers, inTemporaryFolder, root, settingsFor, withDatabase } from './prepare.ts';
import { connectTo, sendAll } from './send-requests.ts';

const promised = { atLeast: 0.35 };
const perRound = 200;
// As many as the engine needs until it has compiled what a preview runs through.
const warmUp = 20;
/** What a well-known office has had. */
const earlierLetters = 1_000;

type Case = {
  readonly name: string;
  readonly path: string;
  readonly country: string;
  readonly letterLanguage: string;
  /** All to one office that has had many letters: for information. */
  readonly busy?: true;
};

const cases: readonly Case[] = [
  {
    name: 'to New Zealand, read in English',
    path: '/en/nz/write/preview',
    country: 'NZ',
    letterLanguage: 'en',
  },
  {
    name: 'to New Zealand, read in French',
    path: '/fr/nz/write/preview',
    country: 'NZ',
    letterLanguage: 'en',
  },
  {
    name: 'to New Zealand, read in Khmer',
    path: '/km/nz/write/preview',
    country: 'NZ',
    letterLanguage: 'en',
  },
  { name: 'to France, read in French', path: '/fr/fr/write/preview', country: 'FR', letterLanguage: 'fr' },
  {
    name: `to an office with ${earlierLetters} letters`,
    path: '/en/nz/write/preview',
    country: 'NZ',
    letterLanguage: 'en',
    busy: true,
  },
];

const busyOffice = 'the busy office';

/**
 * Throughput of composing a letter and showing its preview, by that of the same POST parsed and a page of the
 * same bytes sent.
 */
export async function benchCompose(): Promise<boolean> {
  console.log('compose + preview page, by the same POST parsed + a page of the same bytes sent');
  return await inTemporaryFolder(async (folder) => {
    const seats = await withDatabase(folder, async (opened) => {
      const made = await importMembers(opened, ['NZ', 'FR']);
      const [busy = ''] = made.get('NZ')?.splice(0, 1) ?? [];
      await giveEarlierLetters(opened, 'NZ', busy, letterForms([busy], 'en', earlierLetters));
      return made.set(busyOffice, [busy]);
    });
    const ours = await startChild('our-process.ts', [root], settingsFor(folder));
    const kept: boolean[] = [];
    for (const one of cases)
      kept.push(await benchCase(ours, folder, one, seats.get(one.busy ? busyOffice : one.country) ?? []));
    await ours.stop();
    return kept.every(Boolean);
  });
}

async function benchCase(
  ours: ChildServer,
  folder: string,
  { name, path, letterLanguage, busy }: Case,
  seats: readonly string[],
): Promise<boolean> {
  const requests = letterForms(seats, letterLanguage, perRound).map((form) => post(path, form));
  const client = connectTo(ours.url);
  const pages = await sendAll(client, requests, 200);
  const file = join(folder, 'pages.json');
  writeFileSync(file, JSON.stringify(pages.map((page) => page.body)));
  const plain = await startChild('page-process.ts', [root, file]);
  const plainClient = connectTo(plain.url);
  const result = await compare(
    { server: plain, client: plainClient, status: 200, requests: () => requests },
    { server: ours, client, status: 200, requests: () => requests },
    warmUp,
  );
  client.close();
  plainClient.close();
  await plain.stop();
  return report(name, result, busy ? null : promised);
}
