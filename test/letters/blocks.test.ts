import { expect, it } from 'vitest';
import { blocksOf, blockTexts } from '../../src/letters/compose/blocks.ts';

const paragraphs = [
  { block: 0, text: 'I live here.' },
  { block: 0, text: 'I ask.' },
  { block: 2, text: '' },
  { block: 1, text: 'It happened.' },
  { block: 0, text: '' },
];

it('puts paragraphs of one block together, in the order of the letter', () => {
  expect(blocksOf(paragraphs).map(({ block, paragraphs: together }) => [block, together.length])).toEqual([
    [0, 3],
    [2, 1],
    [1, 1],
  ]);
});

it('writes each block as one text, without a gap for what is empty', () => {
  expect(blockTexts(paragraphs)).toEqual(['I live here. I ask.', '', 'It happened.']);
});
