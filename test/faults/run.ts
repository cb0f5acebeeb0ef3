import { parseArgs } from 'node:util';
import { killTheSender, missedFigures } from './r-01-kill-the-sender.ts';

/** Fault tests at full length: `npm run faults -- r-01`. Exit code 0: figures met, 1: missed, 2: wrong use. */
const faults: Readonly<Record<string, (args: readonly string[]) => Promise<boolean>>> = {
  'r-01': runKillTheSender,
};

async function runKillTheSender(args: readonly string[]): Promise<boolean> {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { letters: number, kills: number, lanes: number, seed: number },
  });
  const plan = {
    letters: Number(values.letters ?? 300),
    kills: Number(values.kills ?? 50),
    lanes: Number(values.lanes ?? 2),
    seed: Number(values.seed ?? Date.now() % 1_000_000),
  };
  console.log(
    `R-01 kill -9 of the sender: ${plan.letters} letters, ${plan.kills} kills, ${plan.lanes} lanes, plain relay, seed ${plan.seed}`,
  );
  const started = performance.now();
  const report = await killTheSender(plan);
  console.log(
    `  kills           ${report.atAStep} between two named steps, ${plan.kills - report.atAStep} at a random moment`,
  );
  console.log(`  submitted       ${report.submitted}`);
  console.log(
    `  uncertain       ${report.uncertain} (at most ${plan.lanes * plan.kills}; ${report.uncertainArrived} of them had arrived)`,
  );
  console.log(`  lost            ${report.lost}`);
  console.log(`  doubled         ${report.doubled}`);
  console.log(`  unrecorded      ${report.unrecorded}`);
  console.log(
    `  integrity_check ${report.integrity}, counters ${report.wrongCounters === 0 ? 'right' : 'wrong'}, audit ${report.auditWhole ? 'whole' : 'broken'}`,
  );
  const missed = missedFigures(report);
  const verdict = missed.length === 0 ? 'met' : `MISSED: ${missed.join('; ')}`;
  console.log(
    `  ${verdict} in ${((performance.now() - started) / 1_000).toFixed(1)} s: lost ${report.lost}, doubled ${report.doubled}, uncertain ${report.uncertain} ≤ ${plan.lanes * plan.kills}`,
  );
  return missed.length === 0;
}

const [name = '', ...args] = process.argv.slice(2);
const fault = faults[name];
if (fault) {
  process.exitCode = (await fault(args)) ? 0 : 1;
} else {
  console.error(`usage: npm run faults -- ${Object.keys(faults).join(' | ')}`);
  process.exitCode = 2;
}
