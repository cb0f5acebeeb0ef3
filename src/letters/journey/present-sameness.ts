import type { ComposedLetter } from '../compose/compose-letter.ts';
import type { Sameness } from '../compose/sameness-with-office.ts';

const width = 54;

// Whoever guesses at another's words must not see the number move with each guess.
const step = 10;

/**
 * The sameness picture: a small letter, solid lines only the writer's, broken lines like earlier letters. The
 * number in whole tens, downwards, so that it falls in the same band.
 */
export function presentSameness(letter: Pick<ComposedLetter, 'ownWords' | 'toolWords'>, sameness: Sameness) {
  const number = Math.floor((sameness.number ?? 0) / step) * step;
  return {
    none: sameness.number === null,
    number,
    band: number < 50 ? 'good' : number < 90 ? 'middle' : 'joint',
    lines: drawingOf(letter.ownWords, letter.toolWords),
  };
}

const count = 12;

// Twelve lines, as many of them solid as the writer's own words are of the whole, in the middle of the sheet.
const drawings = Array.from({ length: count + 1 }, (_, own) => drawLines(own));

function drawingOf(ownWords: number, toolWords: number) {
  const own = Math.round((count * ownWords) / Math.max(1, ownWords + toolWords));
  return drawings[Math.min(count, Math.max(1, own))];
}

function drawLines(own: number) {
  const first = Math.floor((count - own) / 2);
  const lines = Array.from({ length: count }, (_, place) => ({
    path: `M9 ${10 + place * 6.5}h${place === count - 1 ? width / 2 : width}`,
    own: place >= first && place < first + own,
  }));
  const pathOf = (some: typeof lines) => some.map(({ path }) => path).join('');
  return { own: pathOf(lines.filter((line) => line.own)), other: pathOf(lines.filter((line) => !line.own)) };
}
