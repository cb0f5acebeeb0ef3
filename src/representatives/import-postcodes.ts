import { appendAudit } from '../audit/audit.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { type Actor, workerActor } from '../shared/actor.ts';
import { type Day, dayOf } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import { describeCountry } from './check-country.ts';
import { insertImport } from './directory-store.ts';
import type { Refusal } from './formats/format.ts';
import { knownPostcodeFormats } from './postcode-formats/known-postcode-formats.ts';
import type { PostcodeEntry, PostcodeFormat } from './postcode-formats/postcode-format.ts';
import { currentPostcodes, dropPostcodes, insertPostcodes, singleSeatAreas } from './postcode-store.ts';
import { type Encoding, readSource, type Source } from './read-source.ts';

export type PostcodeRequest = {
  readonly bytes: Uint8Array;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly dryRun?: boolean;
  readonly source?: string | null;
  /** The day of the table where it is known; else today. */
  readonly asOf?: Day;
  readonly actor?: Actor;
  readonly now: number;
};

export type PostcodesTaken = {
  readonly ok: true;
  readonly format: string;
  readonly encoding: Encoding;
  readonly postcodes: number;
  /** Postcodes that lie in more than one area. */
  readonly several: number;
  readonly areas: number;
  /** Rows of the table this one takes the place of. */
  readonly replaced: boolean;
  readonly refused: readonly Refusal[];
  readonly warnings: readonly string[];
};

export type PostcodesRefused = {
  readonly ok: false;
  readonly format: string | null;
  readonly encoding: Encoding | null;
  /** One sentence. Nothing was written. */
  readonly reason: string;
  readonly refused: readonly Refusal[];
};

/** Takes a postcode table in, in the place of the country's former one, in one transaction. */
export async function importPostcodes(
  db: Db,
  request: PostcodeRequest,
): Promise<PostcodesTaken | PostcodesRefused> {
  const read = readSource(request.bytes);
  if (!read.ok) return { ok: false, format: null, encoding: null, reason: read.reason, refused: [] };
  const { source } = read;
  const format = knownPostcodeFormats.find((known) => known.recognizes(source));
  const table = format?.read(source);
  const reason = whyNotTaken(source, request.country, format, table?.entries ?? []);
  const known = { format: format?.id ?? null, encoding: source.encoding };
  if (!format || !table || reason)
    return { ok: false, ...known, reason: reason ?? '', refused: table?.refused ?? [] };
  const entries = withoutRepeats(table.entries);
  return await inTransaction(db, (tx) =>
    takeTable(tx, request, { format, source, entries, refused: table.refused }),
  );
}

function whyNotTaken(
  source: Source,
  country: string,
  format: PostcodeFormat | undefined,
  entries: readonly PostcodeEntry[],
): string | null {
  if (!format && /^\s*[[{]/.test(source.text) && source.json() === undefined) {
    return 'The file looks like JSON and is broken: download it again. Nothing was imported.';
  }
  if (!format) {
    const tables = knownPostcodeFormats.map(({ describes }) => describes).join('; ');
    return `The file is none of the postcode tables that can be read: ${tables}. Nothing was imported.`;
  }
  if (format.country !== country) {
    const offered = describeCountry(country);
    return `The file is a postcode table for ${describeCountry(format.country)}, not for ${offered}. Nothing was imported.`;
  }
  const fault = format.id.endsWith('-csv') && format.id !== 'fr-communes-csv' ? source.csv()?.fault : null;
  if (fault) return `The file could not be read to its end: ${fault}. Nothing was imported.`;
  return entries.length === 0 ? 'The table has no postcode in it. Nothing was imported.' : null;
}

function withoutRepeats(entries: readonly PostcodeEntry[]): PostcodeEntry[] {
  return [...new Map(entries.map((entry) => [`${entry.code}\n${entry.areaKey}`, entry])).values()];
}

type Read = {
  readonly format: PostcodeFormat;
  readonly source: Source;
  readonly entries: readonly PostcodeEntry[];
  readonly refused: readonly Refusal[];
};

async function takeTable(tx: Tx, request: PostcodeRequest, read: Read): Promise<PostcodesTaken> {
  const { country } = request;
  const { format, entries, refused } = read;
  const codes = Map.groupBy(entries, (entry) => entry.code);
  const former = await currentPostcodes(tx, country);
  const taken: PostcodesTaken = {
    ok: true,
    format: format.id,
    encoding: read.source.encoding,
    postcodes: codes.size,
    several: [...codes.values()].filter((areas) => areas.length > 1).length,
    areas: new Set(entries.map((entry) => entry.areaKey)).size,
    replaced: former !== null,
    refused,
    warnings: [...lossyWarning(format), ...compare(entries, await singleSeatAreas(tx, country))],
  };
  if (request.dryRun) return taken;
  if (former) await dropPostcodes(tx, former.importId);
  await write(tx, request, read, taken);
  return taken;
}

function lossyWarning(format: PostcodeFormat): string[] {
  return format.lossy
    ? ['The table names one constituency a code where there may be several: it is a suggestion.']
    : [];
}

// Boundaries change: tables and lists of different years do not fit together everywhere.
function compare(
  entries: readonly PostcodeEntry[],
  seats: readonly { readonly areaKey: string; readonly areaName: string }[],
): string[] {
  if (seats.length === 0) return [];
  const inTable = new Map(entries.map((entry) => [entry.areaKey, entry.areaName]));
  const inDirectory = new Map(seats.map((seat) => [seat.areaKey, seat.areaName]));
  const withoutMember = [...inTable].filter(([key]) => !inDirectory.has(key)).map(([, name]) => name);
  const withoutCode = [...inDirectory].filter(([key]) => !inTable.has(key)).map(([, name]) => name);
  return [
    ...list('In the table, without a member in the directory', withoutMember),
    ...list('In the directory, without a postcode in the table', withoutCode),
  ];
}

function list(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).slice(0, 10);
  return [`${what} (${names.length}): ${shown.join(', ')}${names.length > shown.length ? ' …' : ''}`];
}

async function write(tx: Tx, request: PostcodeRequest, read: Read, taken: PostcodesTaken): Promise<void> {
  const { country, now, actor = workerActor } = request;
  const importId = newId(now);
  await insertImport(tx, actor, {
    id: importId,
    country,
    kind: 'postcodes',
    format: taken.format,
    encoding: taken.encoding,
    source: request.source ?? null,
    asOf: request.asOf ?? dayOf(now),
    at: now,
    entries: taken.postcodes,
    added: read.entries.length,
    updated: 0,
    retired: 0,
    refused: read.refused.length,
    current: true,
    lossy: read.format.lossy,
  });
  await insertPostcodes(tx, importId, read.entries);
  const entry = { action: 'postcodes imported', subjectKind: 'import', subjectId: importId, country };
  await appendAudit(tx, actor, [entry], now);
}
