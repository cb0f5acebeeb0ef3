import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from '../../support/site.ts';
import type { CampaignSite } from './campaign-site.ts';

const shared = join(root, '..', 'shared', 'data');

/** The real lists lie beside the repository where there are any; they are nobody's to publish, so never in it. */
export function hasRealLists(): boolean {
  const there = existsSync(join(shared, 'README.md'));
  if (!there) console.log('skipped: the walks in five countries, because ../shared/data is not here');
  return there;
}

/** File, country, its day, people serving on that day. */
const realLists = [
  ['everypolitician/New_Zealand/House/term-51.csv', 'NZ', '2015-11-05', 121],
  ['ca/represent/ca_house_of_commons.csv', 'CA', '2017-06-27', 338],
  ['fr/datan-2025-12/deputes-active.csv', 'FR', '2025-12-26', 575],
  ['us/congress-legislators/legislators-current.yaml', 'US', '2026-06-15', 537],
  ['au/aph-2025/aph-members.csv', 'AU', '2025-09-18', 150],
  ['au/aph-2025/aph-senators.csv', 'AU', '2025-09-18', 75],
] as const;

const realPostcodes = [
  ['ca/letter-tool/postal-code-riding.json', 'CA'],
  ['fr/letter-tool/plz-circonscription.json', 'FR'],
  ['us/zip/zccd.csv', 'US'],
  ['au/openaustralia/postcodes.csv', 'AU'],
] as const;

/** Members and postcodes of the five countries, brought in by the command line as an operator does. */
export async function importRealLists(site: CampaignSite): Promise<void> {
  for (const [file, country, asOf, serving] of realLists) {
    const taken = await site.campaign(
      'import-representatives',
      join(shared, file),
      '--country',
      country,
      '--as-of',
      asOf,
    );
    expect(taken, file).toMatchObject({ serving, imported: serving, refused: [] });
  }
  for (const [file, country] of realPostcodes) {
    await site.campaign('import-postcodes', join(shared, file), '--country', country);
  }
}

const invented = `id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,end_date,image,gender
ex-1,Alex Example,"Example, Alex",alex.example@parliament.example,,,Party One,,,Harbour North,house,51,,,,female
ex-2,Robin Sample,"Sample, Robin",robin.sample@parliament.example,,,Party Two,,,Harbour South,house,51,,,,male
`;

/** Two invented members for New Zealand, brought in by the same command. */
export async function importInventedList(site: CampaignSite): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'campaign-list-'));
  const file = join(folder, 'members.csv');
  writeFileSync(file, invented);
  await site.campaign(
    'import-representatives',
    file,
    '--country',
    'NZ',
    '--chamber',
    'house',
    '--as-of',
    '2026-11-20',
  );
  rmSync(folder, { recursive: true });
}
