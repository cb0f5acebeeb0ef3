/**
 * A language written almost as another, its base (German in Switzerland): what it does not say itself it has from
 * the base, with some letters replaced.
 */
type Derived = { readonly base?: string | undefined; readonly replace?: Replacements | undefined };
export type Replacements = Readonly<Record<string, string>>;

/** The text as the derived language spells it. */
export function respell(text: string, replace: Replacements = {}): string {
  return Object.entries(replace).reduce((done, [from, to]) => done.replaceAll(from, to), text);
}

/** The entries of languages.yaml as they stand in the file, each with what it has from its base. */
export function mergeBases(entries: unknown): unknown {
  if (!isObject(entries)) return entries;
  return Object.fromEntries(
    Object.entries(entries).map(([language, entry]) => [language, mergeBase(entry, entries)]),
  );
}

function mergeBase(entry: unknown, entries: Readonly<Record<string, unknown>>): unknown {
  if (!isObject(entry) || typeof entry['base'] !== 'string') return entry;
  const base = entries[entry['base']];
  const replace = isObject(entry['replace']) ? (entry['replace'] as Replacements) : {};
  return isObject(base) ? over(respellAll(base, replace), entry) : entry;
}

function respellAll(value: unknown, replace: Replacements): unknown {
  if (typeof value === 'string') return respell(value, replace);
  if (Array.isArray(value)) return value.map((one) => respellAll(one, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, respellAll(one, replace)]));
}

// What belongs to the letter is filled up one by one; anything else is taken whole.
function over(base: unknown, own: Readonly<Record<string, unknown>>): unknown {
  if (!isObject(base)) return own;
  const letter = isObject(own['letter']) ? { letter: { ...object(base['letter']), ...own['letter'] } } : {};
  return { ...base, ...own, ...letter };
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is known by language, with that of the base for each derived language that has none of its own. */
export function withDerived<T>(
  known: Readonly<Record<string, T>>,
  languages: Readonly<Record<string, Derived>>,
): Record<string, T> {
  const derived = Object.entries(languages).flatMap(([language, { base }]) => {
    const value = base === undefined ? undefined : known[base];
    return value === undefined || known[language] !== undefined ? [] : [[language, value] as const];
  });
  return { ...known, ...Object.fromEntries(derived) };
}
