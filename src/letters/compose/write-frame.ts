import type { Gender, Source } from '../../campaign/campaign-types.ts';
import { fillPhrasing } from '../../campaign/compile-phrasing.ts';
import { layoutPlans } from '../../campaign/layouts.ts';
import { writeDay } from '../../campaign/write-day.ts';
import { isDay } from '../../shared/clock.ts';
import { countryName } from '../../shared/countries.ts';
import type { Job } from './take-job.ts';

/** What stands around the paragraphs: sender, recipient, date, forms of address, sources. */

export function senderLines(job: Job): string[] {
  const { writer } = job.letterCase;
  const { gaps } = job.words;
  if (writer.identity === 3) return [unnamed(job)];
  const { nameLast } = layoutPlans[job.place.layout];
  const name = writer.name || gaps.name;
  const locality = writer.locality || `${job.values.get('postcode')} ${job.values.get('town')}`;
  if (writer.identity === 2) return nameLast ? [locality, name] : [name, locality];
  const street = writer.address.length > 0 || !job.template ? writer.address : [gaps.street];
  const lines = street.filter((line) => line !== locality);
  if (nameLast) return [locality, ...lines, name];
  const parts = [writer.postcode, writer.town];
  const told = parts.every((part) => part !== '' && street.some((line) => line.includes(part)));
  return told ? [name, ...street] : [name, ...street, locality];
}

function unnamed(job: Job): string {
  const { country, language } = job.letterCase;
  const locality = `${job.values.get('postcode')} ${job.values.get('town')}`;
  return fillPhrasing(
    job.words.unnamed[job.place.layout],
    new Map([
      ['locality', locality],
      ['country', countryName(country, language)],
    ]),
  );
}

export function signature(job: Job): string {
  const { writer } = job.letterCase;
  if (writer.identity === 3) return unnamed(job);
  const name = writer.name || job.words.gaps.name;
  return fillPhrasing(job.words.signature, new Map([['name', name]]));
}

// Another address than the chamber's (an office in the constituency) keeps the chamber's line for the name.
export function recipientLines(job: Job): string[] {
  const lines = job.chamber.addressee.get(job.letterCase.language) ?? [];
  const known = lines.filter((line) => line.fields.every((field) => job.values.get(field)));
  const fill = (some: typeof known) => some.map((line) => fillPhrasing(line, job.values));
  const { address } = job.letterCase.representative;
  if (!address) return fill(known);
  const named = fill(known.filter(({ fields }) => fields.includes('name')));
  return layoutPlans[job.place.layout].nameLast ? [...address, ...named] : [...named, ...address];
}

export function fillDateLine(job: Job): string {
  const date = writeDay(job.language, job.place.layout, job.letterCase.date);
  return fillPhrasing(
    job.words.dateLine[job.place.layout],
    new Map([
      ['date', date],
      ['town', job.values.get('town') ?? ''],
    ]),
  );
}

export function byGender<T>(
  forms: ReadonlyMap<string, Readonly<Record<Gender, T>>>,
  language: string,
  gender: Gender,
): T {
  const form = forms.get(language);
  if (!form) throw new RangeError(`no form of address in ${language}`);
  return form[gender];
}

// A source is written in the same words under every letter of a language and layout.
const sourceLines = new WeakMap<Source, Map<string, string>>();

export function sourceLine(job: Job, source: Source): string {
  const lines = sourceLines.get(source) ?? new Map<string, string>();
  sourceLines.set(source, lines);
  const manner = `${job.letterCase.language} ${job.place.layout}`;
  const line = lines.get(manner) ?? writeSource(job, source);
  lines.set(manner, line);
  return line;
}

function writeSource(job: Job, source: Source): string {
  const { source: dated, undatedSource } = job.words;
  const values = new Map([
    ['publisher', source.publisher],
    ['title', source.title],
  ]);
  if (!source.date) return fillPhrasing(undatedSource, values);
  const date = isDay(source.date) ? writeDay(job.language, job.place.layout, source.date) : source.date;
  return fillPhrasing(dated, new Map([...values, ['date', date]]));
}
