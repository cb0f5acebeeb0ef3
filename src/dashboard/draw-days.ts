import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { addDays, type Day } from '../shared/clock.ts';

export type DayCount = { readonly day: Day; readonly kind: string; readonly n: number };

/** One point a day; the two lines of the chart and its table. */
export type DayRow = { readonly day: Day; readonly sent: number; readonly answered: number };

/** Every day from `from` to `to`, also those on which nothing happened. */
export function fillDays(counts: readonly DayCount[], from: Day, to: Day): DayRow[] {
  const rows: DayRow[] = [];
  const sum = (day: Day, kinds: readonly string[]) =>
    counts
      .filter((count) => count.day === day && kinds.includes(count.kind))
      .reduce((total, count) => total + count.n, 0);
  for (let day = from; day <= to; day = addDays(day, 1)) {
    rows.push({
      day,
      sent: sum(day, ['letter-submitted', 'letter-sent-by-you']),
      answered: sum(day, ['answered']),
    });
  }
  return rows;
}

const width = 360;
const height = 150;
const plot = { left: 34, right: 350, top: 12, bottom: 124 };

/** Geometry of the line chart, in units of its view box; words and colors belong to the page. */
export function drawDays(rows: readonly DayRow[]) {
  const most = Math.max(4, ...rows.map((row) => Math.max(row.sent, row.answered)));
  const x = scaleLinear([0, Math.max(1, rows.length - 1)], [plot.left, plot.right]);
  const y = scaleLinear([0, most], [plot.bottom, plot.top]).nice(4);
  const path = (value: (row: DayRow) => number) =>
    line<DayRow>(
      (_row, place) => round(x(place)),
      (row) => round(y(value(row))),
    )([...rows]) ?? '';
  return {
    viewBox: `0 0 ${width} ${height}`,
    sent: path((row) => row.sent),
    answered: path((row) => row.answered),
    grid: y
      .ticks(4)
      .filter(Number.isInteger)
      .map((value) => ({ value, y: String(round(y(value))), textY: String(round(y(value)) + 4) })),
    first: rows[0]?.day ?? '',
    last: rows.at(-1)?.day ?? '',
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
