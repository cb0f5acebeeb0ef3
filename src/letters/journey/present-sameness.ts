import type { Composition } from './compose-from-form.ts';

const width = 54;

/** The sameness picture: a small letter, solid lines only the writer's, broken lines like earlier letters. */
export function presentSameness({ letter, sameness }: Composition) {
  const number = sameness.number;
  return {
    none: sameness.letters === 0,
    number: number ?? 0,
    band: (number ?? 0) < 50 ? 'good' : (number ?? 0) < 90 ? 'middle' : 'joint',
    lines: drawLines(letter.ownWords, letter.toolWords),
  };
}

// Twelve lines, as many of them solid as the writer's own words are of the whole, in the middle of the sheet.
function drawLines(ownWords: number, toolWords: number) {
  const count = 12;
  const own = Math.max(1, Math.round((count * ownWords) / Math.max(1, ownWords + toolWords)));
  const first = Math.floor((count - own) / 2);
  return Array.from({ length: count }, (_, place) => ({
    y: String(10 + place * 6.5),
    width: String(place === count - 1 ? width / 2 : width),
    own: place >= first && place < first + own,
  }));
}
