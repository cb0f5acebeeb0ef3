import type { Tx } from '../database/connect.ts';
import type { Role } from '../shared/actor.ts';

export type Organizer = {
  readonly id: string;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly language: string;
  /** argon2id, in PHC form. */
  readonly passwordHash: string | null;
  /** Sealed TOTP secret. */
  readonly totpBox: Buffer | null;
  /** The last time step whose code was used: none is taken twice. */
  readonly totpLastStep: number | null;
};

export type CountryRole = { readonly country: string; readonly role: Role };

export async function organizerByEmail(tx: Tx, emailIndex: Buffer): Promise<Organizer | null> {
  const row = await tx
    .selectFrom('organizers')
    .selectAll()
    .where('email_index', '=', emailIndex)
    .executeTakeFirst();
  return row ? toOrganizer(row) : null;
}

export async function organizerById(tx: Tx, id: string): Promise<Organizer | null> {
  const row = await tx.selectFrom('organizers').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? toOrganizer(row) : null;
}

export async function insertOrganizer(
  tx: Tx,
  organizer: { id: string; emailIndex: Buffer; emailBox: Buffer; language: string; createdAt: number },
): Promise<void> {
  await tx
    .insertInto('organizers')
    .values({
      id: organizer.id,
      email_index: organizer.emailIndex,
      email_box: organizer.emailBox,
      language: organizer.language,
      state: 'invited',
      password_hash: null,
      totp_box: null,
      totp_last_step: null,
      created_at: organizer.createdAt,
    })
    .execute();
}

export async function setRoles(tx: Tx, organizerId: string, roles: readonly CountryRole[]): Promise<void> {
  await tx.deleteFrom('organizer_roles').where('organizer_id', '=', organizerId).execute();
  await tx
    .insertInto('organizer_roles')
    .values(roles.map(({ country, role }) => ({ organizer_id: organizerId, country, role })))
    .execute();
}

export async function rolesOf(tx: Tx, organizerId: string): Promise<CountryRole[]> {
  const rows = await tx
    .selectFrom('organizer_roles')
    .selectAll()
    .where('organizer_id', '=', organizerId)
    .orderBy('country')
    .execute();
  return rows.map((row) => ({ country: row.country, role: row.role as Role }));
}

export async function savePassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.updateTable('organizers').set({ password_hash: passwordHash }).where('id', '=', id).execute();
}

export async function saveTotp(tx: Tx, id: string, totpBox: Buffer): Promise<void> {
  await tx
    .updateTable('organizers')
    .set({ totp_box: totpBox, totp_last_step: null })
    .where('id', '=', id)
    .execute();
}

export async function activate(tx: Tx, id: string): Promise<void> {
  await tx.updateTable('organizers').set({ state: 'active' }).where('id', '=', id).execute();
}

/** Takes a TOTP time step. @returns false if this step, or a later one, was taken before (security S-21). */
export async function takeTotpStep(tx: Tx, id: string, step: number): Promise<boolean> {
  const result = await tx
    .updateTable('organizers')
    .set({ totp_last_step: step })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function insertRecoveryCodes(
  tx: Tx,
  organizerId: string,
  hashes: readonly string[],
): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('organizer_id', '=', organizerId).execute();
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((code_hash) => ({ code_hash, organizer_id: organizerId, used_at: null })))
    .execute();
}

/** @returns whether the code was this organizer's and unused. */
export async function takeRecoveryCode(
  tx: Tx,
  organizerId: string,
  hash: string,
  now: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('code_hash', '=', hash)
    .where('organizer_id', '=', organizerId)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

type Row = {
  id: string;
  state: Organizer['state'];
  language: string;
  password_hash: string | null;
  totp_box: Buffer | null;
  totp_last_step: number | null;
};

function toOrganizer(row: Row): Organizer {
  return {
    id: row.id,
    state: row.state,
    language: row.language,
    passwordHash: row.password_hash,
    totpBox: row.totp_box,
    totpLastStep: row.totp_last_step,
  };
}
