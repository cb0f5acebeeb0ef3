import { readFileSync, rmSync } from 'node:fs';
import { connect } from '../src/database/connect.ts';
import { migrate } from '../src/database/migrate.ts';
import { importRepresentatives } from '../src/representatives/import-representatives.ts';
import { importPostcodes } from '../src/representatives/import-postcodes.ts';
import { findRepresentatives } from '../src/representatives/find-representatives.ts';
rmSync('/tmp/ecc-e/db3', { recursive: true, force: true });
const db = connect({ kind: 'sqlite', file: '/tmp/ecc-e/db3/x.db' });
await migrate(db);
const d = '/work/shared/data/';
const files: [string,string][] = [['us/congress-legislators/legislators-current.json','US'],['au/aph-2025/aph-members.csv','AU'],['au/aph-2025/aph-senators.csv','AU'],['ca/represent/ca_house_of_commons.csv','CA'],['fr/datan-2025-12/deputes-active.csv','FR'],['everypolitician/New_Zealand/House/term-51.csv','NZ']];
let ok = 0, no = 0, slow = 0;
const reasons = new Map<string, number>();
for (let turn = 0; turn < 600; turn++) {
  const [f, country] = files[turn % files.length]!;
  let b = Uint8Array.from(readFileSync(d + f));
  const kind = turn % 5;
  if (kind === 0) b = b.slice(0, Math.floor(Math.random() * b.length));
  else if (kind === 1) for (let i = 0; i < 20; i++) b[Math.floor(Math.random() * b.length)] = Math.floor(Math.random() * 256);
  else if (kind === 2) { const at = Math.floor(Math.random() * b.length); b = Uint8Array.from([...b.slice(0, at), ...b.slice(at + 500)]); }
  else if (kind === 3) for (let i = 0; i < 5; i++) b[Math.floor(Math.random() * b.length)] = [34, 44, 10, 13, 59, 91, 123][Math.floor(Math.random() * 7)]!;
  else { const t = new TextDecoder('latin1').decode(b).split('\n'); t.sort(() => Math.random() - 0.5); b = new TextEncoder().encode(t.join('\n')); }
  const s = performance.now();
  try {
    const r = await importRepresentatives(db, { bytes: b, country, asOf: '2026-06-15', now: 1, dryRun: turn % 2 === 0 });
    if (r.ok) ok++; else { no++; const k = r.reason.replace(/\d+/g, 'N').slice(0, 60); reasons.set(k, (reasons.get(k) ?? 0) + 1); }
    await importPostcodes(db, { bytes: b, country, now: 1, dryRun: true });
  } catch (e) { console.log('CRASH', f, kind, e); }
  if (performance.now() - s > 2000) slow++;
}
console.log({ ok, no, slow }, reasons);
// scale
const rows = ['id,name,sort_name,email,twitter,facebook,group,group_id,area_id,area,chamber,term,start_date,end_date,image,gender'];
for (let i = 0; i < 100000; i++) rows.push(`id${i},Given${i % 977} Family${i},"Family${i}, Given${i % 977}",a${i}@x.example,,,P,p,,Area ${i % 50000} Town${i % 3000},Chamber,1,,,,`);
let s = performance.now();
const bytes = new TextEncoder().encode(rows.join('\n'));
const r = await importRepresentatives(db, { bytes, country: 'IN', asOf: '2015-01-01', now: 2 });
console.log('100k', r.ok && r.serving, Math.round(performance.now() - s), 'ms', Math.round(process.memoryUsage().rss / 1e6), 'MB');
s = performance.now();
await importRepresentatives(db, { bytes, country: 'IN', asOf: '2015-01-01', now: 2 });
console.log('100k again', Math.round(performance.now() - s), 'ms');
for (const [by, text] of [['name', 'family777'], ['constituency', 'area 4711'], ['any', 'given5 family'], ['name', 'g'], ['constituency', 'town29']] as const) {
  s = performance.now();
  const f = await findRepresentatives(db, { country: 'IN', by, text, day: '2015-01-01' });
  console.log(by, text, f.kind, (performance.now() - s).toFixed(1), 'ms');
}
await db.destroy();
