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
  const spans = spansBefore(slots);
  const ways = countWays(slots, spans, least, most);
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

/** The fewest and the most words. */
type Span = { readonly fewest: number; readonly most: number };

// What the slots before each slot take together; the last entry is what all of them take.
function spansBefore(slots: readonly Slot[]): Span[] {
  const spans: Span[] = [{ fewest: 0, most: 0 }];
  for (const { options } of slots) {
    const before = spans.at(-1) ?? { fewest: 0, most: 0 };
    const words = options.map((option) => option.words);
    spans.push({ fewest: before.fewest + Math.min(...words), most: before.most + Math.max(...words) });
  }
  return spans;
}

// Only lengths from which a whole letter of the right length can still come of it.
function countWays(slots: readonly Slot[], spans: readonly Span[], least: number, most: number): number[][] {
  const ways: number[][] = new Array(slots.length + 1);
  let rest: number[] = new Array(most + 1).fill(0);
  rest[0] = 1;
  ways[slots.length] = rest;
  for (let place = slots.length - 1; place >= 0; place--) {
    const here: number[] = new Array(most + 1).fill(0);
    const from = Math.max(0, least - (spans[place]?.most ?? 0));
    const to = most - (spans[place]?.fewest ?? 0);
    for (const { words, weight } of slots[place]?.options ?? []) {
      for (let length = Math.max(words, from); length <= to; length++) {
        here[length] = (here[length] ?? 0) + weight * (rest[length - words] ?? 0);
      }
    }
    ways[place] = here;
    rest = here;
  }
  return ways;
}
