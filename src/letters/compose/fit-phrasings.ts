import type { Phrasing } from '../../campaign/compile-phrasing.ts';
import type { Random } from './seeded-random.ts';

/** One wording that could fill a part of the letter. */
export type Option = {
  readonly paragraph: string;
  readonly index: number;
  readonly phrasing: Phrasing;
};

/** A part of the letter that one of several wordings fills. */
export type Slot = {
  readonly role: string;
  readonly options: readonly Option[];
  /** Words of each option once its fields are filled. */
  readonly words: readonly number[];
  /** How gladly each option is taken: less, the more often the office has had it. */
  readonly weights: readonly number[];
};

/**
 * Chooses a wording for each slot so that together they have `least` to `most` words: every fitting
 * combination can come, each as likely as the product of its weights.
 * Counts, from the last slot to the first, how many ways lead to each length, then walks forward.
 * @returns the place of the wording in each slot's options; null where no combination fits.
 */
export function fitPhrasings(
  slots: readonly Slot[],
  least: number,
  most: number,
  random: Random,
): readonly number[] | null {
  const ways = countWays(slots, least, most);
  const whole = ways[0] ?? none;
  let left = drawLength(whole, least, most, random);
  if (left === null) return null;
  const places: number[] = [];
  for (const [place, slot] of slots.entries()) {
    const chosen = drawOption(slot, ways[place + 1] ?? none, left, random);
    left -= slot.words[chosen] ?? 0;
    places.push(chosen);
  }
  return places;
}

// One of the lengths, each as likely as its ways are many.
function drawLength(ways: Float64Array, least: number, most: number, random: Random): number | null {
  let sum = 0;
  for (let length = least; length <= most; length++) sum += ways[length] ?? 0;
  if (sum === 0) return null;
  let rest = random() * sum;
  let last: number | null = null;
  for (let length = least; length <= most; length++) {
    const share = ways[length] ?? 0;
    if (share <= 0) continue;
    last = length;
    rest -= share;
    if (rest < 0) return length;
  }
  return last;
}

// One of the options, each as likely as its weight times the ways on from it.
function drawOption({ words, weights }: Slot, ways: Float64Array, left: number, random: Random): number {
  const share = (place: number) => (weights[place] ?? 0) * (ways[left - (words[place] ?? 0)] ?? 0);
  let sum = 0;
  for (let place = 0; place < words.length; place++) sum += share(place);
  let rest = random() * sum;
  let last = 0;
  for (let place = 0; place < words.length; place++) {
    if (share(place) <= 0) continue;
    last = place;
    rest -= share(place);
    if (rest < 0) return place;
  }
  return last;
}

const none = new Float64Array();

/** Ways by length, for each slot and those after it; made once and filled anew, since every letter needs them. */
const tables: Float64Array[] = [];

function table(place: number, lengths: number): Float64Array {
  const known = tables[place];
  if (known?.length === lengths) return known.fill(0);
  const made = new Float64Array(lengths);
  tables[place] = made;
  return made;
}

// Only lengths from which a whole letter of the right length can still come of it.
function countWays(slots: readonly Slot[], least: number, most: number): readonly Float64Array[] {
  let { fewest, widest } = spanOf(slots);
  let rest = table(slots.length, most + 1);
  rest[0] = 1;
  for (let place = slots.length - 1; place >= 0; place--) {
    const { words, weights } = slots[place] ?? { words: [], weights: [] };
    fewest -= Math.min(...words);
    widest -= Math.max(...words);
    const here = table(place, most + 1);
    for (let option = 0; option < words.length; option++) {
      const count = words[option] ?? 0;
      const weight = weights[option] ?? 0;
      for (let length = Math.max(count, least - widest); length <= most - fewest; length++) {
        here[length] = (here[length] ?? 0) + weight * (rest[length - count] ?? 0);
      }
    }
    rest = here;
  }
  return tables;
}

/** The fewest and the most words that all slots take together. */
function spanOf(slots: readonly Slot[]): { fewest: number; widest: number } {
  let fewest = 0;
  let widest = 0;
  for (const { words } of slots) {
    fewest += Math.min(...words);
    widest += Math.max(...words);
  }
  return { fewest, widest };
}
