import type { RequestHandler } from 'express';
import type { Db } from '../../database/connect.ts';
import { inSnapshot } from '../../database/transaction.ts';
import { letterCounts } from '../../letters/letter-counts-store.ts';
import { organizerOf } from '../../organizers/guard.ts';
import { answeredByCountry, dailyCounts } from '../../outreach/outreach-store.ts';
import type { Actor } from '../../shared/actor.ts';
import { addDays, type Clock, dayOf } from '../../shared/clock.ts';
import { countryName } from '../../shared/countries.ts';
import { supporterCounts } from '../../supporters/supporter-store.ts';
import { languageOf, sendPage } from '../../web/pages.ts';
import { drawDays, fillDays } from '../draw-days.ts';
import { organizerFrame } from '../menu.ts';

type Parts = { readonly db: Db; readonly clock: Clock };

/** States whose letters are still on their way, those that went out, and those a person must look at. */
const groups = {
  waiting: ['awaiting-confirmation', 'queued', 'held', 'ready-for-you', 'returned', 'sending'],
  sent: ['submitted', 'sent-by-you'],
  uncertain: ['uncertain'],
  failed: ['failed', 'bounced'],
} as const;

/** By country: supporters, letters by state, answers, and the last 30 days; only the organizer's countries. */
export function showCountries(parts: Parts): RequestHandler {
  return async (_req, res) => {
    const actor = organizerOf(res);
    const language = languageOf(res);
    const rows = await readCountries(parts, actor);
    const days = await readDays(parts, actor);
    sendPage(res, 'dashboard/countries', {
      ...organizerFrame(res, 'countries'),
      rows: rows.map((row) => ({ ...row, name: countryName(row.country, language) })),
      chart: drawDays(days),
      days: days.filter((day) => day.sent > 0 || day.answered > 0),
    });
  };
}

async function readCountries({ db }: Parts, actor: Actor & { kind: 'organizer' }) {
  const { supporters, letters, answered } = await inSnapshot(db, async (tx) => ({
    supporters: await supporterCounts(tx, actor),
    letters: await letterCounts(tx, actor),
    answered: await answeredByCountry(tx, actor),
  }));
  return actor.countries.map((country) => {
    const people = (state: string) =>
      supporters.find((row) => row.country === country && row.state === state)?.n ?? 0;
    const inStates = (states: readonly string[]) =>
      letters
        .filter((row) => row.country === country && states.includes(row.state))
        .reduce((sum, row) => sum + row.n, 0);
    return {
      country,
      slug: country.toLowerCase(),
      confirmed: people('confirmed'),
      unconfirmed: people('unconfirmed'),
      waiting: inStates(groups.waiting),
      sent: inStates(groups.sent),
      uncertain: inStates(groups.uncertain),
      failed: inStates(groups.failed),
      answered: answered.get(country) ?? 0,
    };
  });
}

async function readDays({ db, clock }: Parts, actor: Actor & { kind: 'organizer' }) {
  const to = dayOf(clock.now());
  const from = addDays(to, -29);
  const counts = await inSnapshot(db, async (tx) =>
    (
      await Promise.all(actor.countries.map((country) => dailyCounts(tx, actor, { country, from, to })))
    ).flat(),
  );
  return fillDays(counts, from, to);
}
