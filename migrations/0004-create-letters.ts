import type { Kysely } from 'kysely';
import { PostgresAdapter } from 'kysely';

/** Threads, letters, attempts to send, the event log, and the counters that pages read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const bytes = db.getExecutor().adapter instanceof PostgresAdapter ? 'bytea' : 'blob';
  await createThreadsAndLetters(db, bytes);
  await createMarks(db);
  await createAttempts(db);
  await createEvents(db);
  await createCounters(db);
}

async function createThreadsAndLetters(db: Kysely<unknown>, bytes: 'bytea' | 'blob'): Promise<void> {
  await db.schema
    .createTable('threads')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('supporter_id', 'text', (c) => c.notNull().references('supporters.id').onDelete('cascade'))
    .addColumn('seat_id', 'text', (c) => c.references('seats.id'))
    .addColumn('ask', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('threads_supporter').on('threads').column('supporter_id').execute();
  await db.schema.createIndex('threads_seat').on('threads').columns(['country', 'seat_id']).execute();

  await db.schema
    .createTable('letters')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('thread_id', 'text', (c) => c.notNull().references('threads.id').onDelete('cascade'))
    .addColumn('supporter_id', 'text', (c) => c.notNull().references('supporters.id').onDelete('cascade'))
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('seat_id', 'text', (c) => c.references('seats.id'))
    .addColumn('ask', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('route', 'text', (c) => c.notNull())
    .addColumn('identity', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('state_since', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint')
    .addColumn('next_attempt_at', 'bigint')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('letter_day', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('confirmed_at', 'bigint')
    .addColumn('text_box', bytes)
    .addColumn('choices', 'text', (c) => c.notNull())
    .addColumn('fingerprints', 'text', (c) => c.notNull())
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('unique_key', 'text', (c) => c.unique())
    .execute();
  await db.schema.createIndex('letters_thread').on('letters').column('thread_id').execute();
  await db.schema
    .createIndex('letters_supporter')
    .on('letters')
    .columns(['supporter_id', 'created_at'])
    .execute();
  await db.schema
    .createIndex('letters_due')
    .on('letters')
    .column('due_at')
    .where('due_at' as never, 'is not', null)
    .execute();
  await db.schema
    .createIndex('letters_next_attempt')
    .on('letters')
    .columns(['state', 'next_attempt_at'])
    .where('next_attempt_at' as never, 'is not', null)
    .execute();
  await db.schema.createIndex('letters_office').on('letters').columns(['seat_id', 'confirmed_at']).execute();
}

// By a few hashes of its own words a letter is found among all that an office has had.
async function createMarks(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('letter_marks')
    .addColumn('seat_id', 'text', (c) => c.notNull())
    .addColumn('mark', 'bigint', (c) => c.notNull())
    .addColumn('letter_id', 'text', (c) => c.notNull().references('letters.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('letter_marks_key', ['seat_id', 'mark', 'letter_id'])
    .execute();
  await db.schema.createIndex('letter_marks_letter').on('letter_marks').column('letter_id').execute();
}

async function createAttempts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('attempts')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('letter_id', 'text', (c) => c.notNull().references('letters.id').onDelete('cascade'))
    .addColumn('message_id', 'text', (c) => c.notNull())
    .addColumn('started_at', 'bigint', (c) => c.notNull())
    .addColumn('settled_at', 'bigint')
    .addColumn('verdict', 'text')
    .addColumn('code', 'integer')
    .addColumn('reason', 'text')
    .execute();
  await db.schema.createIndex('attempts_letter').on('attempts').column('letter_id').execute();
}

// An event outlives the person: erasing sets the two references to null and keeps day, office and kind.
async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('thread_id', 'text', (c) => c.references('threads.id').onDelete('set null'))
    .addColumn('letter_id', 'text', (c) => c.references('letters.id').onDelete('set null'))
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('seat_id', 'text', (c) => c.references('seats.id'))
    .addColumn('ask', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('from_state', 'text')
    .addColumn('to_state', 'text')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .execute();
  await db.schema.createIndex('events_thread').on('events').columns(['thread_id', 'at']).execute();
  await db.schema.createIndex('events_letter').on('events').column('letter_id').execute();
}

async function createCounters(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('letter_counts')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('ask', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('letter_counts_key', ['country', 'ask', 'state'])
    .execute();
  await db.schema
    .createTable('office_counts')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('seat_id', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('office_counts_key', ['country', 'seat_id', 'state'])
    .execute();
  await db.schema
    .createTable('daily_counts')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('daily_counts_key', ['country', 'day', 'kind'])
    .execute();
  await db.schema
    .createTable('made_counts')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('ask', 'text', (c) => c.notNull())
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('n', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('made_counts_key', ['country', 'ask', 'month'])
    .execute();
}
