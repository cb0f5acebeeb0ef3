import Handlebars from 'handlebars';

/** What a whole page or mail was given; partials see it as `@root`. */
export type Root = Readonly<Record<string, unknown>>;

/** A compiled template: the text it makes of a context. */
export type Template = (context: object, root: Root) => string;

/** What a helper gets after its arguments. */
export type HelperOptions = { readonly hash: Readonly<Record<string, unknown>>; readonly root: Root };
export type Helper = (...given: never[]) => unknown;

export type TemplateKit = {
  readonly helpers: Readonly<Record<string, Helper>>;
  /** Looked up when a template is filled in, so that they may name each other. */
  readonly partials: ReadonlyMap<string, Template>;
  /** How a value becomes text of the page: escaped, where the page is HTML. */
  readonly print: (value: unknown) => string;
};

type Scope = {
  readonly self: unknown;
  readonly outer: Scope | null;
  readonly root: Root;
  /** Of a list: whether this is its first. */
  readonly first: boolean;
};
type Part = (scope: Scope) => string;
type Value = (scope: Scope) => unknown;
type Call = Pick<hbs.AST.MustacheStatement, 'path' | 'params' | 'hash'>;

/**
 * Makes a template of what Handlebars has read: plain functions, one for each place where something is filled in.
 * Handlebars' own way of filling in makes several functions and objects anew at every `{{#if}}` and cost more than
 * half of a page. Of its language there is what our templates use, strictly: a field that is not there throws, a
 * partial sees only what it is passed, and everything is printed through `print`.
 * @throws Error for an unknown helper or anything else of the language.
 */
export function compileTemplate(program: hbs.AST.Program, kit: TemplateKit): Template {
  const part = programPart(kit, program);
  return (context, root) => part({ self: context, outer: null, root, first: false });
}

