import { inTransaction } from '../database/transaction.ts';
import { applyTimeLimits } from '../letters/apply-time-limits.ts';
import { deliverLetters } from '../letters/sending/deliver-letters.ts';
import { forgetExpiredLinks } from '../links/link-store.ts';
import { forgetOldSessions } from '../organizers/sessions.ts';
import { eraseUnconfirmed } from '../privacy/erase-supporter.ts';
import { minute } from '../shared/clock.ts';
import { sendLinkMails } from '../supporters/send-link-mails.ts';
import type { Parts } from './create-parts.ts';
import type { Duty } from './worker.ts';

/** What the worker does, and how often. A demo database sends nothing, ever. */
export function createDuties(parts: Parts, stop: AbortSignal): Duty[] {
  const { db, clock } = parts;
  const { mailSiteUrl, supporterSender, letterSender, sendingPaused } = parts.config;
  const linkMails: Duty = {
    name: 'link mails',
    every: 5_000,
    run: () => sendLinkMails({ ...parts, mailSiteUrl, supporterSender }),
  };
  const letters: Duty = {
    name: 'letters',
    every: 10_000,
    run: () => deliverLetters({ ...parts, letterSender }, stop),
  };
  return [
    ...(parts.demo ? [] : [linkMails]),
    ...(parts.demo || sendingPaused ? [] : [letters]),
    { name: 'time limits', every: minute, run: () => applyTimeLimits({ db, clock }) },
    { name: 'unconfirmed', every: 10 * minute, run: () => eraseUnconfirmed({ db, clock }) },
    {
      name: 'links',
      every: 10 * minute,
      run: () => inTransaction(db, (tx) => forgetExpiredLinks(tx, clock.now())),
    },
    { name: 'sessions', every: 10 * minute, run: () => forgetOldSessions(db, clock.now()) },
  ];
}
