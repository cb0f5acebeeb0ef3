import { expect, test } from 'vitest';
import { type KillReport, killTheSender, missedFigures } from './r-01-kill-the-sender.ts';

test('R-01, short: 30 letters, 8 kills of the sender: none lost, none sent twice, the uncertain ones listed', async () => {
  const report = await killTheSender({ letters: 30, kills: 8, lanes: 2, seed: Date.now() % 1_000_000 });
  expect({ missed: missedFigures(report), report }).toMatchObject({ missed: [] });
  expect(report.submitted + report.uncertain).toBe(30);
  expect(report.submitted).toBeGreaterThan(0);
}, 120_000);

test('every figure of R-01 can be missed', () => {
  const met: KillReport = {
    letters: 30,
    kills: 8,
    lanes: 2,
    seed: 1,
    atAStep: 4,
    submitted: 14,
    uncertain: 16,
    uncertainArrived: 5,
    lost: 0,
    doubled: 0,
    unrecorded: 0,
    integrity: 'ok',
    wrongCounters: 0,
    auditWhole: true,
  };
  expect(missedFigures(met)).toEqual([]);
  const bad: Partial<KillReport>[] = [
    { lost: 1 },
    { doubled: 1 },
    { uncertain: 17 },
    { unrecorded: 1 },
    { integrity: 'row 7 missing' },
    { wrongCounters: 1 },
    { auditWhole: false },
  ];
  for (const change of bad) expect(missedFigures({ ...met, ...change })).toHaveLength(1);
});
