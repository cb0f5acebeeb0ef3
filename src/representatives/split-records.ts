/** One element of a list and the line it begins at. */
export type RecordText = { readonly line: number; readonly text: string };

/** The top elements of a YAML list, each as the text of its own: a broken one does not take the others along. */
export function splitYamlList(text: string): RecordText[] {
  const records: RecordText[] = [];
  const lines = text.split('\n');
  let start = -1;
  const close = (end: number) => {
    if (start >= 0) records.push({ line: start + 1, text: lines.slice(start, end).join('\n') });
  };
  lines.forEach((content, place) => {
    if (!/^-(\s|$)/.test(content)) return;
    close(place);
    start = place;
  });
  close(lines.length);
  return records;
}

const jsonTokens = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]|,|\n|[^\s",[\]{}]+/g;

/** The lines at which the elements of a JSON array begin. The text must be JSON. */
export function jsonElementLines(text: string): number[] {
  const lines: number[] = [];
  let depth = 0;
  let line = 1;
  let before = '';
  for (const [token] of text.matchAll(jsonTokens)) {
    if (token === '\n') {
      line++;
      continue;
    }
    const begins = depth === 1 && (before === '[' || before === ',') && token !== ']';
    if (begins) lines.push(line);
    depth += step(token);
    before = token;
  }
  return lines;
}

function step(token: string): number {
  if (token === '[' || token === '{') return 1;
  return token === ']' || token === '}' ? -1 : 0;
}
