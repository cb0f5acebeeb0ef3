import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../app/open-database.ts';
import { knownFormats } from '../representatives/formats/known-formats.ts';
import {
  importRepresentatives as importList,
  type ListRefused,
  type ListTaken,
} from '../representatives/import-representatives.ts';
import { loadChambers } from '../representatives/load-chambers.ts';
import { dayOf } from '../shared/clock.ts';
import { UsageError } from '../shared/errors.ts';
import type { Command, CommandIo } from './command.ts';
import {
  readCountry,
  readDayOption,
  readListFile,
  whileSaying,
  writeList,
  writeTable,
} from './read-list-file.ts';

const usage = `import-representatives FILE --country XX [options]

Takes a list of members of parliament into the directory. The format is known by the content of the file; only
members serving on the day are taken in; done twice it changes nothing; members of the same chambers whom the list
no longer names are retired. Rows that cannot be read are listed with their line and left out.

  --country XX     ISO 3166-1 code, any country
  --as-of DATE     the day on which members serve, such as 2026-11-23 (default: today)
  --format ID      ${knownFormats.map(({ id }) => id).join(', ')}
  --chamber ID     house, senate …: only this chamber of a list of several, or the name for a list of one
  --dry-run        works everything out and writes nothing
  --json           {format, encoding, serving, imported, updated, retired, refused, warnings, …}

Exit code 1 when the file was not taken in, 2 for wrong use.`;

export const importRepresentatives: Command = {
  name: 'import-representatives',
  summary: 'take a list of members of parliament into the directory',
  usage,
  async run(args, io) {
    const options = readOptions(args, io);
    const bytes = readListFile(options.file, io);
    const chambers = loadChambers(join(io.root, 'templates'), options.country);
    const { db, close } = await openDatabase(io);
    try {
      const source = basename(options.file);
      const request = { ...options, bytes, chambers, source, now: io.now() };
      const result = await whileSaying(`importing ${source}`, io, () => importList(db, request));
      io.stdout(options.json ? writeJson(result, options.dryRun) : '');
      if (!options.json) writeForPeople(result, options, io);
      return result.ok ? 0 : 1;
    } finally {
      await close();
    }
  },
};

type Options = {
  readonly file: string;
  readonly country: string;
  readonly asOf: string;
  readonly format: string | null;
  readonly chamber: string | null;
  readonly dryRun: boolean;
  readonly json: boolean;
};

function readOptions(args: readonly string[], io: CommandIo): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      country: { type: 'string' },
      'as-of': { type: 'string' },
      format: { type: 'string' },
      chamber: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new UsageError('name one FILE; see --help');
  return {
    file,
    country: readCountry(values.country),
    asOf: readDayOption('--as-of', values['as-of'] ?? dayOf(io.now())),
    format: values.format ?? null,
    chamber: values.chamber ?? null,
    dryRun: values['dry-run'],
    json: values.json,
  };
}

function writeJson(result: ListTaken | ListRefused, dryRun: boolean): string {
  const { format, encoding, warnings } = result;
  const refused = result.refused.map(({ line, reason }) => ({ line, reason }));
  if (!result.ok) {
    const none = { serving: 0, imported: 0, updated: 0, retired: 0 };
    return `${JSON.stringify({ format, encoding, ...none, refused, warnings, error: result.reason })}\n`;
  }
  const { serving, imported, updated, unchanged, retired, chambers } = result;
  const counts = { serving, imported, updated, retired };
  return `${JSON.stringify({ format, encoding, ...counts, refused, warnings, unchanged, chambers, dryRun })}\n`;
}

function writeForPeople(result: ListTaken | ListRefused, options: Options, io: CommandIo): void {
  const refused = result.refused.map(({ line, reason }) => `line ${line}: ${reason}`);
  if (!result.ok) {
    io.stderr(`import-representatives: ${result.reason}\n${writeList('Refused:', refused)}`);
    return;
  }
  const chambers = result.chambers.map(
    ({ chamber, serving, seats }) =>
      [`  ${chamber}`, seats === null ? serving : `${serving} of ${seats} seats`] as const,
  );
  if (options.dryRun) io.stdout('Dry run: nothing was written.\n');
  io.stdout(
    writeTable([
      ['Format', result.format],
      ['Encoding', result.encoding],
      [`Serving on ${options.asOf}`, result.serving],
      ...chambers,
      ['New', result.imported],
      ['Updated', result.updated],
      ['Unchanged', result.unchanged],
      ['Retired', result.retired],
      ['Refused', result.refused.length],
    ]),
  );
  io.stdout(writeList('Refused:', refused) + writeList('Warnings:', result.warnings));
}
