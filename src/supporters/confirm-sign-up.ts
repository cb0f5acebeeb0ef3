import type { Db } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { createLink, useLink } from '../links/links.ts';
import type { Clock } from '../shared/clock.ts';
import { Failure } from '../shared/errors.ts';
import { confirmSupporter } from './confirm-supporter.ts';

/** The press of the button after signing up. @throws Failure 'link-invalid' */
export async function confirmSignUp(
  parts: { db: Db; clock: Clock },
  token: string,
): Promise<{ country: string }> {
  const now = parts.clock.now();
  return await inTransaction(parts.db, async (tx) => {
    const link = await useLink(tx, token, 'join', now);
    if (!link) throw new Failure('link-invalid');
    await confirmSupporter(tx, { id: link.subjectId, country: link.country }, link.id, now);
    return { country: link.country };
  });
}

/** The press that opens one's own page: uses the mailed link up. @returns the token of the page. @throws Failure 'link-invalid' */
export async function followManageLink(parts: { db: Db; clock: Clock }, token: string): Promise<string> {
  const now = parts.clock.now();
  return await inTransaction(parts.db, async (tx) => {
    const link = await useLink(tx, token, 'manage', now);
    if (!link) throw new Failure('link-invalid');
    const page = { purpose: 'page', subjectId: link.subjectId, country: link.country } as const;
    return (await createLink(tx, page, now)).token;
  });
}

/** After a letter is confirmed, its writer may see their own page for 30 minutes: @returns the token of that page. */
export async function openOwnPage(
  parts: { db: Db; clock: Clock },
  supporter: { readonly id: string; readonly country: string },
): Promise<string> {
  const page = { purpose: 'page', subjectId: supporter.id, country: supporter.country } as const;
  const { token } = await inTransaction(parts.db, (tx) => createLink(tx, page, parts.clock.now()));
  return token;
}
