import type { RequestHandler } from 'express';
import { appendAudit } from '../../audit/audit.ts';
import type { Campaign } from '../../campaign/campaign-types.ts';
import type { Db } from '../../database/connect.ts';
import { inSnapshot, inTransaction } from '../../database/transaction.ts';
import { letterCounts, madeCounts, officesWithLetters } from '../../letters/letter-counts-store.ts';
import { letterStates } from '../../letters/letter-states.ts';
import { organizerOf } from '../../organizers/guard.ts';
import { heldSeatsById } from '../../representatives/representative-store.ts';
import { type Actor, maySeeCountry } from '../../shared/actor.ts';
import type { Clock } from '../../shared/clock.ts';
import { countryName } from '../../shared/countries.ts';
import { Failure } from '../../shared/errors.ts';
import { languageOf, sendPage } from '../../web/pages.ts';
import { organizerFrame } from '../menu.ts';

type Parts = { readonly db: Db; readonly campaign: Campaign; readonly clock: Clock };

/** Offices on the page: those with the most letters; the others have fewer. */
const officesShown = 100;

/** One country: letters by ask and state, and by office and state. Another's country looks like none at all. */
export function showCountry(parts: Parts): RequestHandler<{ country: string }> {
  return async (req, res) => {
    const actor = organizerOf(res);
    if (!/^[a-z]{2}$/.test(req.params.country)) throw new Failure('not-found');
    const country = req.params.country.toUpperCase();
    if (!maySeeCountry(actor, country)) {
      await noteRefusal(parts, actor, country);
      throw new Failure('not-found');
    }
    const { letters, offices, made } = await readCountry(parts, actor, country);
    sendPage(res, 'dashboard/country', {
      ...organizerFrame(res, 'country'),
      name: countryName(country, languageOf(res)),
      asks: parts.campaign.asks.map((ask) => ({
        name: ask.name,
        states: countStates(letters.filter((row) => row.ask === ask.id)),
        made: made.filter((row) => row.ask === ask.id).reduce((sum, row) => sum + row.n, 0),
      })),
      offices,
    });
  };
}

// Also of a country that does not exist: both answers take the same way.
async function noteRefusal({ db, clock }: Parts, actor: Actor, country: string): Promise<void> {
  const entry = { action: 'country page refused', subjectKind: 'country', subjectId: country, country };
  await inTransaction(db, (tx) => appendAudit(tx, actor, [entry], clock.now()));
}

async function readCountry({ db }: Parts, actor: Actor, country: string) {
  return await inSnapshot(db, async (tx) => {
    const counts = await officesWithLetters(tx, actor, country, officesShown);
    const seats = await heldSeatsById(tx, [...new Set(counts.map((count) => count.seatId))]);
    const seatById = new Map(seats.map((held) => [held.seat.id, held]));
    return {
      letters: await letterCounts(tx, actor, country),
      made: await madeCounts(tx, country),
      offices: [...groupBySeat(counts)].map(([seatId, rows]) => {
        const held = seatById.get(seatId);
        return {
          area: held?.seat.areaName ?? '',
          member: held?.person?.fullName ?? '',
          states: countStates(rows),
        };
      }),
    };
  });
}

type StateCount = { readonly state: string; readonly n: number };

function groupBySeat<Row extends StateCount & { readonly seatId: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.seatId, [...(groups.get(row.seatId) ?? []), row]);
  return groups;
}

/** Counts in the order of a letter's life; a state without letters is left out. */
function countStates(rows: readonly StateCount[]): StateCount[] {
  return [...letterStates, 'erased'].flatMap((state) => {
    const n = rows.filter((row) => row.state === state).reduce((sum, row) => sum + row.n, 0);
    return n > 0 ? [{ state, n }] : [];
  });
}
