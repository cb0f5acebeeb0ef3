import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { isDay } from '../shared/clock.ts';
import { isCountry } from '../shared/countries.ts';
import { UsageError } from '../shared/errors.ts';
import type { CommandIo } from './command.ts';

const largest = 50 * 1024 * 1024;
const synonyms: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' };

/**
 * The bytes of a file named on the command line.
 * @throws UsageError if it cannot be read or is larger than 50 MB.
 */
export function readListFile(file: string, io: CommandIo): Uint8Array {
  const path = resolve(io.root, file);
  try {
    const { size } = statSync(path);
    if (size > largest) throw new UsageError(`${file} is larger than 50 MB`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = (error as { code?: unknown }).code;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'that is a folder' : String(code);
    throw new UsageError(`cannot read ${file}: ${reason}`);
  }
}

/** 'nz' → 'NZ', 'UK' → 'GB'. @throws UsageError for anything that is no ISO country code. */
export function readCountry(text: string | undefined): string {
  if (!text) throw new UsageError('--country is missing, such as --country NZ');
  const upper = text.toUpperCase();
  const code = synonyms[upper] ?? upper;
  if (!isCountry(code)) throw new UsageError(`"${text.slice(0, 20)}" is no ISO country code, such as NZ`);
  return code;
}

/** A day given on the command line. @throws UsageError for anything else. */
export function readDayOption(name: string, text: string): string {
  if (!isDay(text))
    throw new UsageError(`${name} takes a day such as 2026-11-23, not "${text.slice(0, 20)}"`);
  return text;
}

/** Names and values under each other, for a terminal. */
export function writeTable(rows: readonly (readonly [string, string | number])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
}

const mostShown = 50;

/** Lines below a heading, the first fifty of them; nothing where there are none. */
export function writeList(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const shown = lines.slice(0, mostShown).map((line) => `  ${line}\n`);
  const rest = lines.length > mostShown ? `  … and ${lines.length - mostShown} more\n` : '';
  return `${heading}\n${shown.join('')}${rest}`;
}

/** Says on a terminal what is being done, and wipes the line when it is done. */
export async function whileSaying<T>(what: string, io: CommandIo, work: () => Promise<T>): Promise<T> {
  const terminal = process.stderr.isTTY === true;
  if (terminal) io.stderr(`${what} …`);
  try {
    return await work();
  } finally {
    if (terminal) io.stderr(`\r${' '.repeat(what.length + 2)}\r`);
  }
}
