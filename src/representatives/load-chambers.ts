import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import YAML from 'yaml';
import { z } from 'zod';
import { euMembers } from '../campaign/status-of-ask.ts';
import { UsageError } from '../shared/errors.ts';
import type { KnownChamber } from './directory.ts';

const shape = z.object({
  chambers: z.array(
    z.object({ id: z.string(), seats: z.number().int(), name: z.record(z.string(), z.string()) }),
  ),
});

/**
 * The chambers that a country's playbook names, and in member states the European Parliament's beside them. Read
 * from the files alone, so that a list can be imported whatever the state of the texts of letters.
 * @param templates the folder that holds `campaign/places`
 * @throws UsageError naming the file when it is not as a playbook is.
 */
export function loadChambers(templates: string, country: string): KnownChamber[] {
  const own = chambersIn(playbookOf(templates, country));
  const european = euMembers.has(country) ? chambersIn(playbookOf(templates, 'EU')) : [];
  return [...own, ...european.map((chamber) => (own.length > 0 ? { ...chamber, beside: true } : chamber))];
}

function chambersIn(file: string | null): KnownChamber[] {
  if (!file) return [];
  const read = shape.safeParse(parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new UsageError(`${file} has no chambers as a playbook has them`);
  return read.data.chambers.map(({ id, seats, name }) => ({ id, seats, names: Object.values(name) }));
}

function playbookOf(templates: string, place: string): string | null {
  const file = join(templates, 'campaign', 'places', `${place.toLowerCase()}.yaml`);
  return existsSync(file) ? file : null;
}

function parse(text: string): unknown {
  try {
    return YAML.parse(text);
  } catch {
    return null;
  }
}
