import type { Layout } from '../../campaign/campaign-types.ts';

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
  const head = [parts.sender.join('\n'), ...middle(parts), ...greeting(parts)];
  return `${[...head, ...body, parts.closing, parts.signature].join('\n\n')}\n`;
}

// In France the day stands beside the town, under both addresses; elsewhere between them.
function middle({ layout, dateLine, recipient }: LetterParts): string[] {
  return layout === 'french' ? [recipient.join('\n'), dateLine] : [dateLine, recipient.join('\n')];
}

// A British heading follows the salutation; elsewhere the subject comes first.
function greeting({ layout, subjectLine, salutation }: LetterParts): string[] {
  return layout === 'british' ? [salutation, subjectLine] : [subjectLine, salutation];
}
