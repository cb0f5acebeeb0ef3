import { randomUUID } from 'node:crypto';
import type { Db } from '../../src/database/connect.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import type { LetterContent } from '../../src/letters/letter-content.ts';
import { moveLetter } from '../../src/letters/move-letters.ts';
import { workerActor } from '../../src/shared/actor.ts';
import type { Vault } from '../../src/vault/vault.ts';
import { aLetter, aSupporter } from '../support/builders.ts';

export const start = Date.parse('2026-11-23T10:00:00Z');

/** A seat, an invented member who holds it, and their office with one e-mail channel. @returns the id of the seat. */
export async function anOffice(
  db: Db,
  given: { email: string; state?: 'fine' | 'failing' | 'opted-out' },
): Promise<string> {
  const id = randomUUID();
  const country = 'NZ';
  const times = { created_at: start, updated_at: start };
  await db
    .insertInto('imports')
    .values({
      id,
      country,
      kind: 'representatives',
      format: 'test',
      encoding: 'utf-8',
      source: null,
      as_of: '2026-11-01',
      at: start,
      actor_kind: 'worker',
      actor_id: null,
      entries: 1,
      added: 1,
      updated: 0,
      retired: 0,
      refused: 0,
      current: 0,
      lossy: 0,
    })
    .execute();
  await db
    .insertInto('people')
    .values({
      id,
      country,
      full_name: 'Mere Example',
      given_name: 'Mere',
      family_name: 'Example',
      honorific: null,
      gender: 'f',
      website: null,
      ...times,
    })
    .execute();
  await db
    .insertInto('seats')
    .values({
      id,
      country,
      chamber: 'house',
      kind: 'constituency',
      area_key: id,
      area_name: 'Mana',
      region_key: null,
      region_name: null,
      ordinal: 1,
      created_at: start,
    })
    .execute();
  await db
    .insertInto('terms')
    .values({
      id,
      seat_id: id,
      person_id: id,
      party: null,
      start_day: null,
      end_day: null,
      current: 1,
      as_of: '2026-11-01',
      retired_on: null,
      import_id: id,
    })
    .execute();
  await db
    .insertInto('offices')
    .values({ id, term_id: id, kind: 'parliament', label: null, position: 1 })
    .execute();
  await db
    .insertInto('channels')
    .values({
      id,
      office_id: id,
      kind: 'email',
      value: given.email,
      max_characters: null,
      state: given.state ?? 'fine',
      state_since: start,
      position: 1,
    })
    .execute();
  return id;
}

export const letterText = `Ms Mere Example MP
Freepost Parliament

23 November 2026

Dear Ms Example,

I live in Porirua, and I write about visas for named officials. ${'A sentence of my own follows here. '.repeat(8).trim()}

Yours sincerely,
Sokha Chan
`;

type Given = {
  readonly email?: string;
  readonly seatId?: string | null;
  readonly language?: string;
  readonly identity?: 1 | 2 | 3;
  readonly text?: string;
  readonly subject?: string;
  readonly writer?: string;
  readonly at?: number;
};

/** A letter its writer has confirmed, waiting for the worker. @returns its ids. */
export async function aQueuedLetter(
  db: Db,
  vault: Vault,
  given: Given = {},
): Promise<{ id: string; supporterId: string; seatId: string | null }> {
  const at = given.at ?? start;
  const email = given.email ?? 'mere.example@parliament.example';
  const seatId = given.seatId === undefined ? await anOffice(db, { email }) : given.seatId;
  const supporter = await aSupporter(db, vault, { at });
  const { language = 'en', identity = 1 } = given;
  const content: LetterContent = {
    letterCase: { writer: { name: given.writer ?? 'Sokha Chan' } } as LetterContent['letterCase'],
    subject: given.subject ?? 'Visas for officials: a question from Porirua',
    text: given.text ?? letterText,
    destination: { email, form: null, post: [] },
    replyTo: 'sokha@home.example',
  };
  const state = 'awaiting-confirmation';
  const id = await aLetter(db, vault, supporter, {
    state,
    stateSince: at,
    seatId,
    language,
    identity,
    text: JSON.stringify(content),
  });
  await inTransaction(db, (tx) =>
    moveLetter(tx, workerActor, {
      letterId: id,
      to: 'queued',
      at,
      set: { confirmedAt: at, nextAttemptAt: at },
    }),
  );
  return { id, supporterId: supporter.id, seatId };
}
