/** What stands above the text of a letter, and below it. */
type HeadPart = 'sender' | 'date' | 'recipient' | 'subject' | 'salutation';
type FootPart = 'closing' | 'date' | 'signature';
type Side = 'left' | 'right';

/** How a country lays out a letter. A new way of doing it is a line here and no code. */
export type LayoutPlan = {
  /** In the order in which they stand. */
  readonly head: readonly HeadPart[];
  readonly foot: readonly FootPart[];
  /** How the line with postcode and town is written. */
  readonly locality: string;
  /** Addresses go from the large to the small: town, street, and the name last. */
  readonly nameLast?: true;
  readonly page: PagePlan;
};

/** Where things stand on paper, in millimeters from the edges of the sheet. */
type PagePlan = {
  readonly margin: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /**
   * Where the address lies behind the window of that country's envelopes, and where the text begins below it;
   * null: the address follows in the run of the letter. `returnLine`: the sender in small letters above it, the
   * only other thing that shows in the window.
   */
  readonly window: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly textFrom: number;
    readonly returnLine: boolean;
  } | null;
  /** Heights of the marks that say where to fold. */
  readonly folds: readonly number[];
  readonly sender: Side;
  readonly date: Side;
  readonly subject: 'left' | 'center';
  readonly closing: Side;
  readonly signature: Side;
  /** Paragraphs begin one character in. */
  readonly indent: boolean;
};

const townFirst = '{town} {postcode}';
const postcodeFirst = '{postcode} {town}';
const signed = ['closing', 'signature'] as const;
const addressesFirst = ['sender', 'recipient', 'date', 'subject', 'salutation'] as const;

const plain: PagePlan = {
  margin: { left: 25, right: 25, top: 22, bottom: 18 },
  window: null,
  folds: [],
  sender: 'left',
  date: 'left',
  subject: 'left',
  closing: 'left',
  signature: 'left',
  indent: false,
};
const inches: PagePlan = { ...plain, margin: { left: 25.4, right: 25.4, top: 25.4, bottom: 20.3 } };
const windowLeft = { left: 25, top: 50, width: 85, textFrom: 95, returnLine: false };
const windowRight = { left: 110, top: 48, width: 80, textFrom: 92, returnLine: false };
const onTheContinent: PagePlan = { ...plain, date: 'right' };

const plans = {
  // A British heading follows the salutation; elsewhere the subject comes first.
  british: {
    head: ['sender', 'date', 'recipient', 'salutation', 'subject'],
    foot: signed,
    locality: townFirst,
    page: { ...plain, sender: 'right' },
  },
  us: {
    head: ['sender', 'date', 'recipient', 'subject', 'salutation'],
    foot: signed,
    locality: townFirst,
    page: inches,
  },
  canadian: {
    head: ['sender', 'date', 'recipient', 'subject', 'salutation'],
    foot: signed,
    locality: townFirst,
    page: inches,
  },
  // On the continent the day stands under both addresses. France: NF Z 11-001, the window on the right.
  french: {
    head: addressesFirst,
    foot: signed,
    locality: postcodeFirst,
    page: { ...onTheContinent, window: windowRight },
  },
  // DIN 5008, form B: the address field from 45 to 90 mm, its upper 17.7 mm ending in the line of the sender.
  german: {
    head: addressesFirst,
    foot: signed,
    locality: postcodeFirst,
    page: {
      ...onTheContinent,
      margin: { left: 25, right: 20, top: 20, bottom: 16 },
      window: { left: 25, top: 64.7, width: 80, textFrom: 94, returnLine: true },
      folds: [105, 210],
    },
  },
  // SN 010130: the window on the right.
  swiss: {
    head: addressesFirst,
    foot: signed,
    locality: postcodeFirst,
    page: {
      ...onTheContinent,
      date: 'left',
      margin: { left: 25, right: 20, top: 20, bottom: 16 },
      window: { left: 118, top: 52, width: 75, textFrom: 92, returnLine: true },
    },
  },
  belgian: {
    head: addressesFirst,
    foot: signed,
    locality: postcodeFirst,
    page: { ...onTheContinent, window: windowLeft },
  },
  // NEN 1026: the window on the left, everything at one margin.
  dutch: {
    head: addressesFirst,
    foot: signed,
    locality: postcodeFirst,
    page: { ...plain, window: windowLeft },
  },
  nordic: {
    head: addressesFirst,
    foot: signed,
    locality: postcodeFirst,
    page: { ...onTheContinent, window: windowLeft },
  },
  italian: {
    head: addressesFirst,
    foot: signed,
    locality: postcodeFirst,
    page: { ...onTheContinent, window: windowRight, signature: 'right' },
  },
  // Written across: day, then the office, then the writer, who is not named again below 敬具.
  japanese: {
    head: ['date', 'recipient', 'sender', 'subject', 'salutation'],
    foot: ['closing'],
    locality: '〒{postcode} {town}',
    nameLast: true,
    page: { ...plain, date: 'right', sender: 'right', subject: 'center', closing: 'right', indent: true },
  },
  // The day stands at the end, above the name.
  korean: {
    head: ['sender', 'recipient', 'subject', 'salutation'],
    foot: ['closing', 'date', 'signature'],
    locality: '{town} ({postcode})',
    nameLast: true,
    page: { ...plain, date: 'right', signature: 'right' },
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
