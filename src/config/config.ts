import { resolve } from 'node:path';
import { z } from 'zod';
import type { DatabaseLocation } from '../database/connect.ts';
import { UsageError } from '../shared/errors.ts';

/** Every setting of the server, read once. Times in milliseconds, paths absolute. */
export type Config = {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Address of the site as people see it, without a slash at the end. */
  readonly siteUrl: string;
  /** Address of the neutral host in mails to supporters; in development the same as `siteUrl`. */
  readonly mailSiteUrl: string;
  readonly database: DatabaseLocation;
  readonly dataFolder: string;
  readonly keyFile: string;
  /** null: mail is kept in the outbox folder and shown at /outbox. */
  readonly smtp: SmtpSettings | null;
  /** Sender of letters to offices. */
  readonly letterSender: string;
  /** Neutral sender of mails to supporters. */
  readonly supporterSender: string;
  /** Where "leave quickly" leads. */
  readonly neutralSite: string;
  readonly sendingPaused: boolean;
  /** Codes of places that this campaign switches on; see a playbook's `offered`. */
  readonly offeredPlaces: readonly string[];
};

export type SmtpSettings = {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly pass?: string;
};

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be a http(s) address' })
  .transform((url) => url.replace(/\/+$/, ''));
const address = z.email({ error: 'must be an e-mail address' });

const environment = z.object({
  CAMPAIGN_MODE: z
    .enum(['development', 'production'], { error: 'must be "development" or "production"' })
    .default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce
    .number({ error: 'must be a port number' })
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65_535, 'must be a port number')
    .default(3000),
  SITE_URL: httpUrl.optional(),
  MAIL_SITE_URL: httpUrl.optional(),
  DATA_FOLDER: z.string().min(1).default('var/data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// address' }).optional(),
  KEY_FILE: z.string().min(1).default('var/keys/master.key'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587' }).optional(),
  LETTER_SENDER: address.default('letters@localhost.invalid'),
  SUPPORTER_SENDER: address.default('post@localhost.invalid'),
  NEUTRAL_SITE: httpUrl.default('https://www.wikipedia.org'),
  SENDING: z.enum(['on', 'paused'], { error: 'must be "on" or "paused"' }).default('on'),
  OFFERED_PLACES: z
    .string()
    .regex(/^[A-Z]{2}(?: *, *[A-Z]{2})*$/, 'must be codes of places with commas between them')
    .transform((codes) => codes.split(/ *, */))
    .default([]),
});

/**
 * @param root folder that relative paths start from.
 * @throws UsageError naming the setting at fault, never its value.
 */
export function readConfig(root: string, env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(withoutEmpty(env));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(`${issue?.path.join('.') ?? 'setting'}: ${issue?.message ?? 'is wrong'}`);
  }
  const config = toConfig(parsed.data, root);
  if (!config.production) refuseOutside(config);
  return config;
}

const thisMachine = ['127.0.0.1', 'localhost', '::1', '[::1]'];

// While trying out nothing may be reached from outside, and no letter may leave.
function refuseOutside({ host, smtp }: Config): void {
  if (!thisMachine.includes(host))
    throw new UsageError('HOST: while trying out only this machine may be reached');
  if (smtp && !thisMachine.includes(smtp.host)) {
    throw new UsageError('SMTP_URL: while trying out mail goes to a server on this machine only');
  }
}

// FOO= in an environment file means "not set".
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}

function toConfig(env: z.infer<typeof environment>, root: string): Config {
  const siteUrl = env.SITE_URL ?? `http://localhost:${env.PORT}`;
  const dataFolder = resolve(root, env.DATA_FOLDER);
  return {
    production: env.CAMPAIGN_MODE === 'production',
    host: env.HOST,
    port: env.PORT,
    siteUrl,
    mailSiteUrl: env.MAIL_SITE_URL ?? siteUrl,
    database: env.DATABASE_URL
      ? { kind: 'postgres', url: env.DATABASE_URL }
      : { kind: 'sqlite', file: resolve(dataFolder, 'campaign.db') },
    dataFolder,
    keyFile: resolve(root, env.KEY_FILE),
    smtp: env.SMTP_URL ? smtpSettings(env.SMTP_URL) : null,
    letterSender: env.LETTER_SENDER,
    supporterSender: env.SUPPORTER_SENDER,
    neutralSite: env.NEUTRAL_SITE,
    sendingPaused: env.SENDING === 'paused',
    offeredPlaces: env.OFFERED_PLACES,
  };
}

function smtpSettings(text: string): SmtpSettings {
  const url = new URL(text);
  return {
    host: url.hostname,
    port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
    ...(url.username && { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }),
  };
}
