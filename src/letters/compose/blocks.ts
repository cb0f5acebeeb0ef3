type InBlock = { readonly block: number };

export type Block<Paragraph> = { readonly block: number; readonly paragraphs: readonly Paragraph[] };

/** Paragraphs that stand together as one on the page, in the order of the letter. */
export function blocksOf<Paragraph extends InBlock>(paragraphs: readonly Paragraph[]): Block<Paragraph>[] {
  const blocks = Map.groupBy(paragraphs, ({ block }) => block);
  return [...blocks].map(([block, together]) => ({ block, paragraphs: together }));
}

/** The text of each block; its paragraphs follow each other on the line, apart where the language has spaces. */
export function blockTexts(
  paragraphs: readonly (InBlock & { readonly text: string })[],
  spaces = true,
): string[] {
  return blocksOf(paragraphs).map((block) =>
    joinTexts(
      block.paragraphs.map(({ text }) => text),
      spaces,
    ),
  );
}

export function joinTexts(texts: readonly string[], spaces = true): string {
  return texts.filter((text) => text !== '').join(spaces ? ' ' : '');
}
