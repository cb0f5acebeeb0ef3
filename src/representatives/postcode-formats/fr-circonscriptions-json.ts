import { frenchConstituencyKey, frenchConstituencyName } from '../area-keys.ts';
import { normalizePostcode } from '../postcodes.ts';
import { createCollector, type PostcodeFormat } from './postcode-format.ts';

/** Postal codes of France and the circonscriptions each lies in: `{"10000": ["1001", "1002"]}`. */
export const frCirconscriptionsJson: PostcodeFormat = {
  id: 'fr-circonscriptions-json',
  country: 'FR',
  describes: 'postal codes and circonscriptions of France (JSON, code to department and number)',
  lossy: false,
  recognizes: (source) => entriesOf(source.json()).length > 0,
  read(source) {
    const collector = createCollector();
    for (const [place, [code, areas]] of entriesOf(source.json()).entries()) {
      // A JSON object has no lines to speak of: the place within it stands for one.
      if (areas.length === 0) collector.add(place + 1, normalizePostcode('FR', code), null, code);
      for (const area of areas) collector.add(place + 1, normalizePostcode('FR', code), readArea(area), code);
    }
    return collector.table();
  },
};

function entriesOf(value: unknown): [string, unknown[]][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const entries = Object.entries(value);
  const sound = entries.filter(([code, areas]) => /^\d{4,5}$/.test(code) && Array.isArray(areas));
  return sound.length > 0 && sound.length >= entries.length * 0.9
    ? entries.map(([code, areas]) => [code, Array.isArray(areas) ? areas : []])
    : [];
}

// "1001" is department 10, number 01; "2A01", "ZA01" and "97101" likewise.
function readArea(value: unknown): { key: string; name: string } | null {
  const text = String(value);
  const department = text.slice(0, -2);
  const number = text.slice(-2);
  const key = frenchConstituencyKey(department, number);
  const code = key?.split('-')[0] ?? '';
  return key ? { key, name: frenchConstituencyName(`Département ${code.padStart(2, '0')}`, number) } : null;
}
