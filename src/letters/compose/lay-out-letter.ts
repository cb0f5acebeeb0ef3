import { type Layout, layoutPlans } from '../../campaign/layouts.ts';

/** The parts of a letter that a layout puts in place. */
export type LetterParts = {
  readonly layout: Layout;
  readonly sender: readonly string[];
  readonly recipient: readonly string[];
  readonly dateLine: string;
  readonly subjectLine: string;
  readonly salutation: string;
  readonly closing: string;
  readonly signature: string;
};

/**
 * The whole letter as plain text, in the order in which that country sets one: an empty line between blocks,
 * no line broken by us.
 * @param body visual paragraphs, in order
 */
export function layOutLetter(parts: LetterParts, body: readonly string[]): string {
  const { head, foot } = layoutPlans[parts.layout];
  const texts = {
    sender: parts.sender.join('\n'),
    date: parts.dateLine,
    recipient: parts.recipient.join('\n'),
    subject: parts.subjectLine,
    salutation: parts.salutation,
    closing: parts.closing,
    signature: parts.signature,
  };
  const blocks = [...head.map((part) => texts[part]), ...body, ...foot.map((part) => texts[part])];
  return `${blocks.join('\n\n')}\n`;
}
