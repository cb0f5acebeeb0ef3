import YAML from 'yaml';
import { z } from 'zod';
import { regionName, usDistrictKey, usDistrictName } from '../area-keys.ts';
import { phoneChannel, postChannel, readLink } from '../read-contact.ts';
import { readDay } from '../read-days.ts';
import { nameWarnings, orNull, readGender, requireName } from '../read-names.ts';
import type { Source } from '../read-source.ts';
import { RowRefused } from '../row-refused.ts';
import { jsonElementLines, splitYamlList } from '../split-records.ts';
import {
  type Format,
  type ListedMember,
  type ListedOffice,
  type ReadingOptions,
  readRows,
} from './format.ts';

/** The lists of the unitedstates project: people with all their terms, of which only the last one counts. */
export const congressLegislators: Format = {
  id: 'congress-legislators',
  country: 'US',
  describes: 'members of the United States Congress (congress-legislators, YAML or JSON)',
  recognizes: (source) => looksLikeYaml(source) || looksLikeJson(source),
  read: (source, options) =>
    readRows(
      readRecords(source),
      (row) => readPerson(row, options),
      (row) => JSON.stringify(row.value ?? row.fault),
    ),
};

type Row = { readonly line: number; readonly value?: unknown; readonly fault?: string };

function looksLikeYaml(source: Source): boolean {
  return (
    /^- *\n? *id:/m.test(source.text) && /^ +bioguide:/m.test(source.text) && /^ +terms:/m.test(source.text)
  );
}

function looksLikeJson(source: Source): boolean {
  const value = source.json();
  return Array.isArray(value) && value.some((entry) => entry?.id?.bioguide && Array.isArray(entry.terms));
}

function readRecords(source: Source): Row[] {
  const value = source.json();
  if (Array.isArray(value)) {
    const lines = jsonElementLines(source.text);
    return value.map((entry, place) => ({ line: lines[place] ?? 1, value: entry }));
  }
  return splitYamlList(source.text).map(({ line, text }) => ({ line, ...parseYamlRecord(text) }));
}

function parseYamlRecord(text: string): { value: unknown } | { fault: string } {
  try {
    const [value] = YAML.parse(text, { maxAliasCount: 0 }) as unknown[];
    return { value };
  } catch {
    return { fault: text };
  }
}

const text = z.union([z.string(), z.number()]).transform(String);

const termShape = z.object({
  type: z.enum(['rep', 'sen']),
  start: text,
  end: text,
  state: text,
  district: text.optional(),
  class: z.number().int().min(1).max(3).optional(),
  party: text.optional(),
  address: text.optional(),
  office: text.optional(),
  phone: text.optional(),
  url: text.optional(),
  contact_form: text.optional(),
});

const personShape = z.object({
  id: z.object({ bioguide: text }),
  name: z.object({ first: text, last: text, suffix: text.optional(), official_full: text.optional() }),
  bio: z.object({ gender: text.optional() }).optional(),
  terms: z.array(z.unknown()).min(1),
});

type Term = z.infer<typeof termShape>;

function readPerson(row: Row, options: ReadingOptions): { member: ListedMember; warnings: string[] } | null {
  if (row.fault !== undefined) throw new RowRefused('The entry is no YAML.');
  const person = check(personShape, row.value, 'The entry');
  const term = check(termShape, person.terms.at(-1), 'The last term');
  const start = readDay(term.start, 'first');
  const end = readDay(term.end, 'last');
  const serving = (start === null || start <= options.asOf) && (end === null || end > options.asOf);
  if (!serving) return null;
  const { first, last, suffix } = person.name;
  const fullName = requireName(person.name.official_full ?? [first, last, suffix].filter(Boolean).join(' '));
  const member: ListedMember = {
    line: row.line,
    ids: [{ scheme: 'bioguide', value: person.id.bioguide }],
    fullName,
    givenName: first,
    familyName: last,
    honorific: term.type === 'sen' ? 'Senator' : 'Representative',
    gender: readGender(person.bio?.gender ?? ''),
    party: term.party ?? null,
    ...readSeat(term),
    start,
    end,
    website: readLink(term.url ?? ''),
    offices: readOffices(term),
  };
  return { member, warnings: nameWarnings(fullName) };
}

function check<T>(shape: z.ZodType<T>, value: unknown, what: string): T {
  const checked = shape.safeParse(value);
  if (checked.success) return checked.data;
  const place = checked.error.issues[0]?.path.join('.') || 'its content';
  throw new RowRefused(`${what} is not as this format has it: see "${place}".`);
}

function readSeat(term: Term): Pick<ListedMember, 'chamber' | 'area' | 'ordinal'> {
  const state = term.state.trim().toUpperCase();
  const region = { regionKey: state, regionName: regionName('US', state) };
  if (term.type === 'sen') {
    if (!/^[A-Z]{2}$/.test(state)) throw new RowRefused(`"${state}" is no state.`);
    const area = { key: state, name: region.regionName, ...region, kind: 'region' } as const;
    return { chamber: { id: 'senate', name: 'Senate' }, area, ordinal: term.class ?? null };
  }
  const key = usDistrictKey(state, term.district ?? '');
  if (!key) throw new RowRefused(`"${state} ${term.district ?? ''}" is no district.`);
  const area = { key, name: usDistrictName(key), ...region, kind: 'constituency' } as const;
  return { chamber: { id: 'house', name: 'House of Representatives' }, area, ordinal: null };
}

function readOffices(term: Term): ListedOffice[] {
  const form = readLink(term.contact_form ?? '');
  const channels = [
    ...(form ? [{ kind: 'form', value: form } as const] : []),
    ...postChannel(splitAddress(term.address ?? '', term.office ?? '')),
    ...phoneChannel(term.phone ?? ''),
  ];
  return channels.length > 0 ? [{ kind: 'parliament', label: orNull(term.office ?? ''), channels }] : [];
}

// "268 Cannon House Office Building Washington DC 20515-0504" is one line at the source; an envelope has two.
function splitAddress(address: string, office: string): string[] {
  if (office === '' || !address.toLowerCase().startsWith(office.toLowerCase())) return [address];
  return [office, address.slice(office.length).replace(/^[\s,;]+/, '')];
}
