import type { Db, Tx } from '../database/connect.ts';
import { fixedQuery } from '../database/fixed-query.ts';
import { addToCounters, insertRows } from '../database/insert-rows.ts';
import { type Actor, maySeeCountry } from '../shared/actor.ts';

export type Supporter = {
  readonly id: string;
  readonly country: string;
  readonly language: string;
  readonly seatId: string | null;
  readonly state: 'unconfirmed' | 'confirmed';
  /** Sealed. */
  readonly emailBox: Buffer;
  readonly createdAt: number;
};

export type NewSupporter = Omit<Supporter, 'state'> & {
  readonly emailIndex: Buffer;
  readonly state: 'unconfirmed' | 'confirmed';
  readonly confirmedAt: number | null;
};

/** Finds a supporter by the blind index of the address. Used while signing up, when nobody is anybody yet. */
export async function supporterByEmail(
  tx: Tx,
  country: string,
  emailIndex: Buffer,
): Promise<Supporter | null> {
  const [row] = (await byEmailQuery(tx, country, emailIndex)).rows;
  return row ? toSupporter(row) : null;
}

const byEmailQuery = fixedQuery((db: Db, country: string, emailIndex: Buffer) =>
  db
    .selectFrom('supporters')
    .selectAll()
    .where('country', '=', country)
    .where('email_index', '=', emailIndex),
);

export async function supporterById(tx: Tx, actor: Actor, id: string): Promise<Supporter | null> {
  const row = await tx.selectFrom('supporters').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !maySeeCountry(actor, row.country)) return null;
  if (actor.kind === 'supporter' && actor.supporterId !== row.id) return null;
  return toSupporter(row);
}

export async function insertSupporters(tx: Tx, supporters: readonly NewSupporter[]): Promise<void> {
  const rows = supporters.map((supporter) => ({
    id: supporter.id,
    country: supporter.country,
    email_index: supporter.emailIndex,
    email_box: supporter.emailBox,
    language: supporter.language,
    seat_id: supporter.seatId,
    state: supporter.state,
    created_at: supporter.createdAt,
    confirmed_at: supporter.confirmedAt,
    last_active_at: supporter.createdAt,
  }));
  await insertRows(tx, 'supporters', rows);
}

/** @returns whether the supporter was unconfirmed until now. */
export async function markConfirmed(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx
    .updateTable('supporters')
    .set({ state: 'confirmed', confirmed_at: now, last_active_at: now })
    .where('id', '=', id)
    .where('state', '=', 'unconfirmed')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteSupporter(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('supporters').where('id', '=', id).execute();
}

/** People who never pressed the button, and with whom no letter is under way. */
export async function staleUnconfirmed(tx: Tx, createdBefore: number, limit: number): Promise<Supporter[]> {
  const rows = await tx
    .selectFrom('supporters')
    .selectAll()
    .where('state', '=', 'unconfirmed')
    .where('created_at', '<=', createdBefore)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('letters')
            .select('letters.id')
            .whereRef('letters.supporter_id', '=', 'supporters.id')
            .where('letters.state', 'not in', ['expired', 'withdrawn']),
        ),
      ),
    )
    .limit(limit)
    .execute();
  return rows.map(toSupporter);
}

export type Consent = {
  readonly id: string;
  readonly supporterId: string;
  readonly country: string;
  /** What for: 'keep' (to store and send), 'news'. */
  readonly purpose: string;
  /** Which wording was shown. */
  readonly textId: string;
  readonly language: string;
  readonly givenAt: number;
  /** The link of the mail that asked for proof. */
  readonly linkId: string;
  readonly provenAt: number | null;
};

export async function insertConsents(tx: Tx, consents: readonly Consent[]): Promise<void> {
  const rows = consents.map((consent) => ({
    id: consent.id,
    supporter_id: consent.supporterId,
    country: consent.country,
    purpose: consent.purpose,
    text_id: consent.textId,
    language: consent.language,
    given_at: consent.givenAt,
    link_id: consent.linkId,
    proven_at: consent.provenAt,
    withdrawn_at: null,
  }));
  await insertRows(tx, 'consents', rows);
}

export async function addSupporterCounts(
  tx: Tx,
  changes: readonly { readonly country: string; readonly state: string; readonly n: number }[],
): Promise<void> {
  await addToCounters(tx, 'supporter_counts', changes);
}

/** Supporters by country and state, of the countries the actor may see. */
export async function supporterCounts(
  tx: Tx,
  actor: Actor,
): Promise<{ country: string; state: string; n: number }[]> {
  const rows = await tx.selectFrom('supporter_counts').selectAll().where('n', '>', 0).execute();
  return rows.filter((row) => maySeeCountry(actor, row.country));
}

type Row = {
  id: string;
  country: string;
  language: string;
  seat_id: string | null;
  state: 'unconfirmed' | 'confirmed';
  email_box: Buffer;
  created_at: number;
};

function toSupporter(row: Row): Supporter {
  return {
    id: row.id,
    country: row.country,
    language: row.language,
    seatId: row.seat_id,
    state: row.state,
    emailBox: row.email_box,
    createdAt: row.created_at,
  };
}

/** The link was used: what was agreed to with it counts from now on. */
export async function proveConsents(tx: Tx, linkId: string, now: number): Promise<void> {
  await tx.updateTable('consents').set({ proven_at: now }).where('link_id', '=', linkId).execute();
}

/** For the worker: forgets what was agreed to in forms whose link nobody used. */
export async function forgetUnprovenConsents(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom('consents').where('proven_at', 'is', null).where('given_at', '<=', before).execute();
}
