import type { Token } from './fold-words.ts';
import { type At, findPhrases, hasPhrase, phraseEndingAt, type Span, tokensOf } from './match-phrases.ts';
import type { OwnWordsPhrases } from './own-words-lists.ts';

// How far, in words, a negation reaches, and a verb of cutting its object.
const reach = 9;
const objectReach = 6;

/**
 * Calls for economic or trade sanctions. Speaking of them is enough, unless the sentence speaks against them
 * ("I do not ask for economic sanctions", "economic sanctions would hurt the poor"): what this letter may
 * never be taken for is worth a sentence written again.
 */
export function findTradeSanctions(tokens: readonly Token[], lists: OwnWordsPhrases): At[] {
  const exceptions = findPhrases(tokens, lists.list('trade-exceptions'));
  return findPhrases(tokens, lists.list('trade-sanctions'))
    .filter((span) => !exceptions.some((exception) => overlap(span, exception)))
    .filter((span) => !isRejected(tokens, span, lists))
    .map((span) => place(tokens, span));
}

/** Calls for cutting aid: a verb of cutting with aid as its object, or aid that "should be" cut. */
export function findAidCuts(tokens: readonly Token[], lists: OwnWordsPhrases): At[] {
  const exceptions = findPhrases(tokens, lists.list('aid-exceptions'));
  const aid = findPhrases(tokens, lists.list('aid')).filter(
    (span) => !exceptions.some((exception) => overlap(span, exception)),
  );
  const calls = aid.map(
    (span) => cutBefore(tokens, span, lists) ?? cutAfter(tokens, span, lists) ?? cutLast(tokens, span, lists),
  );
  return calls
    .filter((span) => span !== null)
    .filter((span) => !isRejected(tokens, span, lists))
    .map((span) => place(tokens, span));
}

/** Threats, also those about votes; what somebody else is quoted as having said is told, not threatened. */
export function findThreats(text: string, tokens: readonly Token[], lists: OwnWordsPhrases): At[] {
  return findPhrases(tokens, lists.list('threats'))
    .filter(
      (span) => !(isQuoted(text, tokens, span) && hasPhrase(tokens, wholeOf(tokens), lists.list('reports'))),
    )
    .map((span) => place(tokens, span));
}

function cutBefore(tokens: readonly Token[], aid: Span, lists: OwnWordsPhrases): Span | null {
  for (let at = aid.from - 1; at >= Math.max(0, aid.from - tokensOf(objectReach, tokens)); at--) {
    if (phraseEndingAt(tokens, at, lists.list('cut-verbs')) < 0) continue;
    const told = hasPhrase(tokens, { from: at - 2, to: at - 1 }, lists.list('cut-past'));
    return told || isForInstitutions(tokens, aid, lists) || negated(tokens, at, aid, lists)
      ? null
      : { from: at, to: aid.to };
  }
  return null;
}

// "withdraw support, not development assistance": the negation stands between verb and object.
function negated(tokens: readonly Token[], verb: number, aid: Span, lists: OwnWordsPhrases): boolean {
  return (
    aid.from - verb > 1 && hasPhrase(tokens, { from: verb + 1, to: aid.from - 1 }, lists.list('negations'))
  );
}

function cutAfter(tokens: readonly Token[], aid: Span, lists: OwnWordsPhrases): Span | null {
  for (let at = aid.to + 1; at <= aid.to + tokensOf(objectReach, tokens); at++) {
    const modal = phraseEndingAt(tokens, at, lists.list('aid-modals'));
    if (modal < 0) continue;
    const verb = [modal + 1, modal + 2].find(
      (next) => phraseEndingAt(tokens, next, lists.list('cut-verbs')) >= 0,
    );
    if (verb === undefined || isForInstitutions(tokens, aid, lists)) return null;
    return hasPhrase(tokens, { from: modal, to: verb }, lists.list('negations'))
      ? null
      : { from: aid.from, to: verb };
  }
  return null;
}

// “die Hilfe streichen”: in some languages the verb comes after its object.
function cutLast(tokens: readonly Token[], aid: Span, lists: OwnWordsPhrases): Span | null {
  for (let at = aid.to + 1; at <= aid.to + tokensOf(objectReach, tokens); at++) {
    if (phraseEndingAt(tokens, at, lists.list('cut-verbs-last')) < 0) continue;
    const kept = hasPhrase(tokens, { from: aid.to + 1, to: at - 1 }, lists.list('negations'));
    return kept || isForInstitutions(tokens, aid, lists) ? null : { from: aid.from, to: at };
  }
  return null;
}

// Support for police, army, courts, the election committee is what the second ask is about.
function isForInstitutions(tokens: readonly Token[], aid: Span, lists: OwnWordsPhrases): boolean {
  return hasPhrase(tokens, { from: aid.to + 1, to: aid.to + 5 }, lists.list('institutions'));
}

function isRejected(tokens: readonly Token[], span: Span, lists: OwnWordsPhrases): boolean {
  return isNegatedBefore(tokens, span, lists) || isNegatedAfter(tokens, span, lists);
}

function isNegatedBefore(tokens: readonly Token[], span: Span, lists: OwnWordsPhrases): boolean {
  for (let at = span.from - 1; at >= Math.max(0, span.from - tokensOf(reach, tokens)); at--) {
    if (phraseEndingAt(tokens, at, lists.list('contrasts')) >= 0) return false;
    if (phraseEndingAt(tokens, at, lists.list('negations')) < 0) continue;
    return !hasPhrase(tokens, { from: at - 2, to: at + 1 }, lists.list('no-negations'));
  }
  return false;
}

function isNegatedAfter(tokens: readonly Token[], span: Span, lists: OwnWordsPhrases): boolean {
  const next = span.to + 1;
  if (phraseEndingAt(tokens, next, lists.list('negations-next')) >= 0) {
    return !hasPhrase(tokens, { from: next, to: next }, lists.list('no-negations'));
  }
  for (let at = span.to + 1; at <= span.to + 4; at++) {
    if (phraseEndingAt(tokens, at, lists.list('negations-after')) < 0) continue;
    return !hasPhrase(tokens, { from: at, to: at + 2 }, lists.list('no-negations'));
  }
  return false;
}

function wholeOf(tokens: readonly Token[]): Span {
  return { from: 0, to: tokens.length - 1 };
}

const openers = '“«„';
const closers = '”»';

function isQuoted(text: string, tokens: readonly Token[], span: Span): boolean {
  let depth = 0;
  let straight = false;
  for (const char of text.slice(0, tokens[span.from]?.start ?? 0)) {
    if (openers.includes(char)) depth++;
    if (closers.includes(char)) depth--;
    if (char === '"') straight = !straight;
  }
  return depth > 0 || straight;
}

function overlap(a: Span, b: Span): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function place(tokens: readonly Token[], span: Span): At {
  return { start: tokens[span.from]?.start ?? 0, end: tokens[span.to]?.end ?? 0 };
}
