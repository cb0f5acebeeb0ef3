import { setTimeout as wait } from 'node:timers/promises';
import { connect } from '../../src/database/connect.ts';
import { deliverLetters, parkInterruptedLetters } from '../../src/letters/sending/deliver-letters.ts';
import { createSmtpMailer } from '../../src/mail/create-smtp-mailer.ts';
import type { Mailer } from '../../src/mail/mailer.ts';
import { createViews } from '../../src/rendering/create-views.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { readMasterKey } from '../../src/vault/master-key.ts';
import { createVault } from '../../src/vault/vault.ts';
import { silentLogger } from '../support/silent-logger.ts';

/** Where in the life of a letter the process kills itself, and at which letter, counted from 1. */
export type Death = { readonly at: 'claimed' | 'accepted' | 'settled'; readonly nth: number };

export type SenderOptions = {
  readonly database: string;
  readonly keyFile: string;
  readonly port: number;
  readonly lanes: number;
  readonly death: Death | null;
  /** End in good order when nothing is left to send. */
  readonly untilDone: boolean;
};

/** The sending half of the server, as the worker runs it. Argument: its options as JSON. Says "ready" when it begins. */
const options = JSON.parse(process.argv[2] ?? '{}') as SenderOptions;
const reached = { claimed: 0, accepted: 0, settled: 0 };

function reach(step: Death['at']): void {
  reached[step]++;
  if (options.death?.at === step && options.death.nth === reached[step]) process.kill(process.pid, 'SIGKILL');
}

const db = connect({ kind: 'sqlite', file: options.database });
const smtp = createSmtpMailer({
  host: '127.0.0.1',
  port: options.port,
  tls: 'none-on-loopback',
  name: 'ecc.example',
});
const mailer: Mailer = {
  ...smtp,
  async submit(message) {
    reach('claimed');
    const verdict = await smtp.submit(message);
    if (verdict.kind === 'accepted') reach('accepted');
    return verdict;
  },
};
const parts = {
  db,
  mailer,
  clock: systemClock,
  vault: createVault(
    readMasterKey(options.keyFile, { makeIfAbsent: false, databaseFile: options.database }),
    systemClock,
  ),
  views: createViews('templates'),
  logger: { ...silentLogger, info: () => reach('settled') },
  letterSender: 'letters@ecc.example',
  lanes: options.lanes,
};

await parkInterruptedLetters(parts);
process.send?.('ready');
while ((await deliverLetters(parts)) > 0 || !options.untilDone) await wait(5);
await mailer.close();
await db.destroy();
process.disconnect?.();
