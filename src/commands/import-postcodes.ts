import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../app/open-database.ts';
import {
  importPostcodes as importTable,
  type PostcodesRefused,
  type PostcodesTaken,
} from '../representatives/import-postcodes.ts';
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

const usage = `import-postcodes FILE --country XX [options]

Takes a table of postcodes and constituencies in, in the place of the country's former one. The shape is known by
the content of the file: tables of Australia, Canada, France and the United States.

  --country XX     ISO 3166-1 code
  --as-of DATE     the day of the table (default: today)
  --dry-run        works everything out and writes nothing
  --json           {format, encoding, postcodes, areas, several, refused, warnings, …}

Exit code 1 when the file was not taken in, 2 for wrong use.`;

export const importPostcodes: Command = {
  name: 'import-postcodes',
  summary: 'take a table of postcodes and constituencies into the directory',
  usage,
  async run(args, io) {
    const options = readOptions(args, io);
    const bytes = readListFile(options.file, io);
    const { db, close } = await openDatabase(io);
    try {
      const source = basename(options.file);
      const request = { ...options, bytes, source, now: io.now() };
      const result = await whileSaying(`importing ${source}`, io, () => importTable(db, request));
      if (options.json) io.stdout(writeJson(result, options.dryRun));
      else writeForPeople(result, options.dryRun, io);
      return result.ok ? 0 : 1;
    } finally {
      await close();
    }
  },
};

function readOptions(args: readonly string[], io: CommandIo) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      country: { type: 'string' },
      'as-of': { type: 'string' },
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
    dryRun: values['dry-run'],
    json: values.json,
  };
}

function writeJson(result: PostcodesTaken | PostcodesRefused, dryRun: boolean): string {
  if (result.ok) {
    const { ok: _, ...counts } = result;
    return `${JSON.stringify({ ...counts, dryRun })}\n`;
  }
  const { format, encoding, refused, reason } = result;
  const none = { postcodes: 0, areas: 0, several: 0 };
  return `${JSON.stringify({ format, encoding, ...none, refused, warnings: [], error: reason })}\n`;
}

function writeForPeople(result: PostcodesTaken | PostcodesRefused, dryRun: boolean, io: CommandIo): void {
  const refused = result.refused.map(({ line, reason }) => `line ${line}: ${reason}`);
  if (!result.ok) {
    io.stderr(`import-postcodes: ${result.reason}\n${writeList('Refused:', refused)}`);
    return;
  }
  if (dryRun) io.stdout('Dry run: nothing was written.\n');
  io.stdout(
    writeTable([
      ['Format', result.format],
      ['Encoding', result.encoding],
      ['Postcodes', result.postcodes],
      ['  in several constituencies', result.several],
      ['Constituencies', result.areas],
      ['Refused', result.refused.length],
    ]),
  );
  io.stdout(writeList('Refused:', refused) + writeList('Warnings:', result.warnings));
}
