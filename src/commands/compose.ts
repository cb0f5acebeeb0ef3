import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Campaign, type ReaderLanguage, readerLanguages } from '../campaign/campaign-types.ts';
import { laterPlans } from '../campaign/letter-kinds.ts';
import { loadCampaign } from '../campaign/load-campaign.ts';
import { readConfig } from '../config/config.ts';
import { type ComposedLetter, composeLetter, isSentence } from '../letters/compose/compose-letter.ts';
import { type LetterCase, readLetterCase } from '../letters/compose/letter-case.ts';
import { canDraw, drawLetter } from '../letters/journey/make-document.ts';
import { checkOwnWords, checkPassage, ownWordsSentence } from '../letters/own-words/own-words.ts';
import { drawTemplate } from '../letters/paper/draw-paper-letter.ts';
import { createTypesetter } from '../rendering/typeset.ts';
import { UsageError } from '../shared/errors.ts';
import type { Command, CommandIo } from './command.ts';

const usage = `compose --case FILE|- [options]

Composes one letter from a case and prints it. Needs no database and keeps nothing. A case is one JSON object:
{country, place, ask, language, date, seed, writer: {name, address: [], link, identity},
 representative: {name, role, gender: f|m|x|unknown, chamber, constituency}, ownWords, kind, first: {date, subject}}.
Options come before what the case says.

  --case FILE            the case; - reads standard input
  --country XX           where the writer lives
  --place XX             whose playbook to follow (default: the country's)
  --ask ID               visa-sanctions, institutional-support, asset-freeze or asylum
  --language LL          the letter's language (default: the place's first)
  --date DAY             the letter's day, YYYY-MM-DD (default: today there)
  --kind KIND            first (default), thanks, reminder, meeting, successor or renewed
  --first-date DAY, --first-subject TEXT   of the letter that a later one comes after
  --seed TEXT            decides wording and order; the same seed, the same letter
  --name TEXT            the writer's name
  --address LINE         a line of the writer's address, the last with postcode and town; may be repeated
  --identity 1|2|3       1 name and address, 2 name, postcode and town, 3 no name
  --representative TEXT  the representative's name
  --gender f|m|x|unknown, --chamber ID, --constituency TEXT   of the representative
  --own-words TEXT       the writer's own words, 20 to 100
  --template             leaves a marked gap in place of the own words, and of whatever is not filled in
  --pdf FILE             also writes the letter as PDF; with --template ruled space for own words by hand
  --reading km|en|fr     also prints what each paragraph says
  --json                 the letter as one JSON object

Exit code 2 for a case that is not complete or own words that cannot go out; a line each says what to change.`;

const text = { type: 'string' } as const;
const options = {
  case: text,
  country: text,
  place: text,
  ask: text,
  language: text,
  date: text,
  seed: text,
  kind: text,
  'first-date': text,
  'first-subject': text,
  name: text,
  address: { type: 'string', multiple: true },
  identity: text,
  representative: text,
  gender: text,
  chamber: text,
  constituency: text,
  'own-words': text,
  template: { type: 'boolean', default: false },
  pdf: text,
  reading: text,
  json: { type: 'boolean', default: false },
} as const;

export const compose: Command = {
  name: 'compose',
  summary: 'compose one letter from a case, without a database',
  usage,
  async run(args, io) {
    const { values } = parseArgs({ args: [...args], options });
    const reading = readReading(values.reading);
    const input = withFlags(values.case ? await readCase(values.case, io) : {}, values);
    const campaign = loadCampaign(join(io.root, 'templates'), {
      only: values.place ? [values.place] : undefined,
      offered: readConfig(io.root).offeredPlaces,
    });
    const result = readLetterCase(campaign, input, io.now(), values.template);
    if (!result.ok)
      return refuse(
        result.faults.map(({ path, message }) => `${path || 'case'}: ${message}`),
        io,
      );
    const { letterCase } = result;
    const faults = values.template ? [] : faultsOfWords(campaign, letterCase, io);
    if (faults.length > 0) return refuse(faults, io);
    const letter = composeLetter(campaign, letterCase, { template: values.template });
    if (values.pdf) writePdf(campaign, letter, { file: values.pdf, template: values.template }, io);
    io.stdout(values.json ? `${JSON.stringify(letter, null, 2)}\n` : writeForPeople(letter, reading));
    return 0;
  },
};

function writePdf(
  campaign: Campaign,
  letter: ComposedLetter,
  { file, template }: { readonly file: string; readonly template: boolean },
  io: CommandIo,
): void {
  const typesetter = createTypesetter(join(io.root, 'templates'));
  if (!canDraw(typesetter, letter))
    throw new UsageError(`the fonts for ${letter.language} are not installed`);
  const pdf = template ? drawTemplate(typesetter, campaign, letter) : drawLetter(typesetter, letter);
  writeFileSync(resolve(io.root, file), pdf);
}

