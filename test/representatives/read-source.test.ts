import { describe, expect, test } from 'vitest';
import { readCsv } from '../../src/representatives/read-csv.ts';
import { readSource } from '../../src/representatives/read-source.ts';
import { jsonElementLines, splitYamlList } from '../../src/representatives/split-records.ts';
import { utf8, windows1252 } from './invented-lists.ts';

const reasonOf = (bytes: Uint8Array) => {
  const read = readSource(bytes);
  return read.ok ? null : read.reason;
};
const textOf = (bytes: Uint8Array) => {
  const read = readSource(bytes);
  return read.ok ? [read.source.encoding, read.source.text] : read.reason;
};

describe('encodings', () => {
  test('UTF-8 with and without a byte order mark', () => {
    expect(textOf(utf8('a,Hauāuru'))).toEqual(['utf-8', 'a,Hauāuru']);
    expect(textOf(utf8('\ufeffa,b'))).toEqual(['utf-8', 'a,b']);
  });

  test('Windows-1252 where the bytes are no UTF-8', () => {
    expect(textOf(windows1252('Abitibi—Érable’s'))).toEqual(['windows-1252', 'Abitibi—Érable’s']);
  });

  test('UTF-16 as spreadsheets save it', () => {
    const bytes = new Uint8Array(Buffer.from('\ufeffa,Hauāuru', 'utf16le'));
    expect(textOf(bytes)).toEqual(['utf-16le', 'a,Hauāuru']);
  });

  test('good UTF-8 that is broken at a place is refused with its line', () => {
    const bytes = utf8('a,é\nb,ü\nc,ā\n');
    bytes[bytes.length - 2] = 0x41;
    expect(reasonOf(bytes)).toBe('The file is UTF-8 and broken at line 3: save or download it again.');
    expect(reasonOf(utf8('Renée,Zoé,Noël').slice(0, -2))).toMatch(/broken at line 1/);
  });

  test.each([
    ['nothing at all', utf8('')],
    ['nothing but blanks', utf8(' \r\n\t\n')],
    ['a lone byte order mark', utf8('\ufeff')],
  ])('%s is an empty file', (_what, bytes) => {
    expect(reasonOf(bytes)).toBe('The file is empty.');
  });

  test('a file that is no text is refused', () => {
    expect(reasonOf(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 1]))).toBe('The file is not text.');
  });
});

describe('tables', () => {
  test('a quotation mark that is never closed, or stands where none may, is a fault and no rows', () => {
    expect(readCsv('a,b\n1,"x\n2,3\n')).toMatchObject({
      rows: [],
      fault: 'a quotation mark is opened and never closed',
    });
    expect(readCsv('a,b\n1,2\n1,"x"y\n')).toMatchObject({
      rows: [],
      fault: 'line 3: a quotation mark stands where none may stand',
    });
  });

  test('a million columns are a fault, not a million cells', () => {
    expect(readCsv(`${'c,'.repeat(1_000_000)}\n1,2\n`)).toMatchObject({
      rows: [],
      fault: expect.stringMatching(/^line \d+ is longer/),
    });
  });

  test('text without any separator is no table', () => {
    expect(readCsv('hello\nworld\n')).toBeNull();
  });
});

describe('records', () => {
  test('a YAML list is cut at its own dashes only', () => {
    expect(splitYamlList('# c\n- a: 1\n  b:\n  - x\n\n- a: 2\n')).toEqual([
      { line: 2, text: '- a: 1\n  b:\n  - x\n' },
      { line: 6, text: '- a: 2\n' },
    ]);
  });

  test.each([[[1, 'x', { a: [1, 2, { b: '],[' }] }, [], 'a"b\\']], [[{ a: 1 }, { b: [{}] }]], [[]]])(
    'elements of a JSON array begin where they begin: %j',
    (value) => {
      const text = JSON.stringify(value, null, 2);
      const lines = jsonElementLines(text);
      expect(lines).toHaveLength(value.length);
      const starts = text
        .split('\n')
        .flatMap((line, place) => (/^ {2}[^ \]}]/.test(line) ? [place + 1] : []));
      expect(lines).toEqual(starts);
      expect(jsonElementLines(JSON.stringify(value))).toEqual(value.map(() => 1));
    },
  );
});
