import { type Kysely, PostgresAdapter, sql } from 'kysely';

/** Representatives: lists that were imported, people, seats, who holds which, how to reach them, postcodes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createImports(db);
  await createPeopleAndSeats(db);
  await createOffices(db);
  await createWords(db);
  await createPostcodes(db);
}

async function createImports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('imports')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('format', 'text', (c) => c.notNull())
    .addColumn('encoding', 'text', (c) => c.notNull())
    .addColumn('source', 'text')
    .addColumn('as_of', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text')
    .addColumn('entries', 'integer', (c) => c.notNull())
    .addColumn('added', 'integer', (c) => c.notNull())
    .addColumn('updated', 'integer', (c) => c.notNull())
    .addColumn('retired', 'integer', (c) => c.notNull())
    .addColumn('refused', 'integer', (c) => c.notNull())
    // Only for postcodes: the table that is looked up, and whether it names one seat where there may be more.
    .addColumn('current', 'integer', (c) => c.notNull())
    .addColumn('lossy', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('imports_current')
    .on('imports')
    .columns(['country', 'kind'])
    .unique()
    .where('current' as never, '=', 1)
    .execute();
}

async function createPeopleAndSeats(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('people')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('full_name', 'text', (c) => c.notNull())
    .addColumn('given_name', 'text')
    .addColumn('family_name', 'text')
    .addColumn('honorific', 'text')
    .addColumn('gender', 'text', (c) => c.notNull())
    .addColumn('website', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('person_ids')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('scheme', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('person_ids_key', ['country', 'scheme', 'value'])
    .execute();
  await db.schema.createIndex('person_ids_person').on('person_ids').column('person_id').execute();

  await db.schema
    .createTable('seats')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('chamber', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('area_key', 'text', (c) => c.notNull())
    .addColumn('area_name', 'text', (c) => c.notNull())
    .addColumn('region_key', 'text')
    .addColumn('region_name', 'text')
    .addColumn('ordinal', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('seats_identity', ['country', 'area_key', 'chamber', 'ordinal'])
    .execute();
  await db.schema.createIndex('seats_chamber').on('seats').columns(['country', 'chamber']).execute();
  await db.schema
    .createIndex('seats_region')
    .on('seats')
    .columns(['country', 'region_key', 'kind'])
    .execute();

  await db.schema
    .createTable('terms')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('seat_id', 'text', (c) => c.notNull().references('seats.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id'))
    .addColumn('party', 'text')
    .addColumn('start_day', 'text')
    .addColumn('end_day', 'text')
    .addColumn('current', 'integer', (c) => c.notNull())
    .addColumn('as_of', 'text', (c) => c.notNull())
    .addColumn('retired_on', 'text')
    .addColumn('import_id', 'text', (c) => c.notNull().references('imports.id'))
    .execute();
  await db.schema.createIndex('terms_seat').on('terms').columns(['seat_id', 'current']).execute();
  await db.schema.createIndex('terms_person').on('terms').columns(['person_id', 'current']).execute();
  await db.schema
    .createIndex('terms_holder')
    .on('terms')
    .column('seat_id')
    .unique()
    .where('current' as never, '=', 1)
    .execute();
}

async function createOffices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('offices')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('term_id', 'text', (c) => c.notNull().references('terms.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('label', 'text')
    .addColumn('position', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('offices_term').on('offices').columns(['term_id', 'position']).execute();
  await db.schema
    .createTable('channels')
    .addColumn('id', 'text', (c) => c.primaryKey().notNull())
    .addColumn('office_id', 'text', (c) => c.notNull().references('offices.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('max_characters', 'integer')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('state_since', 'bigint', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('channels_office').on('channels').columns(['office_id', 'position']).execute();
  await db.schema.createIndex('channels_value').on('channels').columns(['kind', 'value']).execute();
}

// Words are compared byte by byte, so that the beginning of a word is a range of the index on both engines.
async function createWords(db: Kysely<unknown>): Promise<void> {
  const word = db.getExecutor().adapter instanceof PostgresAdapter ? sql`text collate "C"` : sql`text`;
  await db.schema
    .createTable('seat_words')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('word', word, (c) => c.notNull())
    .addColumn('seat_id', 'text', (c) => c.notNull().references('seats.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('seat_words_key', ['country', 'word', 'seat_id'])
    .execute();
  await db.schema.createIndex('seat_words_seat').on('seat_words').columns(['seat_id', 'word']).execute();
  await db.schema
    .createTable('person_words')
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('word', word, (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('people.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('person_words_key', ['country', 'word', 'person_id'])
    .execute();
  await db.schema
    .createIndex('person_words_person')
    .on('person_words')
    .columns(['person_id', 'word'])
    .execute();
}

async function createPostcodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('postcodes')
    .addColumn('import_id', 'text', (c) => c.notNull().references('imports.id').onDelete('cascade'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('area_key', 'text', (c) => c.notNull())
    .addColumn('area_name', 'text', (c) => c.notNull())
    .addColumn('region_key', 'text')
    .addPrimaryKeyConstraint('postcodes_key', ['import_id', 'code', 'area_key'])
    .execute();
}
