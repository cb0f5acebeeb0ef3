import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import type { Campaign } from '../campaign/campaign-types.ts';
import { loadCampaign } from '../campaign/load-campaign.ts';
import type { Config } from '../config/config.ts';
import { connect, type Db } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';
import { createOutboxMailer } from '../mail/create-outbox-mailer.ts';
import { createSmtpMailer } from '../mail/create-smtp-mailer.ts';
import type { Mailer } from '../mail/mailer.ts';
import { createViews, type Views } from '../rendering/create-views.ts';
import { createTypesetter, type Typesetter } from '../rendering/typeset.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { createLogger, type Logger } from '../shared/logger.ts';
import { createVault, type Vault } from '../vault/vault.ts';
import { isDemo } from './demo-mark.ts';
import { readKey } from './open-vault.ts';

/** Everything the server is made of, built once and handed down. */
export type Parts = {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly db: Db;
  readonly vault: Vault;
  readonly campaign: Campaign;
  readonly views: Views;
  readonly typesetter: Typesetter;
  readonly mailer: Mailer;
  /** Signs what travels in forms; made from the master key, so that a restart keeps open forms valid. */
  readonly formKey: Buffer;
  /** Whether `demo` had filled this database when we started: then nothing is ever sent from it. */
  readonly demo: boolean;
  readonly outboxFolder: string;
  close(): Promise<void>;
};

/** What tests put in place of the real thing: the clock, and where log lines go. */
export type Outside = { readonly clock?: Clock; readonly log?: (line: string) => void };

/** @param root the repository's folder. @throws UsageError for wrong settings, content or an unusable database. */
export async function createParts(config: Config, root: string, outside: Outside = {}): Promise<Parts> {
  const clock = outside.clock ?? systemClock;
  const logger = createLogger(outside.log ?? ((line) => process.stderr.write(line)), () => clock.now());
  const masterKey = readKey(config);
  const templates = join(root, 'templates');
  const campaign = loadCampaign(templates, { offered: config.offeredPlaces });
  const views = createViews(templates);
  const db = connect(config.database);
  await migrate(db);
  const demo = await isDemo(db);
  const outboxFolder = join(config.dataFolder, 'outbox');
  const mailer = createMailer(config, outboxFolder, clock);
  return {
    config,
    clock,
    logger,
    db,
    campaign,
    views,
    mailer,
    demo,
    outboxFolder,
    vault: createVault(masterKey, clock),
    typesetter: createTypesetter(templates),
    formKey: Buffer.from(hkdfSync('sha256', masterKey, '', 'forms', 32)),
    async close() {
      await mailer.close();
      await db.destroy();
    },
  };
}

function createMailer(config: Config, folder: string, clock: Clock): Mailer {
  if (!config.smtp) return createOutboxMailer({ folder, clock });
  const name = new URL(config.siteUrl).hostname;
  return createSmtpMailer({
    ...config.smtp,
    name,
    tls: config.production ? 'required' : 'none-on-loopback',
    connections: 2,
  });
}
