import type { Campaign, ReaderLanguage } from '../../campaign/campaign-types.ts';
import { layoutPlans } from '../../campaign/layouts.ts';
import { type Language, languageNameIn } from '../../rendering/languages.ts';
import { blocksOf, joinTexts } from '../compose/blocks.ts';
import type { ComposedLetter, Paragraph } from '../compose/compose-letter.ts';

type Shown = { text: string; reading: string; mine: boolean; changed: boolean };

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
    languageName: languageNameIn(letter.language, reader),
    /** The reader reads the letter's own language: no second column. */
    alone: letter.language === reader,
    date: letter.date,
    dateLine: letter.dateLine,
    senderText: letter.sender.join('\n'),
    recipientText: letter.recipient.join('\n'),
    postage: place?.postage ?? { en: '', fr: '', km: '' },
    subject: letter.subjectLine,
    /** What stands above the text and below it, in the order of that country. */
    head: layoutPlans[letter.layout].head,
    foot: layoutPlans[letter.layout].foot,
    subjectReading: letter.subjectReading[reader] ?? '',
    salutation: letter.salutation,
    blocks: presentBlocks(
      letter.paragraphs,
      reader,
      campaign.languages.get(letter.language)?.spaces ?? true,
      also,
    ),
    closing: letter.closing,
    signature: letter.signature,
    sources: letter.sources,
    words: letter.words,
    /** Its language counts characters, not words. */
    inCharacters: campaign.languages.get(letter.language)?.length.unit === 'characters',
    text: letter.text,
  };
}

function presentBlocks(
  paragraphs: readonly Paragraph[],
  reader: ReaderLanguage,
  spaces: boolean,
  also: { readonly ownWordsInKhmer: string; readonly changed: readonly string[] },
): Shown[] {
  const isMine = ({ role }: Paragraph) => role === 'own-words';
  return blocksOf(paragraphs).map(({ paragraphs: together }) => ({
    text: joinTexts(
      together.map(({ text }) => text),
      spaces,
    ),
    reading: joinTexts(
      together.map((paragraph) =>
        isMine(paragraph) ? also.ownWordsInKhmer : (paragraph.reading[reader] ?? ''),
      ),
    ),
    mine: together.some(isMine),
    changed: together.some(({ id }) => also.changed.includes(id)),
  }));
}
