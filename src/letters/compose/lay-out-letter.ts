import type { Layout } from '../../campaign/campaign-types.ts';

/** The parts of a letter that a layout puts in place. */
export type LetterParts = {
  readonly layout: Layout;
  readonly sender: readonly string[];
  readonly recipient: readonly string[];
  readonly dateLine: string;
  readonly subjectLine: string;
  readonly salutation: string;
  /** Visual paragraphs, in order. */
  readonly body: readonly string[];
  readonly closing: string;
  readonly signature: string;
};

/**
 * The whole letter as plain text, in the order in which that country sets one: an empty line between blocks,
 * no line broken by us.
 */
export function layOutLetter(parts: LetterParts): string {
  const head = [parts.sender.join('\n'), ...middle(parts), ...greeting(parts)];
  return `${[...head, ...parts.body, parts.closing, parts.signature].join('\n\n')}\n`;
}

// In France and Germany the day stands under both addresses; elsewhere between them.
function middle({ layout, dateLine, recipient }: LetterParts): string[] {
  return layout === 'french' || layout === 'german'
    ? [recipient.join('\n'), dateLine]
    : [dateLine, recipient.join('\n')];
}

// A British heading follows the salutation; elsewhere the subject comes first.
function greeting({ layout, subjectLine, salutation }: LetterParts): string[] {
  return layout === 'british' ? [salutation, subjectLine] : [subjectLine, salutation];
}
