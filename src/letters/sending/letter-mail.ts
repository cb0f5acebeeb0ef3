import type { OutgoingMessage } from '../../mail/message.ts';
import type { Views } from '../../rendering/create-views.ts';
import { isLanguage } from '../../rendering/languages.ts';
import { writeDay } from '../../rendering/write-dates.ts';
import type { Day } from '../../shared/clock.ts';
import type { LetterContent } from '../letter-content.ts';
import type { Letter } from '../letter-store.ts';

/**
 * How a writer is called whose name only an organizer knows (identity level 3), by language: those in which there
 * is a mail for letters (templates/mails/letter.<language>.*).
 */
const unnamed: ReadonlyMap<string, string> = new Map([
  ['en', 'A constituent'],
  ['fr', 'Un habitant de votre circonscription'],
  ['de', 'Eine Person aus Ihrem Wahlkreis'],
  ['it', 'Una persona del Suo collegio'],
  ['nl', 'Een inwoner van uw land'],
  ['sv', 'En väljare'],
  ['nb', 'En velger'],
  ['da', 'En vælger'],
  ['ja', '選挙区の一住民'],
  ['ko', '지역구 주민'],
]);

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
  const language = unnamed.has(baseOf(letter.language)) ? letter.language : 'en';
  const { subject, text, html } = views.mail(`letter.${language}`, language, {
    subject: content.subject,
    text: content.text,
    paragraphs: content.text.split(/\n{2,}/),
    replyTo: content.replyTo,
    confirmedOn: writeDayIn(language, letter.letterDay),
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

function writerName(letter: Letter, content: LetterContent, language: string): string {
  return letter.identity === 3 ? (unnamed.get(baseOf(language)) ?? '') : content.letterCase.writer.name;
}

// German in Switzerland has a mail of its own, but calls people as German does.
function baseOf(language: string): string {
  return language.split('-')[0] ?? language;
}

function writeDayIn(language: string, day: Day): string {
  if (isLanguage(language)) return writeDay(day, language);
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(Date.parse(`${day}T00:00:00Z`));
}
