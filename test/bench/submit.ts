import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChildServer, startChild } from './child-server.ts';
import { compare, report } from './compare.ts';
import { letterForms, post } from './letter-forms.ts';
import { importMembers, inTemporaryFolder, root, settingsFor, withDatabase } from './prepare.ts';
import { countAll, type Recorded, rowsSince } from './record-rows.ts';
import { type BenchRequest, type Client, connectTo, sendAll } from './send-requests.ts';

const promised = { atLeast: 0.3 };
const perRound = 40;
const roundsAtMost = 20;

/** Throughput of signing up and submitting a letter, by that of bare Express and SQLite writing the same rows. */
export async function benchSubmit(): Promise<boolean> {
  console.log(
    'join + submit, by bare Express + better-sqlite3 inserting the same rows with the same settings',
  );
  return await inTemporaryFolder(async (folder) => {
    const seats = await withDatabase(folder, (opened) => importMembers(opened, ['NZ']));
    const ours = await startChild('our-process.ts', [root], settingsFor(folder));
    const client = connectTo(ours.url);
    const letters = await signedLetters(client, seats.get('NZ') ?? []);
    const requests = letters.flatMap((letter, n) => [signUp(n), letter]);
    const rowsFile = join(folder, 'rows.json');
    writeFileSync(rowsFile, JSON.stringify(await recordRows(folder, client, requests)));
    const bare = await startBare(folder, rowsFile);
    const bareClient = connectTo(bare.url);
    const round = (number: number) =>
      requests.slice(2 + number * 2 * perRound, 2 + (number + 1) * 2 * perRound);
    const result = await compare(
      { server: bare, client: bareClient, status: 303, requests: round },
      { server: ours, client, status: 303, requests: round },
      4,
    );
    client.close();
    bareClient.close();
    await bare.stop();
    await ours.stop();
    return report('join + submit', result, promised);
  });
}

function signUp(n: number): BenchRequest {
  return post('/en/join', { country: 'NZ', email: `joins-${n}@example.org`, keep: 'yes' });
}

/** Submissions with what the preview has signed; made before anything is measured. */
async function signedLetters(client: Client, seats: readonly string[]): Promise<BenchRequest[]> {
  const forms = letterForms(seats, 'en', perRound * roundsAtMost + 1);
  const previews = await sendAll(
    client,
    forms.map((form) => post('/en/nz/write/preview', form)),
    200,
  );
  return previews.map(({ body }, n) => {
    const fixed = /name="fixed" value="([^"]+)"/.exec(body)?.[1] ?? '';
    const turn = /name="turn" value="([^"]+)"/.exec(body)?.[1] ?? '0';
    return post('/en/nz/write/submit', {
      ...forms[n],
      fixed,
      turn,
      how: 'with',
      email: `writes-${n}@example.org`,
      keep: 'yes',
    });
  });
}

/** What the first sign-up and the first letter write. */
async function recordRows(
  folder: string,
  client: Client,
  [join, letter]: readonly BenchRequest[],
): Promise<Recorded> {
  return await withDatabase(folder, async ({ db }) => {
    const before = await countAll(db);
    await sendAll(client, join ? [join] : [], 303);
    const rows = await rowsSince(db, before);
    const between = await countAll(db);
    await sendAll(client, letter ? [letter] : [], 303);
    return { join: rows, submit: await rowsSince(db, between) };
  });
}

async function startBare(folder: string, rowsFile: string): Promise<ChildServer> {
  const bare = join(folder, 'bare');
  await withDatabase(bare, async ({ db }) => {
    await db.deleteFrom('audit').execute();
  });
  await withDatabase(bare, (opened) => importMembers(opened, ['NZ']));
  return await startChild('bare-process.ts', [join(bare, 'data', 'campaign.db'), rowsFile]);
}
