import { CsvError, parse } from 'csv-parse/sync';
import { cleanLine } from '../shared/text.ts';
import { RowRefused } from './row-refused.ts';

export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** A table: the header folded to lower case with single spaces, and its rows, with the lines they begin at. */
export type CsvTable = {
  readonly header: readonly string[];
  readonly separator: string;
  readonly rows: readonly CsvRow[];
  /** Why the text could not be read to its end, or null. */
  readonly fault: string | null;
};

const separators = [',', ';', '\t', '|'] as const;
const longestRow = 100_000;

/**
 * Reads separated text. The separator is the one that the first row has most of; empty rows and a repeated
 * header are passed over. Newlines must already be plain `\n`.
 * @returns null where the text has no such shape at all.
 */
export function readCsv(text: string): CsvTable | null {
  const separator = findSeparator(text);
  if (!separator) return null;
  try {
    const [first, ...others] = parseRows(text, separator);
    if (!first) return null;
    const header = first.cells.map(foldHeader);
    const rows = others.filter((row) => !isHeader(row, header));
    return { header, separator, rows, fault: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { header: firstLineHeader(text, separator), separator, rows: [], fault: explain(error) };
  }
}

function parseRows(text: string, separator: string): CsvRow[] {
  const parsed = parse(text, {
    delimiter: separator,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: longestRow,
    info: true,
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return parsed.map(({ record, info }) => ({ line: info.lines - countBreaks(record), cells: record }));
}

function countBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
}

function findSeparator(text: string): string | null {
  const line = firstLine(text);
  const [best] = separators
    .map((separator) => ({ separator, count: line.split(separator).length - 1 }))
    .sort((a, b) => b.count - a.count);
  return best && best.count > 0 ? best.separator : null;
}

function firstLine(text: string): string {
  return /\S[^\n]*/.exec(text.slice(0, longestRow))?.[0] ?? '';
}

function firstLineHeader(text: string, separator: string): string[] {
  return firstLine(text)
    .split(separator)
    .slice(0, 200)
    .map((cell) => foldHeader(cell.replaceAll('"', '')));
}

function foldHeader(cell: string): string {
  return cleanLine(cell).toLowerCase();
}

function isHeader(row: CsvRow, header: readonly string[]): boolean {
  return (
    row.cells.length === header.length && row.cells.every((cell, place) => foldHeader(cell) === header[place])
  );
}

function explain(error: CsvError): string {
  const line = typeof error['lines'] === 'number' ? error['lines'] : 0;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark is opened and never closed';
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `line ${line} is longer than a row can be`;
  return `line ${line}: a quotation mark stands where none may stand`;
}

/** Whether the header has all these columns. */
export function hasColumns(table: CsvTable | null, ...names: readonly string[]): table is CsvTable {
  return table !== null && names.every((name) => table.header.includes(name));
}

/** Reads cells by the name of their column: one line each, cleaned; the first of several columns of a name. */
export function cellReader(table: CsvTable): (row: CsvRow, name: string) => string {
  const places = new Map<string, number>();
  table.header.forEach((name, place) => {
    if (!places.has(name)) places.set(name, place);
  });
  return (row, name) => {
    const place = places.get(name);
    return place === undefined ? '' : cleanLine(row.cells[place] ?? '');
  };
}

/** @throws RowRefused if the row has more filled cells than the header, or fewer cells than it needs. */
export function checkWidth(row: CsvRow, header: readonly string[], fewest: number = header.length): void {
  const filled = row.cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  const width = row.cells.length;
  if (filled > header.length || width < fewest) {
    throw new RowRefused(`The row has ${width} cells where the header has ${header.length}.`);
  }
}
