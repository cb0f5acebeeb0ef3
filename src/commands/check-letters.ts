import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type AskId,
  askIds,
  type Campaign,
  type Chamber,
  genders,
  isAskId,
  type Place,
} from '../campaign/campaign-types.ts';
import { hasLetters } from '../campaign/check-campaign.ts';
import { hasKind, type LetterKind, letterKinds } from '../campaign/letter-kinds.ts';
import { loadCampaign } from '../campaign/load-campaign.ts';
import { checkLetter } from '../letters/compose/check-letter.ts';
import { composeLetter } from '../letters/compose/compose-letter.ts';
import { readLetterCase } from '../letters/compose/letter-case.ts';
import { addDays, type Day, dayOf } from '../shared/clock.ts';
import { UsageError } from '../shared/errors.ts';
import type { Command, CommandIo } from './command.ts';

const usage = `check-letters [options]

Renders letters of every place, ask, language, chamber and kind on many days and with several seeds, and looks for a
missing value, a wrong length, a claim that is forbidden, out of date or not yet true, an ask without its limit.

  --place XX    only this place, without looking at the files of others; may be repeated
  --ask ID      only this ask; may be repeated
  --date DAY    only this day; may be repeated (default: five days that matter and each quarter from 2018 to 2032)
  --kind KIND   only first, thanks, reminder, meeting or successor; may be repeated
  --seeds N     first letters for each of them (default: 3); later ones come with one
  --json        {letters, seconds, rows: [{place, ask, language, chamber, kind, letters, shortest, longest, different, faults}], faults: []}

Exit code 1 when any letter is at fault.`;

/** Letters of one place, ask, language, chamber and kind. */
export type LettersRow = {
  readonly place: string;
  readonly ask: AskId;
  readonly language: string;
  readonly chamber: string;
  readonly kind: LetterKind;
  readonly letters: number;
  /** Fewest and most words of the tool's text. */
  readonly shortest: number;
  readonly longest: number;
  readonly different: number;
  readonly faults: number;
};
export type FaultyLetter = {
  readonly place: string;
  readonly ask: AskId;
  readonly language: string;
  readonly chamber: string;
  readonly kind: LetterKind;
  readonly date: Day;
  readonly seed: number;
  readonly rule: string;
  readonly detail: string;
};
export type LettersCheck = { readonly rows: readonly LettersRow[]; readonly faults: readonly FaultyLetter[] };

export type LettersToCheck = {
  readonly places?: readonly string[] | undefined;
  readonly asks?: readonly AskId[] | undefined;
  readonly kinds?: readonly LetterKind[] | undefined;
  readonly dates: readonly Day[];
  readonly seeds: number;
};

export const checkLetters: Command = {
  name: 'check-letters',
  summary: 'render letters of every place, ask, language and day and look for faults',
  usage,
  async run(args, io) {
    const { toCheck, json } = readOptions(args, io);
    const campaign = loadCampaign(join(io.root, 'templates'), { only: toCheck.places, offered: 'all' });
    const start = performance.now();
    const { rows, faults } = checkAllLetters(campaign, toCheck);
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const letters = rows.reduce((sum, row) => sum + row.letters, 0);
    if (letters === 0) throw new UsageError('there is no such place, ask or day: no letter was rendered');
    if (json) io.stdout(`${JSON.stringify({ letters, seconds, rows, faults }, null, 2)}\n`);
    else io.stdout(writeForPeople(rows, faults, letters, seconds));
    return faults.length > 0 ? 1 : 0;
  },
};

function readOptions(args: readonly string[], io: CommandIo): { toCheck: LettersToCheck; json: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      place: { type: 'string', multiple: true },
      ask: { type: 'string', multiple: true },
      kind: { type: 'string', multiple: true },
      date: { type: 'string', multiple: true },
      seeds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > 1000)
    throw new UsageError('--seeds must be 1 to 1000');
  const asks = values.ask?.filter(isAskId);
  const toCheck = {
    places: values.place?.map((code) => code.toUpperCase()),
    asks,
    kinds: values.kind && letterKinds.filter((kind) => values.kind?.includes(kind)),
    dates: values.date ?? daysToCheck(dayOf(io.now())),
    seeds,
  };
  return { toCheck, json: values.json };
}

/** The days that matter most, and the first of each quarter from 2018 to 2032. */
export function daysToCheck(today: Day): Day[] {
  const quarters = Array.from({ length: 15 * 4 }, (_, quarter) => {
    const month = String((quarter % 4) * 3 + 1).padStart(2, '0');
    return `${2018 + Math.floor(quarter / 4)}-${month}-01`;
  });
  return [...new Set(['2018-04-01', today, '2026-12-09', '2027-11-20', '2030-06-01', ...quarters])].sort();
}

/** Composes and checks every letter asked for. */
export function checkAllLetters(campaign: Campaign, toCheck: LettersToCheck): LettersCheck {
  const rows: LettersRow[] = [];
  const faults: FaultyLetter[] = [];
  for (const group of groupsOf(campaign, toCheck)) {
    const found = checkGroup(campaign, group, toCheck);
    rows.push(found.row);
    faults.push(...found.faults);
  }
  return { rows, faults };
}

type Group = {
  readonly place: Place;
  readonly ask: AskId;
  readonly language: string;
  readonly chamber: Chamber;
  readonly kind: LetterKind;
};

