import type { Kysely } from 'kysely';
import { PostgresAdapter } from 'kysely';

/** Organizers, the countries each may see, their factors and sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob';

  await db.schema
    .createTable('organizers')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('email_index', bytes, (c) => c.notNull().unique())
    .addColumn('email_box', bytes, (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('totp_box', bytes)
    .addColumn('totp_last_step', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('organizer_roles')
    .addColumn('organizer_id', 'text', (c) => c.notNull().references('organizers.id').onDelete('cascade'))
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('organizer_roles_key', ['organizer_id', 'country'])
    .execute();
  await db.schema
    .createTable('recovery_codes')
    .addColumn('code_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organizer_id', 'text', (c) => c.notNull().references('organizers.id').onDelete('cascade'))
    .addColumn('used_at', 'bigint')
    .execute();
  await db.schema
    .createTable('sessions')
    .addColumn('id_hash', 'text', (c) => c.primaryKey().notNull())
    .addColumn('organizer_id', 'text', (c) => c.notNull().references('organizers.id').onDelete('cascade'))
    .addColumn('factors', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('factor_at', 'bigint')
    .execute();
  await db.schema.createIndex('sessions_organizer').on('sessions').column('organizer_id').execute();
  await db.schema
    .createTable('sign_in_tries')
    .addColumn('bucket', 'text', (c) => c.primaryKey().notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .execute();
}
