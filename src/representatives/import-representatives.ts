import { appendAudit } from '../audit/audit.ts';
import type { Db, Tx } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { type Actor, workerActor } from '../shared/actor.ts';
import type { Day } from '../shared/clock.ts';
import { UsageError } from '../shared/errors.ts';
import { newId } from '../shared/ids.ts';
import { describeCountry, foreignList } from './check-country.ts';
import type { ChangedSeat, KnownChamber } from './directory.ts';
import { insertImport, writeChanges } from './directory-store.ts';
import type { Format, Reading, Refusal } from './formats/format.ts';
import { knownFormats } from './formats/known-formats.ts';
import { type Directory, matchMembers } from './match-members.ts';
import { type Plan, planChanges } from './plan-changes.ts';
import { prepareMembers } from './prepare-members.ts';
import { type Encoding, readSource, type Source } from './read-source.ts';
import { formerHolders, heldSeats, peopleByIds } from './representative-store.ts';

export type ImportRequest = {
  readonly bytes: Uint8Array;
  /** ISO 3166-1 alpha-2, any country, with or without a playbook. */
  readonly country: string;
  /** Members who serve on this day are taken in. */
  readonly asOf: Day;
  /** The id of a format, or null to know it by the content. */
  readonly format?: string | null;
  /** The id of a chamber, or null to know it by the list. */
  readonly chamber?: string | null;
  /** Works everything out and writes nothing. */
  readonly dryRun?: boolean;
  /** The chambers of the country's playbook; empty where there is none. */
  readonly chambers?: readonly KnownChamber[];
  /** Where the file came from, for the record. */
  readonly source?: string | null;
  readonly actor?: Actor;
  readonly now: number;
};

export type ListTaken = {
  readonly ok: true;
  readonly format: string;
  readonly encoding: Encoding;
  /** People serving on the day, each once. */
  readonly serving: number;
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly retired: number;
  readonly refused: readonly Refusal[];
  readonly warnings: readonly string[];
  readonly chambers: readonly {
    readonly chamber: string;
    readonly serving: number;
    readonly seats: number | null;
  }[];
  readonly changedSeats: readonly ChangedSeat[];
};

export type ListRefused = {
  readonly ok: false;
  readonly format: string | null;
  readonly encoding: Encoding | null;
  /** One sentence. Nothing was written. */
  readonly reason: string;
  readonly refused: readonly Refusal[];
  readonly warnings: readonly string[];
};

/**
 * Takes a list of members into the directory, in one transaction: new people and seats, changed ones, and those
 * of the same chambers whom the list no longer names are retired. Done twice it changes nothing.
 * @throws UsageError for a format or a chamber that does not exist.
 */
export async function importRepresentatives(
  db: Db,
  request: ImportRequest,
): Promise<ListTaken | ListRefused> {
  checkRequest(request);
  const read = readSource(request.bytes);
  if (!read.ok) return refuse({ format: null, encoding: null }, read.reason);
  const { source } = read;
  const format = chooseFormat(source, request.format ?? null);
  if (!format) return refuse({ format: null, encoding: source.encoding }, explainUnknown(source));
  const known = { format: format.id, encoding: source.encoding };
  const fault = format.id.endsWith('-csv') ? source.csv()?.fault : null;
  if (fault) return refuse(known, `The file could not be read to its end: ${fault}. Nothing was imported.`);
  const reading = prepareMembers(
    format.read(source, request),
    request.chambers ?? [],
    request.chamber ?? null,
  );
  const reason =
    foreignList(format, source.csv(), reading.members, request.country) ?? whyNotTaken(reading, request);
  if (reason) return refuse(known, reason, reading);
  return await inTransaction(db, (tx) => takeList(tx, request, known, reading));
}

function checkRequest(request: ImportRequest): void {
  const { format = null, chamber = null, chambers = [] } = request;
  if (format !== null && !knownFormats.some(({ id }) => id === format)) {
    throw new UsageError(`no format "${format}": ${knownFormats.map(({ id }) => id).join(', ')}`);
  }
  if (chamber !== null && chambers.length > 0 && !chambers.some(({ id }) => id === chamber)) {
    throw new UsageError(
      `no chamber "${chamber}" in ${request.country}: ${chambers.map(({ id }) => id).join(', ')}`,
    );
  }
}

function chooseFormat(source: Source, wanted: string | null): Format | undefined {
  return knownFormats.find(
    (format) => (wanted === null || format.id === wanted) && format.recognizes(source),
  );
}

