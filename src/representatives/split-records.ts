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

/** The lines at which the elements of a JSON array begin. The text must be JSON. */
export function jsonElementLines(text: string): number[] {
  const lines: number[] = [];
  let depth = 0;
  let line = 1;
  let waiting = false;
  for (let place = 0; place < text.length; place++) {
    const character = text[place] ?? '';
    if (character === '\n') line++;
    if (waiting && !/[\s\]]/.test(character)) {
      lines.push(line);
      waiting = false;
    }
    if (character === '"') place = endOfString(text, place);
    else if (character === '[' || character === '{') waiting = ++depth === 1;
    else if (character === ']' || character === '}') depth--;
    else if (character === ',' && depth === 1) waiting = true;
  }
  return lines;
}

function endOfString(text: string, start: number): number {
  let place = start + 1;
  while (place < text.length && text[place] !== '"') place += text[place] === '\\' ? 2 : 1;
  return place;
}
