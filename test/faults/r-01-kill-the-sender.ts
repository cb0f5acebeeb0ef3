import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { verifyAudit } from '../../src/audit/audit.ts';
import { connect, type Db } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { readMasterKey } from '../../src/vault/master-key.ts';
import { createVault } from '../../src/vault/vault.ts';
import { anOffice, aQueuedLetter } from '../letters/a-letter-to-send.ts';
import type { Death, SenderOptions } from './sender-process.ts';

export type Plan = {
  readonly letters: number;
  readonly kills: number;
  readonly lanes: number;
  readonly seed: number;
};

export type KillReport = Plan & {
  /** Kills the sender gave itself between two named steps; the others came from outside at a random moment. */
  readonly atAStep: number;
  readonly submitted: number;
  readonly uncertain: number;
  /** Of the uncertain ones, those that had in truth arrived. */
  readonly uncertainArrived: number;
  /** Called submitted and not with the relay, or neither submitted nor put before a person. */
  readonly lost: number;
  readonly doubled: number;
  /** With the relay, and no attempt on record. */
  readonly unrecorded: number;
  readonly integrity: string;
  /** Counters that differ from a recount, and whether the audit chain is whole. */
  readonly wrongCounters: number;
  readonly auditWhole: boolean;
};

/**
 * R-01 against a plain relay: a real sending process is killed (-9) again and again, at random moments and between
 * any two steps of sending, and started anew; a relay in another process notes what it has taken.
 */
export async function killTheSender(plan: Plan): Promise<KillReport> {
  const folder = mkdtempSync(join(tmpdir(), 'r-01-'));
  const log = join(folder, 'arrived.txt');
  const database = join(folder, 'data', 'campaign.db');
  const keyFile = join(folder, 'keys', 'master.key');
  const vault = createVault(
    readMasterKey(keyFile, { makeIfAbsent: true, databaseFile: database }),
    systemClock,
  );
  const db = connect({ kind: 'sqlite', file: database });
  const relay = forkProcess(new URL('./sink-process.ts', import.meta.url), [log, '30']);
  try {
    await migrate(db);
    const [{ port }] = (await once(relay, 'message')) as [{ port: number }];
    const seatId = await anOffice(db, { email: 'mere.example@parliament.example' });
    const random = seeded(plan.seed);
    const sender = { database, keyFile, port, lanes: plan.lanes };
    let made = 0;
    let atAStep = 0;
    for (let kill = 1; kill <= plan.kills; kill++) {
      for (; made < (plan.letters * kill) / plan.kills; made++)
        await aQueuedLetter(db, vault, { seatId, at: Date.now() });
      if (await killOnce(sender, random)) atAStep++;
    }
    await finish(sender);
    return { ...plan, atAStep, ...(await judge(db, existsSync(log) ? readFileSync(log, 'utf8') : '')) };
  } finally {
    relay.kill();
    await db.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A figure that is missed, in words; empty when all are met. */
export function missedFigures(report: KillReport): string[] {
  const missed: [boolean, string][] = [
    [report.lost > 0, `${report.lost} lost`],
    [report.doubled > 0, `${report.doubled} sent twice`],
    [
      report.uncertain > report.lanes * report.kills,
      `${report.uncertain} uncertain, more than lanes × kills`,
    ],
    [report.unrecorded > 0, `${report.unrecorded} sent without an attempt on record`],
    [report.integrity !== 'ok', `integrity_check: ${report.integrity}`],
    [report.wrongCounters > 0, `${report.wrongCounters} counters wrong`],
    [!report.auditWhole, 'the audit chain is broken'],
  ];
  return missed.filter(([isMissed]) => isMissed).map(([, words]) => words);
}

type Sender = Omit<SenderOptions, 'death' | 'untilDone'>;

/** One life of the sender. @returns whether it died at a named step. */
async function killOnce(sender: Sender, random: () => number): Promise<boolean> {
  const death = chooseDeath(sender.lanes, random);
  const process = startSender({ ...sender, death, untilDone: false });
  const died = once(process, 'exit');
  await once(process, 'message');
  // A step that is not reached in time (too few letters left) is replaced by a blow from outside.
  await Promise.race([died, wait(death ? 1_500 : random() * 300)]);
  const alone = process.exitCode === null && process.signalCode === 'SIGKILL';
  process.kill('SIGKILL');
  const [, signal] = await died;
  if (signal !== 'SIGKILL') throw new Error(`the sender ended by itself: ${signal}`);
  return alone;
}

function chooseDeath(lanes: number, random: () => number): Death | null {
  const steps = ['claimed', 'accepted', 'settled'] as const;
  const at = steps[Math.floor(random() * 2 * steps.length)];
  return at ? { at, nth: 1 + Math.floor(random() * (lanes + 2)) } : null;
}

async function finish(sender: Sender): Promise<void> {
  const process = startSender({ ...sender, death: null, untilDone: true });
  const [code] = await once(process, 'exit');
  if (code !== 0) throw new Error(`the last sender ended with ${code}`);
}

const startSender = (options: SenderOptions) =>
  forkProcess(new URL('./sender-process.ts', import.meta.url), [JSON.stringify(options)]);

function forkProcess(file: URL, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(file), [...args], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

async function judge(db: Db, log: string) {
  const arrived = log
    .split('\n')
    .filter(Boolean)
    .map((id) => id.slice(0, id.indexOf('@')));
  const arrivedOnce = new Set(arrived);
  const letters = await db.selectFrom('letters').select(['message_id', 'state']).execute();
  const inState = (state: string) => letters.filter((letter) => letter.state === state);
  const tried = new Set(
    (await db.selectFrom('attempts').select('message_id').execute()).map((row) => row.message_id),
  );
  const submitted = inState('submitted');
  const uncertain = inState('uncertain');
  const elsewhere = letters.length - submitted.length - uncertain.length;
  const integrity = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
  return {
    submitted: submitted.length,
    uncertain: uncertain.length,
    uncertainArrived: uncertain.filter((letter) => arrivedOnce.has(letter.message_id)).length,
    lost: elsewhere + submitted.filter((letter) => !arrivedOnce.has(letter.message_id)).length,
    doubled: arrived.length - arrivedOnce.size,
    unrecorded: [...arrivedOnce].filter((id) => !tried.has(id)).length,
    integrity: integrity.rows.map((row) => row.integrity_check).join(', '),
    wrongCounters: await countWrongCounters(db, letters),
    auditWhole: (await inTransaction(db, (tx) => verifyAudit(tx))).brokenAt === null,
  };
}

async function countWrongCounters(db: Db, letters: readonly { readonly state: string }[]): Promise<number> {
  const counters = await db.selectFrom('letter_counts').select(['state', 'n']).execute();
  const counted = Map.groupBy(letters, ({ state }) => state);
  const states = new Set([...counters.map(({ state }) => state), ...counted.keys()]);
  return [...states].filter((state) => {
    const kept = counters.filter((counter) => counter.state === state).reduce((sum, { n }) => sum + n, 0);
    return kept !== (counted.get(state)?.length ?? 0);
  }).length;
}

/** The same seed chooses the same deaths; the moments of the operating system remain its own. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
