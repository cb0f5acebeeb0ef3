import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importDemoMembers } from '../../src/app/demo-content.ts';
import { openVault } from '../../src/app/open-vault.ts';
import type { Campaign } from '../../src/campaign/campaign-types.ts';
import { loadCampaign } from '../../src/campaign/load-campaign.ts';
import { type Config, readConfig } from '../../src/config/config.ts';
import { connect, type Db } from '../../src/database/connect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { seatsOfCountry } from '../../src/representatives/representative.ts';
import { systemClock } from '../../src/shared/clock.ts';
import type { Vault } from '../../src/vault/vault.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Settings of a server whose data lies in a folder; it keeps its mails. */
export function settingsFor(folder: string): Record<string, string> {
  return {
    PORT: '0',
    DATA_FOLDER: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'master.key'),
    SENDING: 'paused',
  };
}

/** A folder that is gone when the work is done. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'campaign-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Opened = {
  readonly db: Db;
  readonly vault: Vault;
  readonly campaign: Campaign;
  readonly config: Config;
};

/** The database in a folder, open while `work` runs. */
export async function withDatabase<T>(folder: string, work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = readConfig(root, settingsFor(folder));
  const db = connect(config.database);
  try {
    await migrate(db);
    return await work({
      db,
      config,
      vault: openVault(config, systemClock),
      campaign: loadCampaign(join(root, 'templates')),
    });
  } finally {
    await db.destroy();
  }
}

/** Brings 120 invented members a chamber in. @returns the ids of the seats of each country. */
export async function importMembers(
  { db, campaign }: Opened,
  countries: readonly string[],
): Promise<Map<string, string[]>> {
  await importDemoMembers({ db, campaign, now: Date.now() }, countries);
  const seats = new Map<string, string[]>();
  for (const country of countries)
    seats.set(
      country,
      (await seatsOfCountry(db, country)).map((seat) => seat.seatId),
    );
  return seats;
}