// Renewed letters are made as first ones.
const kindsChecked = letterKinds.filter((kind) => kind !== 'renewed');

function groupsOf(campaign: Campaign, toCheck: LettersToCheck): Group[] {
  const { places, asks = askIds, kinds = kindsChecked } = toCheck;
  return [...campaign.places.values()]
    .filter((place) => !places || places.includes(place.place))
    .flatMap((place) => asks.filter((ask) => hasLetters(place, ask)).map((ask) => ({ place, ask })))
    .flatMap((group) => group.place.languages.map((language) => ({ ...group, language })))
    .flatMap((group) => group.place.chambers.map((chamber) => ({ ...group, chamber })))
    .flatMap((group) =>
      kinds
        .filter((kind) => hasKind(campaign.letters.get(group.language), kind))
        .map((kind) => ({ ...group, kind })),
    );
}

function checkGroup(
  campaign: Campaign,
  group: Group,
  toCheck: LettersToCheck,
): { row: LettersRow; faults: FaultyLetter[] } {
  const { ask, language, kind } = group;
  const head = { place: group.place.place, ask, language, chamber: group.chamber.id, kind };
  const faults: FaultyLetter[] = [];
  const texts = new Set<string>();
  const lengths: number[] = [];
  for (const date of toCheck.dates) {
    for (let seed = 1; seed <= (kind === 'first' ? toCheck.seeds : 1); seed++) {
      const found = checkOne(campaign, group, date, seed);
      faults.push(...found.faults.map((fault) => ({ ...head, date, seed, ...fault })));
      lengths.push(found.words);
      texts.add(found.text);
    }
  }
  const row = {
    ...head,
    letters: lengths.length,
    shortest: Math.min(...lengths),
    longest: Math.max(...lengths),
    different: texts.size,
    faults: faults.length,
  };
  return { row, faults };
}

function checkOne(campaign: Campaign, group: Group, date: Day, seed: number) {
  const result = readLetterCase(
    campaign,
    inventCase(campaign, group, date, seed),
    Date.parse(`${date}T12:00:00Z`),
  );
  if (!result.ok)
    throw new UsageError(result.faults.map(({ path, message }) => `${path}: ${message}`).join('; '));
  try {
    const letter = composeLetter(campaign, result.letterCase);
    return { text: letter.text, words: letter.toolWords, faults: checkLetter(campaign, letter) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'cannot be composed';
    return { text: '', words: 0, faults: [{ rule: 'composed', detail }] };
  }
}

// Nobody's names, short and long, so that lengths are tried too.
const towns = ['Aa', 'Marlow Bay', 'Saint-Exemple-sur-Rivière', 'Upper North Example Hills'];
const constituencies = [
  null,
  'Marlow',
  'Example and Lower Marlow',
  'North Example, Marlow Bay and the Long River Country',
];
const names = ['Jo Bright', 'Maria del Carmen Longname', 'Alexandre Exemple-Dubois'];

function inventCase(campaign: Campaign, group: Group, date: Day, seed: number): unknown {
  const { place, ask, language, chamber, kind } = group;
  const of = <T>(list: readonly T[], step: number) => list[(seed + step) % list.length];
  return {
    country: place.place,
    place: place.place,
    ask,
    language,
    date,
    seed: `${date}#${seed}`,
    writer: {
      name: 'Kim Sample',
      address: ['1 Example Street'],
      postcode: '10000',
      town: of(towns, 0),
      identity: 1 + (seed % 3),
    },
    representative: {
      name: of(names, 0),
      gender: of(genders, Number(date.slice(5, 7))),
      chamber: chamber.id,
      constituency: of(constituencies, Number(date.slice(2, 4))),
    },
    ownWords: 'Example',
    kind,
    ...(kind !== 'first' && { first: { date: addDays(date, -40), subject: firstSubject(campaign, group) } }),
  };
}

// The subject that a first letter to that office could have had.
function firstSubject(campaign: Campaign, { place, ask, language }: Group): string {
  const subject = place.asks[ask].paragraphs.subject[0];
  return campaign.letters.get(language)?.get(subject?.id ?? '')?.[0]?.text ?? '';
}

const mostShown = 40;

function writeForPeople(
  rows: readonly LettersRow[],
  faults: readonly FaultyLetter[],
  letters: number,
  seconds: number,
): string {
  const head = ['place', 'ask', 'language', 'chamber', 'kind', 'letters', 'words', 'different', 'faults'];
  const lines = rows.map((row) => [
    row.place,
    row.ask,
    row.language,
    row.chamber,
    row.kind,
    String(row.letters),
    `${row.shortest}-${row.longest}`,
    String(row.different),
    String(row.faults),
  ]);
  const table = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  const drawn = table.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const shown = faults.slice(0, mostShown).map(writeFault);
  const more =
    faults.length > mostShown ? [`… and ${faults.length - mostShown} more; --json lists them all`] : [];
  return `${[...drawn, '', ...shown, ...more, `${letters} letters in ${seconds} s, ${faults.length} faults`].join('\n')}\n`;
}

function writeFault(fault: FaultyLetter): string {
  const { place, ask, language, chamber, kind, date, seed, rule, detail } = fault;
  return `${place} ${ask} ${language} ${chamber} ${kind} ${date} seed ${seed}: ${rule}: ${detail}`;
}
