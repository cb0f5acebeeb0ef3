import type { Gender } from './formats/format.ts';
import { RowRefused } from './row-refused.ts';

const genders: Readonly<Record<string, Gender>> = {
  f: 'f',
  female: 'f',
  mme: 'f',
  m: 'm',
  male: 'm',
  'm.': 'm',
  x: 'x',
  other: 'x',
  'non-binary': 'x',
};

/** What a list says of a person's gender; never worked out from a name. */
export function readGender(cell: string): Gender {
  return genders[cell.trim().toLowerCase()] ?? 'unknown';
}

/** @throws RowRefused when there is no name. */
export function requireName(name: string): string {
  if (!/\p{L}/u.test(name)) throw new RowRefused('The row has no name.');
  if (name.length > 200) throw new RowRefused('The name is longer than a name can be.');
  return name;
}

/** @throws RowRefused when there is no constituency. */
export function requireArea(area: string): string {
  if (!/[\p{L}\p{N}]/u.test(area)) throw new RowRefused('The row has no constituency.');
  if (area.length > 200) throw new RowRefused('The constituency is longer than a name can be.');
  return area;
}

/** Letters that were lost before the file was made stay lost: say so. */
export function nameWarnings(name: string): string[] {
  return /\p{L}[?\ufffd]|[?\ufffd]\p{L}/u.test(name)
    ? [`the name "${name}" has lost letters at its source`]
    : [];
}

/** An empty text as null. */
export function orNull(text: string): string | null {
  return text === '' ? null : text;
}
