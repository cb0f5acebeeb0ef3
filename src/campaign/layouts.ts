/** What stands above the text of a letter, and below it. */
type HeadPart = 'sender' | 'date' | 'recipient' | 'subject' | 'salutation';
type FootPart = 'closing' | 'date' | 'signature';

/** How a country lays out a letter. A new way of doing it is a line here and no code. */
export type LayoutPlan = {
  /** In the order in which they stand. */
  readonly head: readonly HeadPart[];
  readonly foot: readonly FootPart[];
  /** How the line with postcode and town is written. */
  readonly locality: string;
};

const townFirst = '{town} {postcode}';
const postcodeFirst = '{postcode} {town}';
const signed = ['closing', 'signature'] as const;

const plans = {
  // A British heading follows the salutation; elsewhere the subject comes first.
  british: {
    head: ['sender', 'date', 'recipient', 'salutation', 'subject'],
    foot: signed,
    locality: townFirst,
  },
  us: { head: ['sender', 'date', 'recipient', 'subject', 'salutation'], foot: signed, locality: townFirst },
  canadian: {
    head: ['sender', 'date', 'recipient', 'subject', 'salutation'],
    foot: signed,
    locality: townFirst,
  },
  // On the continent the day stands under both addresses.
  french: {
    head: ['sender', 'recipient', 'date', 'subject', 'salutation'],
    foot: signed,
    locality: postcodeFirst,
  },
  german: {
    head: ['sender', 'recipient', 'date', 'subject', 'salutation'],
    foot: signed,
    locality: postcodeFirst,
  },
  swiss: {
    head: ['sender', 'recipient', 'date', 'subject', 'salutation'],
    foot: signed,
    locality: postcodeFirst,
  },
  belgian: {
    head: ['sender', 'recipient', 'date', 'subject', 'salutation'],
    foot: signed,
    locality: postcodeFirst,
  },
  dutch: {
    head: ['sender', 'recipient', 'date', 'subject', 'salutation'],
    foot: signed,
    locality: postcodeFirst,
  },
  nordic: {
    head: ['sender', 'recipient', 'date', 'subject', 'salutation'],
    foot: signed,
    locality: postcodeFirst,
  },
  italian: {
    head: ['sender', 'recipient', 'date', 'subject', 'salutation'],
    foot: signed,
    locality: postcodeFirst,
  },
  // Written across: day, then the office, then the writer, who is not named again below 敬具.
  japanese: {
    head: ['date', 'recipient', 'sender', 'subject', 'salutation'],
    foot: ['closing'],
    locality: '〒{postcode} {town}',
  },
  // The day stands at the end, above the name.
  korean: {
    head: ['sender', 'recipient', 'subject', 'salutation'],
    foot: ['closing', 'date', 'signature'],
    locality: postcodeFirst,
  },
} as const satisfies Readonly<Record<string, LayoutPlan>>;

export type Layout = keyof typeof plans;
export const layouts = Object.keys(plans) as readonly Layout[];
export const layoutPlans: Readonly<Record<Layout, LayoutPlan>> = plans;

/** Postcode and town as countries of a layout write them on one line. */
export function writeLocality(layout: Layout, postcode: string, town: string): string {
  return layoutPlans[layout].locality.replace(/\{(postcode|town)\}/g, (_, part) =>
    part === 'town' ? town : postcode.replace(/^〒\s*/, ''),
  );
}
