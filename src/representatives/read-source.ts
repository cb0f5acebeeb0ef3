import { type CsvTable, readCsv } from './read-csv.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'windows-1252';

/** A file as text, with the shapes it could be read as; each is worked out when a format asks, and once. */
export type Source = {
  readonly text: string;
  readonly encoding: Encoding;
  /** The rows, if the text is a table. */
  csv(): CsvTable | null;
  /** The value, if the text is JSON. */
  json(): unknown;
};

export type SourceRead =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly reason: string };

const largestFile = 50 * 1024 * 1024;

/**
 * Decodes a file: UTF-8 strictly (with or without a byte order mark), else Windows-1252. A text that is mostly
 * good UTF-8 and broken at a place is refused with its line, since guessing would spoil every name in it.
 */
export function readSource(bytes: Uint8Array): SourceRead {
  if (bytes.length > largestFile) return { ok: false, reason: 'The file is larger than 50 MB.' };
  const decoded = decode(bytes);
  if (!decoded.ok) return decoded;
  if (decoded.text.trim() === '') return { ok: false, reason: 'The file is empty.' };
  return { ok: true, source: createSource(decoded.text, decoded.encoding) };
}

function createSource(text: string, encoding: Encoding): Source {
  let table: CsvTable | null | undefined;
  let value: unknown;
  let tried = false;
  return {
    text,
    encoding,
    csv: () => {
      if (table === undefined) table = readCsv(text);
      return table;
    },
    json: () => {
      if (!tried) value = parseJson(text);
      tried = true;
      return value;
    },
  };
}

function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Decoded = { ok: true; text: string; encoding: Encoding } | { ok: false; reason: string };

function decode(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return finish(new TextDecoder('utf-16le').decode(bytes), 'utf-16le');
  if (bytes.includes(0)) return { ok: false, reason: 'The file is not text.' };
  try {
    return finish(new TextDecoder('utf-8', { fatal: true }).decode(bytes), 'utf-8');
  } catch {
    const { good, bad, line } = countSequences(bytes);
    if (good > bad)
      return {
        ok: false,
        reason: `The file is UTF-8 and broken at line ${line}: save or download it again.`,
      };
    return finish(new TextDecoder('windows-1252').decode(bytes), 'windows-1252');
  }
}

function finish(text: string, encoding: Encoding): Decoded {
  return { ok: true, text: text.replace(/\r\n?/g, '\n'), encoding };
}

// How many characters beyond ASCII are written as UTF-8 writes them, how many bytes are not, and where first.
function countSequences(bytes: Uint8Array): { good: number; bad: number; line: number } {
  let good = 0;
  let bad = 0;
  let line = 1;
  let badLine = 0;
  for (let place = 0; place < bytes.length; place++) {
    const byte = bytes[place] ?? 0;
    if (byte === 0x0a) line++;
    if (byte < 0x80) continue;
    const length = sequenceLength(bytes, place);
    if (length > 1) {
      good++;
      place += length - 1;
    } else {
      bad++;
      badLine ||= line;
    }
  }
  return { good, bad, line: badLine || line };
}

function sequenceLength(bytes: Uint8Array, start: number): number {
  const length = announcedLength(bytes[start] ?? 0);
  const rest = bytes.subarray(start + 1, start + length);
  return rest.length === length - 1 && rest.every((byte) => byte >= 0x80 && byte <= 0xbf) ? length : 1;
}

function announcedLength(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
