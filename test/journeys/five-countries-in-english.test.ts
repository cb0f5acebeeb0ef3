import { describe, it } from 'vitest';
import { fiveWriters } from './support/letters.ts';
import { hasRealLists, importRealLists } from './support/lists.ts';
import { openStage, whyNoBrowser } from './support/stage.ts';
import { walkWholeWay } from './support/walks.ts';

describe.skipIf(whyNoBrowser() !== null || !hasRealLists())(
  'in English, on a wide screen, with scripts',
  () => {
    const stage = openStage(importRealLists, 'file');

    it.each(fiveWriters)(
      'a letter from $country goes by $route, and only its organizer sees it',
      async (writer) => await walkWholeWay(stage, 'english', writer, writer.country),
      120_000,
    );
  },
);
