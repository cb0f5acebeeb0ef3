import { layoutPlans } from '../../campaign/layouts.ts';
import type { Typesetter } from '../../rendering/typeset.ts';
import { blocksOf } from '../compose/blocks.ts';
import type { ComposedLetter } from '../compose/compose-letter.ts';

/** Sizes tried, the first that keeps the letter on one page wins. */
const sizes = [11, 10.5, 10, 9.5, 9, 8.5, 8] as const;
/** A letter with ruled space is fuller. */

/**
 * The letter as its country lays letters out, on one A4 or US Letter page.
 * @param options `ownWordsByHand`: ruled space in place of the writer's own words
 */
export function drawLetter(
  typesetter: Typesetter,
  letter: ComposedLetter,
  options: { readonly ownWordsByHand?: boolean } = {},
): Buffer {
  const byHand = options.ownWordsByHand === true;
  const own = blocksOf(letter.paragraphs).map(({ paragraphs }) =>
    paragraphs.some(({ role }) => role === 'own-words'),
  );
  const { head, foot, page } = layoutPlans[letter.layout];
  const [language = '', region = null] = letter.language.split('-');
  const data = {
    head,
    foot,
    page,
    byHand,
    paper: letter.paper === 'letter' ? 'us-letter' : 'a4',
    language,
    region,
    leading: denseScripts.has(language) ? 0.8 : 0.62,
    sender: letter.sender,
    dateLine: letter.dateLine,
    recipient: letter.recipient,
    subject: letter.subjectLine,
    salutation: letter.salutation,
    paragraphs: letter.blocks.map((text, at) => ({
      text: breakLongRuns(text),
      gap: byHand && own[at] === true,
    })),
    closing: letter.closing,
    name: letter.signature,
    sources: letter.sources,
  };
  return typesetter.pdf('letter', data, sizes);
}

// A run without spaces that is longer than a line would be cut off at the edge of the page.
function breakLongRuns(text: string): string {
  return text.replace(/[!-~\u00a1-\u024f]{50,}/g, (run) => run.replace(/.{30}/g, '$&\u200b'));
}

/** Languages whose letters fill their squares need more room between lines. */
const denseScripts: ReadonlySet<string> = new Set(['ja', 'ko']);

/** Whether the letter can be drawn here: the fonts of some languages are optional. */
export function canDraw(typesetter: Typesetter, { language }: Pick<ComposedLetter, 'language'>): boolean {
  return typesetter.canSet(language.slice(0, 2));
}

/** Mail programs cut longer addresses; then only the subject goes along. */
const longestMailto = 1_800;

/** A `mailto:` address; `short` where the text did not fit and must be copied. */
export function mailtoAddress(to: string, subject: string, body: string): { href: string; short: boolean } {
  const [box = '', domain = ''] = to.split('@');
  const start = `mailto:${encodeURIComponent(box)}@${domain}?subject=${encodeURIComponent(subject)}`;
  const whole = `${start}&body=${encodeURIComponent(body.replace(/\n/g, '\r\n'))}`;
  return whole.length <= longestMailto ? { href: whole, short: false } : { href: start, short: true };
}
