import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fillDemo } from '../app/fill-demo.ts';
import { openDatabase } from '../app/open-database.ts';
import { openVault } from '../app/open-vault.ts';
import { loadCampaign } from '../campaign/load-campaign.ts';
import { readConfig } from '../config/config.ts';
import { UsageError } from '../shared/errors.ts';
import type { Command } from './command.ts';

export const demo: Command = {
  name: 'demo',
  summary: 'fill an empty database with invented people and letters',
  usage: `demo [--supporters N] [--letters N] [--days N] [--json]

Only an empty database is filled; it is marked as a demonstration for ever and never sends anything.
A server that runs on it meanwhile knows the mark only when it is started again.
Defaults: 200 supporters, 600 letters, 365 days.`,
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        supporters: { type: 'string', default: '200' },
        letters: { type: 'string', default: '600' },
        days: { type: 'string', default: '365' },
        json: { type: 'boolean', default: false },
      },
    });
    const size = {
      supporters: wholeNumber('--supporters', values.supporters, 5, 1_000_000),
      letters: wholeNumber('--letters', values.letters, 0, 10_000_000),
      days: wholeNumber('--days', values.days, 1, 3_650),
    };
    const config = readConfig(io.root);
    if (config.production) throw new UsageError('CAMPAIGN_MODE: a demonstration is not made in production');
    const { db, close } = await openDatabase(io);
    const started = performance.now();
    try {
      const campaign = loadCampaign(join(io.root, 'templates'), { offered: config.offeredPlaces });
      const vault = openVault(config, { now: io.now });
      await fillDemo({ db, vault, campaign, now: io.now() }, size, (done, of) => showProgress(io, done, of));
    } finally {
      await close();
    }
    const seconds = (performance.now() - started) / 1000;
    const perSecond = Math.round(size.letters / seconds);
    if (values.json)
      io.stdout(
        `${JSON.stringify({ ...size, seconds: Math.round(seconds * 10) / 10, lettersPerSecond: perSecond })}\n`,
      );
    else
      io.stdout(
        `${size.supporters} supporters, ${size.letters} letters over ${size.days} days in ${seconds.toFixed(1)} s (${perSecond} letters/s)\na server that runs on this database must be started again now\n`,
      );
    return 0;
  },
};

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UsageError(`${option} must be a whole number from ${least} to ${most}`);
}

function showProgress(io: Parameters<Command['run']>[1], done: number, of: number): void {
  if (!process.stderr.isTTY) return;
  const width = 30;
  const filled = Math.round((done / Math.max(1, of)) * width);
  io.stderr(
    `\r[${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${done} of ${of} letters${done >= of ? '\n' : ''}`,
  );
}
