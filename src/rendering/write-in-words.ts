import Handlebars from 'handlebars';
import type { Language } from './languages.ts';
import type { Catalogues, Values } from './load-catalogues.ts';

type Part = hbs.AST.Expression | hbs.AST.Statement;

/**
 * A template with the words of one language written in: `{{t 'key'}}` and `{{path '/x'}}` say the same on every
 * page of a language, and as text they cost nothing when the page is made. What needs a value stays a helper.
 */
export function writeInWords(source: string, language: Language, say: Catalogues['say']): hbs.AST.Program {
  const program = Handlebars.parse(source);
  const writer = new Handlebars.Visitor() as Handlebars.Visitor & { mutating: boolean };
  writer.mutating = true;
  const constant = (part: hbs.AST.MustacheStatement | hbs.AST.SubExpression) =>
    constantOf(part, language, say);
  writer.MustacheStatement = function mustache(part) {
    Handlebars.Visitor.prototype.MustacheStatement.call(this, part);
    const text = constant(part);
    if (text === null) return part as never;
    const value = part.escaped ? Handlebars.escapeExpression(text) : text;
    return { type: 'ContentStatement', value, original: value, loc: part.loc } as never;
  };
  writer.SubExpression = function sub(part) {
    Handlebars.Visitor.prototype.SubExpression.call(this, part);
    const text = constant(part);
    if (text === null) return part as never;
    return { type: 'StringLiteral', value: text, original: text, loc: part.loc } as never;
  };
  writer.accept(program);
  return program;
}

// The words of a call that has only literals to go by, or null.
function constantOf(
  { path, params, hash }: hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  language: Language,
  say: Catalogues['say'],
): string | null {
  const name = (path as hbs.AST.PathExpression).original;
  const texts = params.map(literalOf);
  const values = Object.fromEntries((hash?.pairs ?? []).map(({ key, value }) => [key, literalOf(value)]));
  if ([...texts, ...Object.values(values)].includes(null)) return null;
  if (name === 't' && texts.length === 1)
    return say((values['lng'] as Language | undefined) ?? language, texts[0] ?? '', values as Values);
  if (name === 'path') return `/${language}${texts.join('')}`.replace(/\/$/, '');
  return null;
}

function literalOf(part: Part): string | null {
  return part.type === 'StringLiteral' ? (part as hbs.AST.StringLiteral).value : null;
}
