import type { Campaign, ReaderLanguage } from '../../campaign/campaign-types.ts';
import type { Language } from '../../rendering/languages.ts';
import type { ComposedLetter, Paragraph } from '../compose/compose-letter.ts';

type Block = { text: string; reading: string; mine: boolean; changed: boolean };

/** What pages show of a composed letter: the sheet, and beside each paragraph what it says in the reader's language. */
export function presentLetter(
  campaign: Campaign,
  letter: ComposedLetter,
  reader: Language,
  also: { readonly ownWordsInKhmer: string; readonly changed: readonly string[] },
) {
  const place = campaign.places.get(letter.place);
  return {
    language: letter.language,
    languageName: languageName(letter.language, reader),
    /** The reader reads the letter's own language: no second column. */
    alone: letter.language === reader,
    date: letter.date,
    dateLine: letter.dateLine,
    senderText: letter.sender.join('\n'),
    recipientText: letter.recipient.join('\n'),
    postage: place?.postage ?? { en: '', fr: '', km: '' },
    subject: letter.subjectLine,
    /** Where this country puts them: the day under both addresses, the subject under the salutation. */
    dayLast: place?.layout === 'french',
    subjectLast: place?.layout === 'british',
    subjectReading: letter.subjectReading[reader] ?? '',
    salutation: letter.salutation,
    blocks: blocksOf(letter.paragraphs, reader, also),
    closing: letter.closing,
    signature: letter.signature,
    sources: letter.sources,
    words: letter.words,
    text: letter.text,
  };
}

function blocksOf(
  paragraphs: readonly Paragraph[],
  reader: ReaderLanguage,
  also: { readonly ownWordsInKhmer: string; readonly changed: readonly string[] },
): Block[] {
  const blocks = new Map<number, Block>();
  for (const { id, role, block, text, reading } of paragraphs) {
    const mine = role === 'own-words';
    const before = blocks.get(block) ?? { text: '', reading: '', mine, changed: false };
    const meaning = mine ? also.ownWordsInKhmer : (reading[reader] ?? '');
    blocks.set(block, {
      text: join(before.text, text),
      reading: join(before.reading, meaning),
      mine,
      changed: before.changed || also.changed.includes(id),
    });
  }
  return [...blocks.values()];
}

function join(one: string, other: string): string {
  return one && other ? `${one} ${other}` : one || other;
}

const languageNames: Readonly<Record<Language, Intl.DisplayNames>> = {
  km: new Intl.DisplayNames(['km'], { type: 'language' }),
  en: new Intl.DisplayNames(['en'], { type: 'language' }),
  fr: new Intl.DisplayNames(['fr'], { type: 'language' }),
};

function languageName(language: string, reader: Language): string {
  return languageNames[reader].of(language) ?? language;
}
