import { describe, expect, it } from 'vitest';
import { runsOf, shareOfRuns } from '../../src/letters/compose/common-runs.ts';

type Paragraphs = Parameters<typeof runsOf>[0];
const letter = (...texts: [string, string][]): Paragraphs => ({
  paragraphs: texts.map(([role, text], block) => ({ id: role, role, block, text, reading: {} }) as never),
});

describe('the share of common runs of five words', () => {
  it('is that of the shorter letter', () => {
    const one = runsOf(letter(['ask', 'One two three four five six seven eight.']));
    const other = runsOf(letter(['ask', 'Zero one two three four five six.']));
    expect(one.size).toBe(4);
    expect(shareOfRuns(one, other)).toBeCloseTo(2 / 3);
    expect(shareOfRuns(one, one)).toBe(1);
  });

  it('leaves the writer’s own words out', () => {
    const words = 'I drive the early bus in our town every day.';
    expect(runsOf(letter(['own-words', words], ['link', words])).size).toBe(0);
  });

  it('finds words where no spaces part them', () => {
    const runs = runsOf(letter(['ask', '普通の旅行者に及ぶことではありません。']));
    expect(runs.size).toBeGreaterThan(2);
  });
});
