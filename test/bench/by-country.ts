import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fillDemo } from '../../src/app/fill-demo.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { insertOrganizer, setRoles } from '../../src/organizers/organizer-store.ts';
import { startSession } from '../../src/organizers/sessions.ts';
import { newId } from '../../src/shared/ids.ts';
import { adminsKey } from '../../src/vault/vault.ts';
import { type ChildServer, startChild } from './child-server.ts';
import { compare, report } from './compare.ts';
import { inTemporaryFolder, type Opened, root, settingsFor, withDatabase } from './prepare.ts';
import { connectTo } from './send-requests.ts';

const lettersPerSecond = 2_000;
const memory = 300;
const perRound = 60;

/** The page that is promised, and one country's, which shows more kinds of letters where there are more. */
const pages = [
  { path: '/en/organizers', promised: { atMost: 1.3 } },
  { path: '/en/organizers/nz', promised: null },
] as const;

/**
 * The organizers' pages with 100,000 supporters and 1,000,000 letters, by the same pages with 1,000 letters. Both
 * databases are made by the demonstration. Options: `--letters N` for a smaller one, `--keep FOLDER` to keep the
 * large one there and use it again.
 */
export async function benchByCountry(args: readonly string[]): Promise<boolean> {
  const letters = Number(optionOf(args, '--letters') ?? 1_000_000);
  const keep = optionOf(args, '--keep');
  console.log(`by country with ${letters} letters, by the same pages with 1000`);
  return await inTemporaryFolder(async (folder) => {
    const large = keep ?? join(folder, 'large');
    const small = join(folder, 'small');
    const rate = existsSync(join(large, 'data')) ? null : await fill(large, letters / 10, letters);
    await fill(small, 100, 1_000);
    const kept = await comparePages(large, small);
    return reportRate(rate) && kept;
  });
}

function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args[at + 1];
}

async function fill(folder: string, supporters: number, letters: number): Promise<number> {
  const start = performance.now();
  await withDatabase(folder, ({ db, vault, campaign }) =>
    fillDemo({ db, vault, campaign, now: Date.now() }, { supporters, letters, days: 365 }, () => undefined),
  );
  return letters / ((performance.now() - start) / 1_000);
}

function reportRate(rate: number | null): boolean {
  if (rate === null) return true;
  const kept = rate >= lettersPerSecond;
  console.log(
    `  demonstration: ${Math.round(rate)} letters/s  promised ≥ ${lettersPerSecond}: ${kept ? 'kept' : 'MISSED'}`,
  );
  return kept;
}

async function comparePages(large: string, small: string): Promise<boolean> {
  const one = await startSide(large);
  const other = await startSide(small);
  const kept: boolean[] = [];
  for (const { path, promised } of pages) {
    const side = ({ server, client, cookie }: Started) => ({
      server,
      client,
      status: 200,
      requests: () =>
        Array.from({ length: perRound }, () => ({ method: 'GET' as const, path, headers: { cookie } })),
    });
    kept.push(report(path, await compare(side(one), side(other), 3), promised));
  }
  const { peak, resident } = await one.server.usage();
  const megabytes = Math.round(peak / 1024 / 1024);
  const small300 = megabytes <= memory;
  console.log(
    `  resident memory: ${Math.round(resident / 1024 / 1024)} MB, at most ${megabytes} MB  promised ≤ ${memory} MB: ${small300 ? 'kept' : 'MISSED'}`,
  );
  for (const { server, client } of [one, other]) {
    client.close();
    await server.stop();
  }
  return kept.every(Boolean) && small300;
}

type Started = {
  readonly server: ChildServer;
  readonly client: ReturnType<typeof connectTo>;
  readonly cookie: string;
};

async function startSide(folder: string): Promise<Started> {
  const cookie = await withDatabase(folder, signInSomebody);
  const server = await startChild('our-process.ts', [root], settingsFor(folder));
  return { server, client: connectTo(server.url), cookie };
}

/** A session of an organizer of all countries, without the way through the pages. @returns the cookie. */
async function signInSomebody({ db, vault, campaign }: Opened): Promise<string> {
  const keys = await vault.forCountry(db, adminsKey);
  const now = Date.now();
  const id = newId(now);
  const email = `bench-${id}@example.org`;
  return await inTransaction(db, async (tx) => {
    const emailBox = keys.seal('organizers', id, email);
    await insertOrganizer(tx, {
      id,
      emailIndex: keys.emailIndex(email),
      emailBox,
      language: 'en',
      createdAt: now,
    });
    await tx.updateTable('organizers').set({ state: 'active' }).where('id', '=', id).execute();
    await setRoles(
      tx,
      id,
      [...campaign.places.keys()].map((country) => ({ country, role: 'viewer' })),
    );
    return `session=${await startSession(tx, id, 2, now)}`;
  });
}