function explainUnknown(source: Source): string {
  if (/^\s*[[{]/.test(source.text) && source.json() === undefined) {
    return 'The file looks like JSON and is broken: download it again. Nothing was imported.';
  }
  const lists = knownFormats.map((format) => format.describes).join('; ');
  return `The file is none of the lists that can be read: ${lists}. Nothing was imported.`;
}

function whyNotTaken(reading: Reading, { asOf, country }: ImportRequest): string | null {
  const { members, refused } = reading;
  if (members.length === 0 && refused.length > 0) {
    return `None of the rows could be read; line ${refused[0]?.line}: ${refused[0]?.reason} Nothing was imported.`;
  }
  if (members.length === 0)
    return `Nobody in this list serves in ${describeCountry(country)} on ${asOf}. Nothing was imported.`;
  if (refused.length > members.length) {
    return `More rows were refused (${refused.length}) than read (${members.length}). Nothing was imported.`;
  }
  return null;
}

type Known = { readonly format: string | null; readonly encoding: Encoding | null };

function refuse(known: Known, reason: string, reading?: Reading): ListRefused {
  const { refused = [], warnings = [] } = reading ?? {};
  return { ok: false, ...known, reason, refused, warnings };
}

async function takeList(
  tx: Tx,
  request: ImportRequest,
  known: { readonly format: string; readonly encoding: Encoding },
  reading: Reading,
): Promise<ListTaken> {
  const { country, asOf, now, chambers = [] } = request;
  const inList = [...new Set(reading.members.map((member) => member.chamber.id))];
  const directory = await loadDirectory(tx, country, inList, reading);
  const found = matchMembers(reading.members, reading.refused, directory);
  const plan = planChanges(found, directory, { asOf, now, newId: () => newId(now) });
  const refused = [...reading.refused, ...found.refused].sort((a, b) => a.line - b.line);
  const taken: ListTaken = {
    ok: true,
    ...known,
    serving: found.matches.length,
    imported: plan.imported,
    updated: plan.updated,
    unchanged: plan.unchanged,
    retired: plan.retired,
    refused,
    warnings: [
      ...reading.warnings,
      ...found.warnings,
      ...comparison(directory, plan, found.matches.length, asOf),
    ],
    chambers: inList.map((chamber) => ({
      chamber,
      serving: found.matches.filter(({ member }) => member.chamber.id === chamber).length,
      seats: chambers.find(({ id }) => id === chamber)?.seats ?? null,
    })),
    changedSeats: plan.changedSeats,
  };
  if (!request.dryRun) await write(tx, request, taken, plan);
  return taken;
}

async function loadDirectory(
  tx: Tx,
  country: string,
  chambers: readonly string[],
  { members }: Reading,
): Promise<Directory> {
  const schemes = [...new Set(members.flatMap((member) => member.ids.map(({ scheme }) => scheme)))];
  const { ids, people } = await peopleByIds(tx, country, schemes);
  return {
    seats: await heldSeats(tx, country, chambers),
    former: await formerHolders(tx, country, chambers),
    named: people,
    ids: new Map(ids.map(({ scheme, value, personId }) => [`${scheme}\n${value}`, personId])),
  };
}

function comparison(directory: Directory, plan: Plan, serving: number, asOf: Day): string[] {
  const holders = directory.seats.filter(({ person }) => person !== null).length;
  const latest = directory.seats.reduce((day, { term }) => (term && term.asOf > day ? term.asOf : day), '');
  const warnings: string[] = [];
  if (latest > asOf) warnings.push(`The directory already held a list of ${latest}, later than ${asOf}.`);
  if (plan.retired * 2 > holders && serving * 2 < holders) {
    warnings.push(
      `The directory had ${holders} people here and the list has ${serving}: is the list complete?`,
    );
  }
  return warnings;
}

async function write(tx: Tx, request: ImportRequest, taken: ListTaken, plan: Plan): Promise<void> {
  const { country, asOf, now, actor = workerActor } = request;
  const importId = newId(now);
  await insertImport(tx, actor, {
    id: importId,
    country,
    kind: 'representatives',
    format: taken.format,
    encoding: taken.encoding,
    source: request.source ?? null,
    asOf,
    at: now,
    entries: taken.serving,
    added: taken.imported,
    updated: taken.updated,
    retired: taken.retired,
    refused: taken.refused.length,
    current: false,
    lossy: false,
  });
  await writeChanges(tx, plan.changes, { country, importId, asOf, now, newId: () => newId(now) });
  const entry = { action: 'representatives imported', subjectKind: 'import', subjectId: importId, country };
  await appendAudit(tx, actor, [entry], now);
}
