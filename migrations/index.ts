import type { Migration } from 'kysely/migration';
import * as directory from './0001-create-directory.ts';
import * as vault from './0002-create-vault.ts';
import * as supporters from './0003-create-supporters.ts';
import * as letters from './0004-create-letters.ts';
import * as organizers from './0005-create-organizers.ts';

/** Every migration, in order. A migration that has shipped is never edited; a new one is added below. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-create-directory': directory,
  '0002-create-vault': vault,
  '0003-create-supporters': supporters,
  '0004-create-letters': letters,
  '0005-create-organizers': organizers,
};
