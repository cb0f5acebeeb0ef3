import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { type Running, start } from '../../../src/app/start.ts';
import { runCommand } from '../../../src/commands/run-command.ts';
import { readConfig } from '../../../src/config/config.ts';
import type { Clock } from '../../../src/shared/clock.ts';
import { startSmtpSink } from '../../mail/smtp-sink.ts';
import { root } from '../../support/site.ts';

export type ReceivedMail = Email & {
  /** Where the mail server was told to take it, and from whom. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
};

/** The whole server as it is started by `npm start`, with a mail server beside it that receives what it sends. */
export type CampaignSite = {
  readonly url: string;
  readonly running: Running;
  readonly clock: Clock;
  /** Lines of the log. */
  readonly log: readonly string[];
  /** Runs a verb of the command line on this site's database. @returns what it printed, as JSON. */
  campaign(...words: string[]): Promise<Record<string, unknown>>;
  /** Everything received so far. */
  mails(): Promise<ReceivedMail[]>;
  /** The mails that fit, once there are that many; waits ten seconds at most. */
  waitForMails(count: number, fits: (mail: ReceivedMail) => boolean): Promise<ReceivedMail[]>;
  close(): Promise<void>;
};

export async function openCampaignSite(): Promise<CampaignSite> {
  const folder = mkdtempSync(join(tmpdir(), 'campaign-walk-'));
  const clock = clockFrom('2026-11-23T20:00:00Z');
  const post = await startSmtpSink();
  const environment = {
    CAMPAIGN_MODE: 'development',
    PORT: String(await freePort()),
    DATA_FOLDER: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'master.key'),
    SMTP_URL: `smtp://127.0.0.1:${post.port}`,
  };
  const config = readConfig(root, environment);
  const log: string[] = [];
  const running = await start(config, root, { clock, log: (line) => log.push(line) });
  const mails = async () =>
    await Promise.all(
      post.mails.map(async ({ from, to, raw }) => ({
        ...(await PostalMime.parse(Buffer.from(raw, 'latin1'))),
        envelope: { from, to },
      })),
    );
  return {
    url: config.siteUrl,
    running,
    clock,
    log,
    mails,
    campaign: async (...words) => await runVerb(words, environment, clock),
    waitForMails: async (count, fits) => await waitForMails(mails, count, fits),
    async close() {
      await running.stop();
      await post.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// A fixed day, so that the letters do not change from one day of testing to the next; the minutes pass.
function clockFrom(moment: string): Clock {
  const ahead = Date.parse(moment) - Date.now();
  return { now: () => Date.now() + ahead };
}

async function runVerb(
  words: readonly string[],
  environment: Record<string, string>,
  clock: Clock,
): Promise<Record<string, unknown>> {
  const said = { out: '', err: '' };
  const before = { ...process.env };
  Object.assign(process.env, environment);
  const code = await runCommand([...words, '--json'], {
    root,
    now: () => clock.now(),
    stdin: async () => '',
    stdout: (text) => (said.out += text),
    stderr: (text) => (said.err += text),
  });
  for (const name of Object.keys(environment)) delete process.env[name];
  Object.assign(process.env, before);
  if (code !== 0)
    throw new Error(`${words.join(' ')} ended with ${code}: ${said.err}${said.out.slice(0, 500)}`);
  return JSON.parse(said.out) as Record<string, unknown>;
}

async function waitForMails(
  mails: () => Promise<ReceivedMail[]>,
  count: number,
  fits: (mail: ReceivedMail) => boolean,
): Promise<ReceivedMail[]> {
  for (let turn = 0; turn < 200; turn++) {
    const fitting = (await mails()).filter(fits);
    if (fitting.length >= count) return fitting;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${count} mail(s) expected, none came in ten seconds`);
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
