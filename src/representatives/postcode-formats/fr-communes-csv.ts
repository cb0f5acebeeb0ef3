import { frenchConstituencyKey, frenchConstituencyName } from '../area-keys.ts';
import { normalizePostcode } from '../postcodes.ts';
import { createCollector, type PostcodeFormat } from './postcode-format.ts';

const rowShape = /^\d{3};\d\w{1,2};[^;]+;\d{2};\d{5}(?: \d{5})*$/;

/** Communes of France: INSEE number, department, name, circonscription, postal codes; semicolons, no header. */
export const frCommunesCsv: PostcodeFormat = {
  id: 'fr-communes-csv',
  country: 'FR',
  describes: 'communes, circonscriptions and postal codes of France (semicolons, no header)',
  lossy: false,
  recognizes(source) {
    const lines = source.text.slice(0, 2_000).trim().split('\n').slice(0, 10);
    return lines.every((line) => rowShape.test(line.trim()));
  },
  read(source) {
    const collector = createCollector();
    for (const [place, content] of source.text.split('\n').entries()) {
      const line = content.trim();
      if (line === '') continue;
      const [, department = '', , number = '', codes = ''] = line.split(';');
      const key = frenchConstituencyKey(department, number);
      const area = key ? { key, name: frenchConstituencyName(`Département ${department}`, number) } : null;
      for (const code of codes.split(' '))
        collector.add(place + 1, normalizePostcode('FR', code), area, code || line);
    }
    return collector.table();
  },
};
