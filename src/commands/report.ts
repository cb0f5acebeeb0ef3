import { parseArgs } from 'node:util';
import { openDatabase } from '../app/open-database.ts';
import type { Tx } from '../database/connect.ts';
import { inSnapshot } from '../database/transaction.ts';
import { type LetterCount, letterCounts } from '../letters/letter-counts-store.ts';
import { recountLetters, recountOffices } from '../letters/recount-store.ts';
import { recountDays } from '../outreach/recount-days-store.ts';
import { workerActor } from '../shared/actor.ts';
import { recountSupporters } from '../supporters/recount-store.ts';
import type { Command } from './command.ts';

export const report: Command = {
  name: 'report',
  summary: 'letters by country, ask and state',
  usage: `report [--recount] [--json]

--recount counts again and says where a counter differs: letters by ask, by office and by day from the event log,
supporters from their rows; exit code 1 if one does. Letters made without a record leave no event: their counter
cannot be counted again.`,
  async run(args, io) {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({ args: [...args], options: { recount: flag, json: flag } });
    const { db, close } = await openDatabase(io);
    try {
      const { counts, differences } = await inSnapshot(db, async (tx) => ({
        counts: await letterCounts(tx, workerActor),
        differences: values.recount ? await recountAll(tx) : [],
      }));
      if (values.json) io.stdout(`${JSON.stringify({ counts, differences })}\n`);
      else io.stdout(formatReport(counts, values.recount ? differences : null));
      return differences.length === 0 ? 0 : 1;
    } finally {
      await close();
    }
  },
};

/** `table` names the counter, `counter` what it says, and `events` what the event log (or the rows) says. */
type Difference = Readonly<Record<string, string | number>> & {
  readonly table: string;
  readonly counter: number;
  readonly events: number;
};

async function recountAll(tx: Tx): Promise<Difference[]> {
  const supporters = await recountSupporters(tx);
  return [
    ...(await recountLetters(tx)).map((fault) => ({ table: 'letter_counts', ...fault })),
    ...(await recountOffices(tx)).map((fault) => ({ table: 'office_counts', ...fault })),
    ...(await recountDays(tx)).map((fault) => ({ table: 'daily_counts', ...fault })),
    ...supporters.map(({ rows, ...fault }) => ({ table: 'supporter_counts', ...fault, events: rows })),
  ];
}

function formatReport(counts: readonly LetterCount[], differences: readonly Difference[] | null): string {
  const rows = counts.map(
    ({ country, ask, state, n }) => `${country}  ${ask.padEnd(22)} ${state.padEnd(22)} ${n}\n`,
  );
  const table = rows.length > 0 ? rows.join('') : 'no letters yet\n';
  if (differences === null) return table;
  if (differences.length === 0) return `${table}the counters agree with the events\n`;
  return table + differences.map(formatDifference).join('');
}

function formatDifference({ table, counter, events, ...key }: Difference): string {
  const source = table === 'supporter_counts' ? 'rows' : 'events';
  return `${table} ${Object.values(key).join(' ')}: the counter says ${counter}, the ${source} say ${events}\n`;
}
