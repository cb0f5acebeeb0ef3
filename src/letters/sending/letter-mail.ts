import type { OutgoingMessage } from '../../mail/message.ts';
import type { Views } from '../../rendering/create-views.ts';
import { isLanguage, type Language } from '../../rendering/languages.ts';
import type { LetterContent } from '../letter-content.ts';
import type { Letter } from '../letter-store.ts';

/** How a writer is called whose name only an organizer knows (identity level 3). */
const unnamed: Readonly<Partial<Record<Language, string>>> = {
  en: 'A constituent',
  fr: 'Un habitant de votre circonscription',
};

/**
 * The mail that takes a letter to an office: from our address in the writer's name, answers to the writer's own
 * (security S-80), the letter as confirmed, and below it what was checked and what was not (S-79).
 * @param to the office's address, from the directory.
 * @param sender our address for letters; the part before @ takes the bounce mark.
 */
export function writeLetterMail(
  views: Views,
  mail: {
    readonly letter: Letter;
    readonly content: LetterContent;
    readonly to: string;
    readonly sender: string;
  },
): OutgoingMessage {
  const { letter, content, to, sender } = mail;
  const language = isLanguage(letter.language) ? letter.language : 'en';
  const { subject, text, html } = views.mail(`letter.${language}`, language, {
    subject: content.subject,
    text: content.text,
    paragraphs: content.text.split(/\n{2,}/),
    replyTo: content.replyTo,
    confirmedOn: letter.letterDay,
    sender,
  });
  const [box = '', domain = ''] = sender.split('@');
  return {
    from: { name: `${writerName(letter, content, language)} via Every Country Counts`, address: sender },
    to,
    replyTo: content.replyTo,
    subject,
    text,
    html,
    messageId: `<${letter.messageId}@${domain}>`,
    envelopeFrom: `${box}+${letter.messageId}@${domain}`,
  };
}

function writerName(letter: Letter, content: LetterContent, language: Language): string {
  return letter.identity === 3 ? (unnamed[language] ?? '') : content.letterCase.writer.name;
}
