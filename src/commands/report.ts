import { parseArgs } from 'node:util';
import { openDatabase } from '../app/open-database.ts';
import { inTransaction } from '../database/transaction.ts';
import { recountLetters } from '../letters/recount-store.ts';
import type { Command } from './command.ts';

export const report: Command = {
  name: 'report',
  summary: 'letters by country, ask and state',
  usage: `report [--recount] [--json]

--recount counts again from the event log and says where the counters differ; exit code 1 if they do.`,
  async run(args, io) {
    const flag = { type: 'boolean', default: false } as const;
    const { values } = parseArgs({ args: [...args], options: { recount: flag, json: flag } });
    const { db, close } = await openDatabase(io);
    try {
      const { counters, recounted } = await inTransaction(db, (tx) => recountLetters(tx));
      const differences = values.recount ? difference(counters, recounted) : [];
      if (values.json) io.stdout(`${JSON.stringify({ counts: toRows(counters), differences })}\n`);
      else io.stdout(formatReport(counters, differences, values.recount));
      return differences.length === 0 ? 0 : 1;
    } finally {
      await close();
    }
  },
};

type Counts = ReadonlyMap<string, number>;
type Difference = {
  readonly country: string;
  readonly ask: string;
  readonly state: string;
  readonly counter: number;
  readonly events: number;
};

function difference(counters: Counts, recounted: Counts): Difference[] {
  const keys = [...new Set([...counters.keys(), ...recounted.keys()])].sort();
  return keys.flatMap((key) => {
    const [country = '', ask = '', state = ''] = key.split('|');
    const counter = counters.get(key) ?? 0;
    const events = recounted.get(key) ?? 0;
    return counter === events ? [] : [{ country, ask, state, counter, events }];
  });
}

function toRows(counts: Counts) {
  return [...counts].sort().map(([key, n]) => {
    const [country = '', ask = '', state = ''] = key.split('|');
    return { country, ask, state, n };
  });
}

function formatReport(counters: Counts, differences: readonly Difference[], recounted: boolean): string {
  const rows = toRows(counters).map(
    ({ country, ask, state, n }) => `${country}  ${ask.padEnd(22)} ${state.padEnd(22)} ${n}`,
  );
  const table = rows.length > 0 ? `${rows.join('\n')}\n` : 'no letters yet\n';
  if (!recounted) return table;
  const faults = differences.map(
    (d) => `${d.country} ${d.ask} ${d.state}: the counter says ${d.counter}, the events say ${d.events}\n`,
  );
  return table + (faults.length > 0 ? faults.join('') : 'the counters agree with the events\n');
}
