import type { Typesetter } from '../../rendering/typeset.ts';
import type { ComposedLetter } from '../compose/compose-letter.ts';

/** Sizes tried, the first that keeps the letter on one page wins. */
const sizes = [11, 10.5, 10, 9.5] as const;

/** The letter as its country lays letters out, on one A4 or US Letter page. */
export function drawLetter(typesetter: Typesetter, letter: ComposedLetter): Buffer {
  const data = {
    layout: letter.layout,
    paper: letter.paper === 'letter' ? 'us-letter' : 'a4',
    language: letter.language,
    sender: letter.sender,
    dateLine: letter.dateLine,
    recipient: letter.recipient,
    subject: letter.subjectLine,
    salutation: letter.salutation,
    paragraphs: letter.blocks.map((text) => ({ text, gap: false })),
    closing: letter.closing,
    name: letter.signature,
    sources: letter.sources,
  };
  return typesetter.pdf('letter', data, sizes);
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
