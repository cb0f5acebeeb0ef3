import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';

/** What is wrong with the content, a line each: file, id, what. */
export type Faults = { add(file: string, id: string, what: string): void; readonly lines: readonly string[] };

export function collectFaults(): Faults {
  const lines: string[] = [];
  return {
    lines,
    add: (file, id, what) => {
      lines.push(`${file}: ${id ? `${id}: ` : ''}${what}`);
    },
  };
}

/** One file of the campaign's content: its path below the templates folder, and its text. */
export type CampaignFile = { readonly path: string; readonly text: string };

/** Every YAML file under campaign, letters and reading, ordered by path. */
export function readCampaignFiles(templates: string): CampaignFile[] {
  return ['campaign', 'letters', 'reading']
    .flatMap((folder) =>
      readdirSync(join(templates, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => path.endsWith('.yaml'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(templates, path), 'utf8') }));
}

/** The files without those of other places, and without letter languages that none of the places has. */
export function filesOfPlaces(files: readonly CampaignFile[], places: readonly string[]): CampaignFile[] {
  const wanted = places.map((code) => code.toLowerCase());
  const playbooks = files.filter(({ path }) =>
    wanted.some((code) => path === `campaign/places/${code}.yaml`),
  );
  const languages = /^languages: *\[(.*)\]/m;
  // English comes along: what every language shares is checked against it.
  const written = ['en', ...playbooks.flatMap(({ text }) => languages.exec(text)?.[1]?.split(/, */) ?? [])];
  const spoken = new Set(written.flatMap((language) => [language, language.slice(0, 2)]));
  return files.filter(({ path }) => {
    const [room, folder = '', name = ''] = path.split('/');
    const place = /^([a-z]{2})\.yaml$/.exec(name)?.[1];
    if (place !== undefined && !wanted.includes(place)) return false;
    return room !== 'letters' || spoken.has(folder);
  });
}

/** 16 hexadecimal digits that change with any byte of the content. */
export function versionOf(files: readonly CampaignFile[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.path}\0${file.text}\0`);
  return hash.digest('hex').slice(0, 16);
}

/** The content of one file as its schema has it, or null with the faults noted. */
export function parseFile<T>(file: CampaignFile, schema: z.ZodType<T>, faults: Faults): T | null {
  const content = parseYaml(file, faults);
  if (content === undefined) return null;
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const place = issue.path.map(String).join('.');
    faults.add(file.path, nameEntry(content, issue.path) ?? place, `${place}: ${issue.message}`);
  }
  return null;
}

function parseYaml(file: CampaignFile, faults: Faults): unknown {
  if (file.text !== file.text.normalize('NFC')) faults.add(file.path, '', 'is not in Unicode form NFC');
  try {
    return parse(file.text, { uniqueKeys: true, maxAliasCount: 0 });
  } catch (error) {
    faults.add(
      file.path,
      '',
      `is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : 'unreadable'}`,
    );
    return undefined;
  }
}

// In a list of entries the entry's own id says more than its number.
function nameEntry(content: unknown, path: readonly PropertyKey[]): string | null {
  let entry = content;
  let name: string | null = null;
  for (const step of path) {
    if (typeof entry !== 'object' || entry === null) break;
    entry = Reflect.get(entry, step);
    const id = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'id') : undefined;
    if (typeof id === 'string') name = id;
  }
  return name;
}
