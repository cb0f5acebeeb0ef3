import { checkpoint } from '../database/checkpoint.ts';
import { inTransaction } from '../database/transaction.ts';
import { applyTimeLimits } from '../letters/apply-time-limits.ts';
import { deliverLetters } from '../letters/sending/deliver-letters.ts';
import { forgetExpiredLinks } from '../links/link-store.ts';
import { forgetOldSessions } from '../organizers/sessions.ts';
import { eraseUnconfirmed } from '../privacy/erase-supporter.ts';
import { day, minute } from '../shared/clock.ts';
import { forgetOldLinkMails } from '../supporters/link-mail-store.ts';
import { forgetMailedAddresses } from '../supporters/mailed-address-store.ts';
import { sendLinkMails } from '../supporters/send-link-mails.ts';
import { forgetUnprovenConsents } from '../supporters/supporter-store.ts';
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
    { name: 'out of date', every: 10 * minute, run: () => forgetOutOfDate(parts) },
    { name: 'checkpoint', every: 5 * minute, run: () => checkpoint(db) },
    { name: 'sessions', every: 10 * minute, run: () => forgetOldSessions(db, clock.now()) },
  ];
}

/** Small things that have served: links nobody can follow, mails of yesterday, consents that were never proven. */
async function forgetOutOfDate({ db, clock }: Parts): Promise<void> {
  const now = clock.now();
  await inTransaction(db, async (tx) => {
    await forgetExpiredLinks(tx, now);
    await forgetOldLinkMails(tx, now - day);
    await forgetMailedAddresses(tx, now - day);
    await forgetUnprovenConsents(tx, now - 3 * day);
  });
}
