import type { Kysely } from 'kysely';
import { PostgresAdapter } from 'kysely';

/** People who signed up, what they agreed to, and the neutral mails that carry a link to them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob';

  await db.schema
    .createTable('supporters')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('email_index', bytes, (c) => c.notNull())
    .addColumn('email_box', bytes, (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('seat_id', 'text', (c) => c.references('seats.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('confirmed_at', 'bigint')
    .addColumn('last_active_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('supporters_email')
    .on('supporters')
    .columns(['country', 'email_index'])
    .unique()
    .execute();
  await db.schema.createIndex('supporters_state').on('supporters').columns(['state', 'created_at']).execute();

  await db.schema
    .createTable('consents')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('supporter_id', 'text', (c) => c.notNull().references('supporters.id').onDelete('cascade'))
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('text_id', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('given_at', 'bigint', (c) => c.notNull())
    // Given in a form anybody could send: it counts once the link of that form's mail was used.
    .addColumn('link_id', 'text', (c) => c.notNull())
    .addColumn('proven_at', 'bigint')
    .addColumn('withdrawn_at', 'bigint')
    .execute();
  await db.schema.createIndex('consents_supporter').on('consents').column('supporter_id').execute();

  await db.schema
    .createTable('link_mails')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    // Null: a row that is written for an unknown address, so that it takes the same time as for a known one.
    .addColumn('supporter_id', 'text', (c) => c.references('supporters.id').onDelete('cascade'))
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('box', bytes)
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('next_attempt_at', 'bigint')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('link_mails_due')
    .on('link_mails')
    .columns(['state', 'next_attempt_at'])
    .execute();
  await db.schema.createIndex('link_mails_supporter').on('link_mails').column('supporter_id').execute();

  // How many mails an address got in a day, whatever the country; outlives erasing by that day.
  await db.schema
    .createTable('mailed_addresses')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('address_index', bytes, (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('mailed_addresses_day')
    .on('mailed_addresses')
    .columns(['address_index', 'created_at'])
    .execute();

  await db.schema
    .createTable('supporter_counts')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('supporter_counts_key', ['country', 'state'])
    .execute();
}
