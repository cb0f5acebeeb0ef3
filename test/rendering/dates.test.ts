import { describe, expect, it } from 'vitest';
import { writeDay, writeMoment } from '../../src/rendering/write-dates.ts';
import { withKhmerDigits, writeNumber } from '../../src/rendering/write-numbers.ts';

describe('dates', () => {
  it('are written out as each language does', () => {
    expect(writeDay('2026-11-03', 'en')).toBe('3 November 2026');
    expect(writeDay('2026-11-03', 'fr')).toBe('3\u00a0novembre 2026');
    expect(writeDay('2026-11-01', 'fr')).toBe('1er\u00a0novembre 2026');
    expect(writeDay('2026-11-23', 'km')).toBe('ថ្ងៃ\u200bទី ២៣ ខែ\u200bវិច្ឆិកា ឆ្នាំ ២០២៦');
  });

  it('show the clock of the place, and say so where it is not theirs', () => {
    const moment = Date.parse('2026-11-26T01:05:00Z');
    expect(writeMoment(moment, 'en', 'Pacific/Auckland')).toBe('26 November 2026, 14:05');
    expect(writeMoment(moment, 'fr', 'America/Toronto')).toBe('25\u00a0novembre 2026 à 20\u00a0h\u00a005');
    expect(writeMoment(moment, 'km', 'Pacific/Auckland')).toMatch(/ម៉ោង ១៤:០៥$/);
    expect(writeMoment(moment, 'en')).toBe('26 November 2026, 01:05 UTC');
  });

  it('refuse what is no day', () => {
    expect(() => writeDay('2026-02-30', 'en')).toThrow(RangeError);
    expect(() => writeDay('', 'en')).toThrow(RangeError);
  });
});

describe('numbers', () => {
  it('have the digits and separators of the language', () => {
    expect(writeNumber(1234.5, 'en')).toBe('1,234.5');
    expect(writeNumber(1234, 'km')).toBe('១.២៣៤');
    expect(writeNumber(1234, 'fr')).toBe('1\u00a0234');
    expect(withKhmerDigits('14:05')).toBe('១៤:០៥');
  });
});
