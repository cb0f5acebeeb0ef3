import type { Config } from '../config/config.ts';
import type { Clock } from '../shared/clock.ts';
import { readMasterKey } from '../vault/master-key.ts';
import { createVault, type Vault } from '../vault/vault.ts';

/** Opens the vault with the key file of the configuration; in development the file is made if absent. */
export function openVault(config: Config, clock: Clock): Vault {
  return createVault(readKey(config), clock);
}

/** The master key itself, for what else is derived from it. */
export function readKey(config: Config): Buffer {
  const databaseFile = config.database.kind === 'sqlite' ? config.database.file : null;
  return readMasterKey(config.keyFile, { makeIfAbsent: !config.production, databaseFile });
}
