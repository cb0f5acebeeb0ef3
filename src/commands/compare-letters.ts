import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type AskId, askIds, type Campaign, isAskId, type Place } from '../campaign/campaign-types.ts';
import { loadCampaign } from '../campaign/load-campaign.ts';
import { runsOf, shareOfRuns } from '../letters/compose/common-runs.ts';
import { type ComposedLetter, composeLetter } from '../letters/compose/compose-letter.ts';
import { readLetterCase } from '../letters/compose/letter-case.ts';
import { countUses, type EarlierLetter } from '../letters/compose/sameness-with-office.ts';
import { type Day, dayOf } from '../shared/clock.ts';
import { UsageError } from '../shared/errors.ts';
import type { Command, CommandIo } from './command.ts';

const usage = `compare-letters [options]

Composes letters on the same ask to one office, each by another writer and knowing what the office had before, and
prints which share of its runs of five words a letter has in common with another: of any two, without addresses,
salutation, own words, closing and sources.

  --place XX    only this place; may be repeated
  --ask ID      only this ask; may be repeated
  --date DAY    the letters' day (default: today)
  --letters N   how many to each office (default: 200)
  --json        {date, letters, promised, rows: [{place, ask, language, median, ninth, most}]}
                median, ninth tenth and most of the shares of all pairs, 0 to 1

Exit code 1 when a median is above what is promised, 0.25.`;

const promised = 0.25;
/** As many letters as an office is remembered by. */
const remembered = 100;

export type ComparedLetters = {
  readonly place: string;
  readonly ask: AskId;
  readonly language: string;
  readonly median: number;
  readonly ninth: number;
  readonly most: number;
};

export const compareLetters: Command = {
  name: 'compare-letters',
  summary: 'measure how many runs of five words letters to one office have in common',
  usage,
  async run(args, io) {
    const { places, asks, date, count, json } = readOptions(args, io);
    const campaign = loadCampaign(join(io.root, 'templates'));
    const rows = [...campaign.places.values()]
      .filter(({ place }) => !places || places.includes(place))
      .flatMap((place) => place.languages.map((language) => ({ place, language })))
      .flatMap((group) => asks.map((ask) => ({ ...group, ask })))
      .map(({ place, language, ask }) => compare(campaign, place, ask, language, date, count));
    if (rows.length === 0) throw new UsageError('there is no such place or ask: no letter was composed');
    if (json) io.stdout(`${JSON.stringify({ date, letters: count, promised, rows }, null, 2)}\n`);
    else io.stdout(writeForPeople(rows, count, date));
    return rows.some((row) => row.median > promised) ? 1 : 0;
  },
};

function readOptions(args: readonly string[], io: CommandIo) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      place: { type: 'string', multiple: true },
      ask: { type: 'string', multiple: true },
      date: { type: 'string' },
      letters: { type: 'string', default: '200' },
      json: { type: 'boolean', default: false },
    },
  });
  const count = Number(values.letters);
  if (!Number.isInteger(count) || count < 2 || count > 1000)
    throw new UsageError('--letters must be 2 to 1000');
  return {
    places: values.place?.map((code) => code.toUpperCase()),
    asks: values.ask?.filter(isAskId) ?? askIds,
    date: values.date ?? dayOf(io.now()),
    count,
    json: values.json,
  };
}

function compare(
  campaign: Campaign,
  place: Place,
  ask: AskId,
  language: string,
  date: Day,
  count: number,
): ComparedLetters {
  const letters = composeToOneOffice(campaign, place, ask, language, date, count).map(runsOf);
  const shares: number[] = [];
  for (const [at, one] of letters.entries())
    for (const other of letters.slice(at + 1)) shares.push(shareOfRuns(one, other));
  shares.sort((a, b) => a - b);
  const at = (part: number) =>
    Math.round((shares[Math.floor((shares.length - 1) * part)] ?? 0) * 1000) / 1000;
  return { place: place.place, ask, language, median: at(0.5), ninth: at(0.9), most: at(1) };
}

function composeToOneOffice(
  campaign: Campaign,
  place: Place,
  ask: AskId,
  language: string,
  date: Day,
  count: number,
): ComposedLetter[] {
  const letters: ComposedLetter[] = [];
  const earlier: EarlierLetter[] = [];
  for (let writer = 1; writer <= count; writer++) {
    const read = readLetterCase(
      campaign,
      caseOf(place, ask, language, date, writer),
      Date.parse(`${date}T12:00:00Z`),
    );
    if (!read.ok)
      throw new UsageError(read.faults.map(({ path, message }) => `${path}: ${message}`).join('; '));
    const letter = composeLetter(campaign, read.letterCase, { used: countUses(earlier) });
    letters.push(letter);
    earlier.unshift({ phrasings: letter.choices.phrasings, facts: letter.choices.facts, own: [] });
    earlier.length = Math.min(earlier.length, remembered);
  }
  return letters;
}

function caseOf(place: Place, ask: AskId, language: string, date: Day, writer: number): unknown {
  return {
    country: place.place,
    place: place.place,
    ask,
    language,
    date,
    seed: `writer ${writer}`,
    writer: { name: `Writer ${writer}`, address: ['1 Example Street'], postcode: '10000', town: 'Example' },
    representative: { name: 'Kim Example', chamber: place.chambers[0]?.id, constituency: 'Example' },
    ownWords: `Own words of writer ${writer}.`,
  };
}

function writeForPeople(rows: readonly ComparedLetters[], count: number, date: Day): string {
  const lines = rows.map(
    ({ place, ask, language, median, ninth, most }) =>
      `${place}  ${ask.padEnd(21)}  ${language.padEnd(5)}  ${median.toFixed(2)}  ${ninth.toFixed(2)}  ${most.toFixed(2)}${median > promised ? '  above' : ''}`,
  );
  const medians = rows.map(({ median }) => median).sort((a, b) => a - b);
  const middle = medians[Math.floor((medians.length - 1) / 2)] ?? 0;
  const head = `place ask                  language median 9/10 most`;
  const end = `${count} letters each, ${date}: median of medians ${middle.toFixed(2)}, highest ${(medians.at(-1) ?? 0).toFixed(2)}, promised ≤ ${promised}`;
  return `${[head, ...lines, end].join('\n')}\n`;
}
