import type { Db } from '../database/connect.ts';
import { inSnapshot, inTransaction } from '../database/transaction.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { Views } from '../rendering/create-views.ts';
import { type Clock, minute } from '../shared/clock.ts';
import { describeError, type Logger } from '../shared/logger.ts';
import type { Vault } from '../vault/vault.ts';
import { claimLinkMail, type LinkMail, linkMailsToSend, settleLinkMail } from './link-mail-store.ts';
import type { LinkMailContent } from './mail-a-link.ts';

type Parts = {
  readonly db: Db;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly mailer: Mailer;
  readonly views: Views;
  readonly logger: Logger;
  readonly mailSiteUrl: string;
  readonly supporterSender: string;
};

/** A process that died in the middle sends again after this time: the same link, so a second copy does no harm. */
const lease = 2 * minute;
const mostAttempts = 8;

/** Sends the neutral mails that wait. @returns how many went out. */
export async function sendLinkMails(parts: Parts): Promise<number> {
  const due = await inSnapshot(parts.db, (tx) => linkMailsToSend(tx, parts.clock.now(), 50));
  let sent = 0;
  for (const mail of due) if (await sendOne(parts, mail)) sent++;
  return sent;
}

async function sendOne(parts: Parts, mail: LinkMail): Promise<boolean> {
  const claimed = await inTransaction(parts.db, (tx) => claimLinkMail(tx, mail, parts.clock.now() + lease));
  if (!claimed || !mail.box) return false;
  const vault = await parts.vault.forCountry(parts.db, mail.country);
  const content = JSON.parse(vault.open('link_mails', mail.id, mail.box)) as LinkMailContent;
  const verdict = await submit(parts, mail, content);
  await inTransaction(parts.db, (tx) =>
    settleLinkMail(tx, mail.id, settlement(verdict, mail, parts.clock.now())),
  );
  return verdict === 'accepted';
}

async function submit(parts: Parts, mail: LinkMail, content: LinkMailContent): Promise<string> {
  try {
    const verdict = await parts.mailer.submit(writeLinkMail(parts, mail, content));
    return verdict.kind;
  } catch (error) {
    parts.logger.error('link mail not sent', { id: mail.id, error: describeError(error) });
    return 'try-later';
  }
}

function settlement(verdict: string, mail: LinkMail, now: number) {
  if (verdict === 'accepted') return { state: 'sent' } as const;
  if (verdict === 'refused' || mail.attempts + 1 >= mostAttempts) return { state: 'failed' } as const;
  return { state: 'queued', nextAttemptAt: now + 5 * minute * 2 ** Math.min(mail.attempts, 6) } as const;
}

function writeLinkMail(parts: Parts, mail: LinkMail, content: LinkMailContent) {
  const { subject, text, html } = parts.views.mail('link', mail.language as 'km' | 'en' | 'fr', {
    url: `${parts.mailSiteUrl}/${mail.language}/l/${content.token}`,
    until: content.expiresAt,
  });
  const domain = parts.supporterSender.split('@')[1] ?? 'localhost';
  return {
    from: { name: '', address: parts.supporterSender },
    to: content.to,
    subject,
    text,
    html,
    messageId: `<${mail.messageId}@${domain}>`,
    envelopeFrom: parts.supporterSender,
  };
}