function readReading(named: string | undefined): ReaderLanguage | null {
  const reading = readerLanguages.find((language) => language === named) ?? null;
  if (named && !reading) throw new UsageError(`--reading must be one of ${readerLanguages.join(', ')}`);
  return reading;
}

async function readCase(file: string, io: CommandIo): Promise<Record<string, unknown>> {
  const content = file === '-' ? await io.stdin() : readFile(file, io);
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new UsageError('the case is no JSON');
  }
  if (!isObject(value)) throw new UsageError('the case must be one JSON object');
  return value;
}

function readFile(file: string, io: CommandIo): string {
  try {
    return readFileSync(resolve(io.root, file), 'utf8');
  } catch {
    throw new UsageError('the case file cannot be read');
  }
}

type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

// A flag stands for one field of the case and comes before what the case says.
function withFlags(given: Record<string, unknown>, flags: Flags): Record<string, unknown> {
  const writer = pick(flags, { name: 'name', address: 'address' });
  if (flags['identity'] !== undefined) writer['identity'] = Number(flags['identity']);
  const representative = pick(flags, {
    name: 'representative',
    gender: 'gender',
    chamber: 'chamber',
    constituency: 'constituency',
  });
  const top = pick(flags, {
    country: 'country',
    place: 'place',
    ask: 'ask',
    language: 'language',
    date: 'date',
    seed: 'seed',
    kind: 'kind',
    ownWords: 'own-words',
  });
  const first = pick(flags, { date: 'first-date', subject: 'first-subject' });
  return {
    ...given,
    ...top,
    ...(Object.keys(first).length > 0 && { first: over(given['first'], first) }),
    writer: over(given['writer'], writer),
    representative: over(given['representative'], representative),
  };
}

function pick(flags: Flags, names: Readonly<Record<string, string>>): Record<string, unknown> {
  const given = Object.entries(names).filter(([, flag]) => flags[flag] !== undefined);
  return Object.fromEntries(given.map(([field, flag]) => [field, flags[flag]]));
}

function over(given: unknown, flags: Record<string, unknown>): unknown {
  if (given === undefined || given === null) return flags;
  return isObject(given) ? { ...given, ...flags } : given;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultsOfWords(campaign: Campaign, letterCase: LetterCase, io: CommandIo): string[] {
  const { ownWords, language, writer, kind } = letterCase;
  if (ownWords.trim() === '') {
    if (laterPlans[kind]?.needsOwnWords === false) return [];
    return [
      'ownWords: a letter without own words is not finished; give them, or use --template to leave a gap',
    ];
  }
  const own = checkOwnWords(campaign, language, ownWords);
  const link = writer.link && isSentence(writer.link) ? checkPassage(campaign, language, writer.link) : null;
  const passages = [
    { path: 'ownWords', ...own },
    ...(link ? [{ path: 'writer.link', text: writer.link ?? '', ...link }] : []),
  ];
  const say = (path: string, words: string, { rule, at }: Found) =>
    `${path}: ${ownWordsSentence(campaign, rule, 'en')} (${rule}${quote(words, at)})`;
  for (const { path, text: words, warnings } of passages) {
    for (const warning of warnings) io.stderr(`warning: ${say(path, words, warning)}\n`);
  }
  return passages.flatMap(({ path, text: words, faults }) => faults.map((fault) => say(path, words, fault)));
}

type Found =
  | ReturnType<typeof checkPassage>['faults'][number]
  | ReturnType<typeof checkPassage>['warnings'][number];

// The passage itself, where it is short enough to show.
function quote(words: string, at: { readonly start: number; readonly end: number }): string {
  const passage = words.slice(at.start, at.end).replace(/\s+/g, ' ');
  return passage.length <= 60 ? `, characters ${at.start + 1} to ${at.end}: “${passage}”` : '';
}

function refuse(lines: readonly string[], io: CommandIo): 2 {
  for (const line of lines) io.stderr(`${line}\n`);
  return 2;
}

function writeForPeople(letter: ComposedLetter, reading: ReaderLanguage | null): string {
  const sources = letter.sources.map((source, place) => `[${place + 1}] ${source}\n`).join('');
  const count = `${letter.words} words, ${letter.ownWords} of them the writer's own\n`;
  const meaning = reading
    ? `\n${letter.paragraphs.map((one) => one.reading[reading] ?? '').join('\n\n')}\n`
    : '';
  return `${letter.text}\n---\n${sources}${count}${meaning}`;
}