function programPart(kit: TemplateKit, program: hbs.AST.Program | undefined): Part {
  const parts: (string | Part)[] = [];
  for (const statement of program?.body ?? []) {
    const part = statementPart(kit, statement);
    const last = parts.at(-1);
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  const [only = ''] = parts;
  if (parts.length <= 1) return typeof only === 'string' ? () => only : only;
  return (scope) => {
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(scope);
    return text;
  };
}

function statementPart(kit: TemplateKit, statement: hbs.AST.Statement): string | Part {
  switch (statement.type) {
    case 'ContentStatement':
      return (statement as hbs.AST.ContentStatement).value;
    case 'CommentStatement':
      return '';
    case 'MustacheStatement':
      return mustachePart(kit, statement as hbs.AST.MustacheStatement);
    case 'BlockStatement':
      return blockPart(kit, statement as hbs.AST.BlockStatement);
    case 'PartialStatement':
      return partialPart(kit, statement as hbs.AST.PartialStatement);
    default:
      throw new Error(`a ${statement.type} is nothing that templates use`);
  }
}

function mustachePart(kit: TemplateKit, statement: hbs.AST.MustacheStatement): Part {
  if (!statement.escaped) throw new Error('everything is escaped');
  const { print } = kit;
  const path = statement.path as hbs.AST.PathExpression;
  const called = statement.params.length > 0 || statement.hash || Object.hasOwn(kit.helpers, path.original);
  const value = called ? callValue(kit, statement) : pathValue(path, true);
  return (scope) => print(value(scope));
}

function blockPart(kit: TemplateKit, block: hbs.AST.BlockStatement): Part {
  const name = block.path.original;
  const body = programPart(kit, block.program);
  if (name === 'wrap') return wrapPart(kit, block, body);
  const [param] = block.params;
  if (!param || block.params.length > 1) throw new Error(`{{#${name}}} needs one value`);
  const value = valueFor(kit, param);
  const other = programPart(kit, block.inverse);
  if (name === 'if') return (scope) => (isEmpty(value(scope)) ? other(scope) : body(scope));
  if (name === 'unless') return (scope) => (isEmpty(value(scope)) ? body(scope) : other(scope));
  if (name === 'with') return withPart(value, body, other);
  if (name === 'each') return eachPart(value, body, other);
  throw new Error(`no block "${name}"`);
}

function withPart(value: Value, body: Part, other: Part): Part {
  return (scope) => {
    const self = value(scope);
    return isEmpty(self) ? other(scope) : body({ self, outer: scope, root: scope.root, first: false });
  };
}

function eachPart(value: Value, body: Part, other: Part): Part {
  return (scope) => {
    const list = value(scope);
    if (isEmpty(list)) return other(scope);
    if (!Array.isArray(list)) throw new Error('{{#each}} needs a list');
    let text = '';
    for (let at = 0; at < list.length; at++)
      text += body({ self: list[at], outer: scope, root: scope.root, first: at === 0 });
    return text;
  };
}

/** {{#wrap 'notice' kind='care'}}…{{/wrap}}: a partial with {{body}}; the body keeps the page's own fields. */
function wrapPart(kit: TemplateKit, { params, hash }: hbs.AST.BlockStatement, body: Part): Part {
  const partial = partialOf(kit, (params[0] as hbs.AST.StringLiteral | undefined)?.value);
  const values = hashValue(kit, hash);
  return (scope) => partial({ ...values(scope), body: new Handlebars.SafeString(body(scope)) }, scope.root);
}

function partialPart(kit: TemplateKit, { name, params, hash, indent }: hbs.AST.PartialStatement): Part {
  if (params.length > 0 || indent)
    throw new Error('a partial stands at the margin and is passed named values');
  const partial = partialOf(kit, (name as hbs.AST.PathExpression).original);
  const values = hashValue(kit, hash);
  return (scope) => partial(values(scope), scope.root);
}

function partialOf({ partials }: TemplateKit, name: string | undefined): Template {
  let known: Template | undefined;
  return (context, root) => {
    known ??= partials.get(name ?? '');
    if (!known) throw new Error(`no partial "${name}"`);
    return known(context, root);
  };
}

function valueFor(kit: TemplateKit, expression: hbs.AST.Expression): Value {
  if (expression.type === 'PathExpression') return pathValue(expression as hbs.AST.PathExpression, false);
  if (expression.type === 'SubExpression') return callValue(kit, expression as hbs.AST.SubExpression);
  const { value } = expression as hbs.AST.StringLiteral;
  return () => value;
}

function callValue(kit: TemplateKit, { path, params, hash }: Call): Value {
  const name = (path as hbs.AST.PathExpression).original;
  if (!Object.hasOwn(kit.helpers, name)) throw new Error(`no helper "${name}"`);
  const help = kit.helpers[name] as (...given: unknown[]) => unknown;
  const values = hashValue(kit, hash);
  const given = params.map((param) => valueFor(kit, param));
  const [first, second] = given;
  if (!first) return (scope) => help({ hash: values(scope), root: scope.root });
  if (!second) return (scope) => help(first(scope), { hash: values(scope), root: scope.root });
  return (scope) => help(...given.map((value) => value(scope)), { hash: values(scope), root: scope.root });
}

const nothing = Object.freeze({});

function hashValue(kit: TemplateKit, hash: hbs.AST.Hash | undefined): (scope: Scope) => object {
  if (!hash) return () => nothing;
  const pairs = hash.pairs.map(({ key, value }) => ({ key, value: valueFor(kit, value) }));
  return (scope) => {
    const values: Record<string, unknown> = {};
    for (const { key, value } of pairs) values[key] = value(scope);
    return values;
  };
}

/** @param strict whether it is printed: then its last name must be there. */
function pathValue({ data, depth, parts, original }: hbs.AST.PathExpression, strict: boolean): Value {
  // Of what every object inherits nothing can be named, so that no data leads to what can be called.
  if (parts.some((name) => name in Object.prototype)) throw new Error(`"${original}" is no field`);
  const start = data ? dataValue(parts[0]) : outerValue(depth);
  const names = data ? parts.slice(1) : parts;
  if (names.length === 0) return start;
  return (scope) => {
    let holder: unknown;
    let value = start(scope);
    for (const name of names) {
      holder = value;
      value = holder === null || holder === undefined ? undefined : (holder as Root)[name];
    }
    if (strict && value === undefined) mustHave(holder, names.at(-1) ?? '', original);
    return value;
  };
}

function dataValue(name: string | undefined): Value {
  if (name === 'root') return (scope) => scope.root;
  if (name === 'first') return (scope) => scope.first;
  throw new Error(`"@${name}" is nothing that templates use`);
}

function outerValue(depth: number): Value {
  if (depth === 0) return (scope) => scope.self;
  const outer = outerValue(depth - 1);
  return (scope) => outer(scope.outer ?? scope);
}

function mustHave(holder: unknown, name: string, original: string): void {
  if (typeof holder !== 'object' || holder === null || !(name in holder))
    throw new Error(`"${original}" is not there`);
}

function isEmpty(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}
