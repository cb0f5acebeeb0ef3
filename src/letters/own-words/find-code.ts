import type { Token } from './fold-words.ts';
import { type At, hasPhrase, type Marked } from './match-phrases.ts';
import type { OwnWordsPhrases } from './own-words-lists.ts';

// What no sentence holds. Each is bounded and without nested repetition; the text is a few thousand characters.
const codePatterns: readonly RegExp[] = [
  /<\s{0,9}[a-z!?/]/gi,
  /\b(?:https?|ftp|mailto)\s{0,9}:|\bwww\d?\.[a-z]/gi,
  /[a-z\d-]{2,63}\.(?:com|org|net|info)\b/gi,
  /[{}]/g,
  /\b(?:javascript|vbscript)\s{0,9}:/gi,
  /\bdata:[a-z]{1,20}\//gi,
  /\bfunction\s{0,9}\(|=>|&&|\|\||\(\)\s{0,9};/gi,
  /&(?:#\d{1,7}|#x[\da-f]{1,6}|lt|gt|amp|quot|nbsp);/gi,
  /%0[ad]/gi,
  /\\[rnx0u]/g,
  /\bunion\s{1,9}select\b|\bdrop\s{1,9}table\b|\binsert\s{1,9}into\b|['"]\s{0,9}or\s{1,9}['"]?1['"]?\s{0,9}=/gi,
];

/** Program code, tags, web addresses, header lines and lines of the mail protocol. */
export function findCode(text: string, lists: OwnWordsPhrases): At[] {
  return [...findPatterns(text), ...findProtocolLines(text, lists)];
}

// Something of this is in each of them, and nothing of it in most texts: one look tells.
const anySign = /[<{}:&|\\%=;]|\.[a-z]|www|function|union|drop|insert/i;

function findPatterns(text: string): At[] {
  if (!anySign.test(text)) return [];
  return codePatterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  );
}

// No line of the protocol without a colon is longer.
const longestCommand = 100;

function findProtocolLines(text: string, lists: OwnWordsPhrases): At[] {
  const headers = lists.raw('headers');
  const commands = lists.raw('smtp');
  const found: At[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.length > longestCommand && !line.includes(':')) {
      start += line.length + 1;
      continue;
    }
    const folded = line.trim().toLowerCase();
    if (folded === '.' || isHeader(folded, headers) || isCommand(folded, commands)) {
      found.push({ start, end: start + line.length });
    }
    start += line.length + 1;
  }
  return found;
}

function isHeader(line: string, headers: readonly string[]): boolean {
  const name = /^([a-z-]{2,40})\s{0,9}:/.exec(line)?.[1];
  return name !== undefined && (headers.includes(name) || name.startsWith('x-'));
}

// A command of one word stands alone on its line; the others have something after them.
function isCommand(line: string, commands: readonly string[]): boolean {
  return (
    commands.some(
      (command) => line === command || (line.startsWith(`${command}:`) && command.includes(' ')),
    ) || /^(?:ehlo|helo) [\w.[\]:-]{1,80}$/.test(line)
  );
}

/** What a browser or a decoder puts in place of characters that were broken on their way. */
export function findBroken(text: string): At[] {
  if (!text.includes('\ufffd')) return [];
  return [...text.matchAll(/\ufffd+/g)].map(({ index, 0: { length } }) => ({
    start: index,
    end: index + length,
  }));
}

/** Words in letters of another script than the letter's. */
export function findOtherScript(text: string, lists: OwnWordsPhrases): At[] {
  if (lists.isLatin && !/[^\0-\u024f\u2000-\u206f]/.test(text)) return [];
  return [...text.matchAll(lists.otherScript)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const numberPattern = /[\p{L}\d]{0,12}\d[\p{L}\d]{0,30}(?:[-/.,–][\p{L}\d]{1,30}){0,6}/gu;

// So many digits in a number of one or several pieces make it look like one after such a word, and anywhere.
const caseDigits = /\d/;
const manyDigits = /\d(?:[\p{L}\-/.,–]*\d){5}/u;

/** Numbers that look like those of a case or a document: long ones, or any after a word such as "case". */
export function findCaseNumbers(
  text: string,
  { sentences, lists: marked }: Marked,
  lists: OwnWordsPhrases,
): At[] {
  const digits = marked.has('case-words') ? caseDigits : manyDigits;
  if (!digits.test(text)) return [];
  return [...text.matchAll(numberPattern)]
    .map((match) => ({ number: match[0], start: match.index, end: match.index + match[0].length }))
    .filter(({ number, start }) => !isDateOrAmount(number) && looksLikeCase(number, start, sentences, lists))
    .map(({ start, end }) => ({ start, end }));
}

function isDateOrAmount(number: string): boolean {
  const pieces = number.split(/[-/.,–]/).filter((piece) => piece !== '');
  if (pieces.every((piece) => /^(?:19|20)\d\d$/.test(piece))) return true;
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(number)) return true;
  return pieces.length === 3 && pieces.every((piece) => /^(?:\d{1,2}|(?:19|20)\d\d)$/.test(piece));
}

function looksLikeCase(
  number: string,
  start: number,
  sentences: readonly (readonly Token[])[],
  lists: OwnWordsPhrases,
): boolean {
  const digits = number.replace(/\D/g, '').length;
  if (digits >= 6) return true;
  if (digits < 3) return false;
  const tokens = sentences.find((sentence) => (sentence.at(-1)?.end ?? 0) > start) ?? [];
  const at = tokens.findIndex((token) => token.end > start);
  return hasPhrase(tokens, { from: at - 3, to: at - 1 }, lists.list('case-words'));
}
