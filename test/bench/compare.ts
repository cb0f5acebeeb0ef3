import type { ChildServer } from './child-server.ts';
import { type BenchRequest, type Client, sendAll } from './send-requests.ts';

/** One of the two sides of a comparison: the same requests in every round, or new ones for each. */
export type Side = {
  readonly server: ChildServer;
  readonly client: Client;
  readonly status: number;
  requests(round: number): readonly BenchRequest[];
};

/** Microseconds of CPU a request, and one ratio a round. */
export type Comparison = {
  readonly one: number;
  readonly other: number;
  readonly ratios: readonly number[];
};

const rounds = 12;

/**
 * CPU time of one side by that of the other, a request: after rounds to warm up, one side and the other in
 * turn, so that whatever else the machine does falls on both. Each round gives one ratio, one / other.
 */
export async function compare(one: Side, other: Side, warmUp: number): Promise<Comparison> {
  for (let round = 0; round < warmUp; round++) {
    await measure(one, round);
    await measure(other, round);
  }
  const pairs: { one: number; other: number }[] = [];
  for (let round = warmUp; round < warmUp + rounds; round++) {
    pairs.push({ one: await measure(one, round), other: await measure(other, round) });
  }
  return {
    one: median(pairs.map((pair) => pair.one)),
    other: median(pairs.map((pair) => pair.other)),
    ratios: pairs.map((pair) => pair.one / pair.other),
  };
}

async function measure(side: Side, round: number): Promise<number> {
  const requests = side.requests(round);
  const before = await side.server.usage();
  await sendAll(side.client, requests, side.status);
  const after = await side.server.usage();
  return (after.cpu - before.cpu) / requests.length;
}

/** What is promised of a ratio. */
export type Promised = { readonly atLeast: number } | { readonly atMost: number };

/** Prints one line of a comparison. @param promised null: for information. @returns whether the median keeps the promise. */
export function report(name: string, { one, other, ratios }: Comparison, promised: Promised | null): boolean {
  const ratio = median(ratios);
  const { kept, figure } = judge(ratio, promised);
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const cost = `${Math.round(one)} and ${Math.round(other)} µs CPU a request`;
  console.log(
    `  ${name.padEnd(34)} ${ratio.toFixed(2)}  (${spread}, ${ratios.length} rounds; ${cost})  ${figure}`,
  );
  return kept;
}

function judge(ratio: number, promised: Promised | null): { kept: boolean; figure: string } {
  if (promised === null) return { kept: true, figure: 'for information' };
  const kept = 'atLeast' in promised ? ratio >= promised.atLeast : ratio <= promised.atMost;
  const wanted = 'atLeast' in promised ? `≥ ${promised.atLeast}` : `≤ ${promised.atMost}`;
  return { kept, figure: `promised ${wanted}: ${kept ? 'kept' : 'MISSED'}` };
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The same of two pieces of work in this process; each is done `times` times a round. */
export async function compareHere(
  one: () => Promise<void> | void,
  other: () => Promise<void> | void,
  times: number,
  warmUp: number,
): Promise<Comparison> {
  const measured = async (work: () => Promise<void> | void) => {
    const start = process.cpuUsage();
    for (let turn = 0; turn < times; turn++) await work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / times;
  };
  const pairs: { one: number; other: number }[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const pair = { one: await measured(one), other: await measured(other) };
    if (round >= 0) pairs.push(pair);
  }
  return {
    one: median(pairs.map((pair) => pair.one)),
    other: median(pairs.map((pair) => pair.other)),
    ratios: pairs.map((pair) => pair.one / pair.other),
  };
}
