import { z } from 'zod';
import { namedAreaKey } from '../area-keys.ts';
import { normalizePostcode } from '../postcodes.ts';
import { jsonElementLines } from '../split-records.ts';
import { createCollector, type PostcodeFormat } from './postcode-format.ts';

/** The first three characters of Canadian postal codes and one riding each: `{"A0A": {"ridingName": …}}`. */
export const caPrefixesJson: PostcodeFormat = {
  id: 'ca-prefixes-json',
  country: 'CA',
  describes: 'first parts of postal codes and ridings of Canada (JSON, prefix to riding)',
  lossy: true,
  recognizes: (source) => prefixesShape.safeParse(source.json()).success,
  read(source) {
    const collector = createCollector();
    const prefixes = prefixesShape.safeParse(source.json()).data ?? {};
    for (const [place, [code, { ridingName }]] of Object.entries(prefixes).entries()) {
      collector.add(
        place + 1,
        normalizePostcode('CA', code),
        { key: namedAreaKey(ridingName), name: ridingName },
        code,
      );
    }
    return collector.table();
  },
};

/** Ridings of Canada, each with the first parts of its postal codes. */
export const caRidingsJson: PostcodeFormat = {
  id: 'ca-ridings-json',
  country: 'CA',
  describes: 'ridings of Canada with the first parts of their postal codes (JSON)',
  lossy: true,
  recognizes: (source) => ridingsShape.safeParse(source.json()).success,
  read(source) {
    const collector = createCollector();
    const lines = jsonElementLines(source.text);
    for (const [place, { name, postalCodes }] of (
      ridingsShape.safeParse(source.json()).data ?? []
    ).entries()) {
      const area = { key: namedAreaKey(name), name };
      for (const code of postalCodes)
        collector.add(lines[place] ?? 1, normalizePostcode('CA', code), area, code);
    }
    return collector.table();
  },
};

const prefixesShape = z
  .record(z.string().regex(/^[A-Za-z]\d[A-Za-z]/), z.object({ ridingName: z.string().regex(/\p{L}/u) }))
  .refine((prefixes) => Object.keys(prefixes).length > 0);

const ridingsShape = z
  .array(z.object({ name: z.string().regex(/\p{L}/u), postalCodes: z.array(z.string()) }))
  .min(1);
