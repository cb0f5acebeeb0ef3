import type { Refusal } from '../formats/format.ts';
import type { Source } from '../read-source.ts';

/** One code and one area it lies in; a code in several areas has several. */
export type PostcodeEntry = {
  readonly code: string;
  readonly areaKey: string;
  readonly areaName: string;
  /** The state or province of the area, where the table says it. */
  readonly regionKey: string | null;
};

type Area = { readonly key: string; readonly name: string; readonly regionKey?: string };

export type PostcodeTable = {
  readonly entries: readonly PostcodeEntry[];
  readonly refused: readonly Refusal[];
};

/** One file a shape of table, known by its content. Reading is pure. */
export type PostcodeFormat = {
  readonly id: string;
  readonly country: string;
  readonly describes: string;
  /** Whether it names one area a code where there may be several: what it finds is a suggestion. */
  readonly lossy: boolean;
  recognizes(source: Source): boolean;
  read(source: Source): PostcodeTable;
};

/** Collects entries and what was refused while a table is read. */
export function createCollector(): {
  add(line: number, code: string | null, area: Area | null, shown: string): void;
  table(): PostcodeTable;
} {
  const entries: PostcodeEntry[] = [];
  const refused: Refusal[] = [];
  return {
    add(line, code, area, shown) {
      if (!code) refused.push({ line, reason: `"${shown.slice(0, 40)}" is no postcode.` });
      else if (!area) refused.push({ line, reason: `"${shown.slice(0, 40)}" has no constituency.` });
      else entries.push({ code, areaKey: area.key, areaName: area.name, regionKey: area.regionKey ?? null });
    },
    table: () => ({ entries, refused }),
  };
}
