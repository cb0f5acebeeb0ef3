import { hash } from 'node:crypto';

/** A number from 0 up to 1, the next of a row that a seed fixes. */
export type Random = () => number;

/** The generator sfc32 (Chris Doty-Humphrey), started from the SHA-256 of a text: the same text, the same row. */
export function seededRandom(seed: string): Random {
  const start = hash('sha256', seed, 'buffer');
  let a = start.readInt32LE(0);
  let b = start.readInt32LE(4);
  let c = start.readInt32LE(8);
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 4_294_967_296;
  };
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new RangeError('nothing to pick from');
  return one;
}

/** One of a list, each as likely as its weight; weights sum to more than zero. */
export function pickWeighted<T>(
  random: Random,
  list: readonly T[],
  weight: (one: T, place: number) => number,
): T {
  let rest = random() * list.reduce((sum, one, place) => sum + weight(one, place), 0);
  let last: T | undefined;
  for (const [place, one] of list.entries()) {
    const share = weight(one, place);
    if (share <= 0) continue;
    last = one;
    rest -= share;
    if (rest < 0) return one;
  }
  if (last === undefined) throw new RangeError('nothing to pick from');
  return last;
}
