import type { Phrasing } from '../../campaign/compile-phrasing.ts';
import { pickWeighted, type Random } from './seeded-random.ts';

/** One wording that could fill a part of the letter. */
export type Option = {
  readonly paragraph: string;
  readonly index: number;
  readonly phrasing: Phrasing;
  /** Words once its fields are filled. */
  readonly words: number;
  /** How gladly it is taken: less, the more often the office has had it. */
  readonly weight: number;
};

/** A part of the letter that one of several wordings fills. */
export type Slot = { readonly role: string; readonly options: readonly Option[] };

/**
 * Chooses a wording for each slot so that together they have `least` to `most` words: every fitting
 * combination can come, each as likely as the product of its weights. Null where none fits.
 * Counts, from the last slot to the first, how many ways lead to each length, then walks forward.
 */
export function fitPhrasings(
  slots: readonly Slot[],
  least: number,
  most: number,
  random: Random,
): readonly Option[] | null {
  const ways = countWays(slots, most);
  const lengths = Array.from({ length: most - least + 1 }, (_, step) => least + step);
  const whole = ways[0];
  if (!whole || lengths.every((length) => !whole[length])) return null;
  let left = pickWeighted(random, lengths, (length) => whole[length] ?? 0);
  return slots.map((slot, place) => {
    const rest = ways[place + 1];
    const chosen = pickWeighted(random, slot.options, (one) => one.weight * (rest?.[left - one.words] ?? 0));
    left -= chosen.words;
    return chosen;
  });
}

function countWays(slots: readonly Slot[], most: number): Float64Array[] {
  const none = new Float64Array(most + 1);
  none[0] = 1;
  const ways = [none];
  for (const slot of slots.toReversed()) {
    const rest = ways[0] ?? none;
    const here = new Float64Array(most + 1);
    for (const { words, weight } of slot.options) {
      for (let length = words; length <= most; length++) {
        here[length] = (here[length] ?? 0) + weight * (rest[length - words] ?? 0);
      }
    }
    ways.unshift(here);
  }
  return ways;
}
