import type Handlebars from 'handlebars';

type Engine = typeof Handlebars;
type Template = Handlebars.TemplateDelegate;

/** Renders a template with a context; `data` holds the page's own context as `root`. */
export type CallTemplate = (template: Template, context: object, data: { readonly root: unknown }) => string;

/**
 * Calls templates as Handlebars calls partials, with all that they need ready at hand. Called as a page, a
 * template gets every helper wrapped anew each time, and every helper a copy of its options at each use: a third
 * of what a page costs. Only the helper `lookup` reads what the copy adds, so it alone stays wrapped.
 */
export function createTemplateCaller(engine: Engine): CallTemplate {
  let runtime: Handlebars.RuntimeOptions | null = null;
  return (template, context, data) => {
    runtime ??= readRuntime(engine);
    return template(context, { ...runtime, data });
  };
}

// A partial that is a function is given what the others are given.
function readRuntime(engine: Engine): Handlebars.RuntimeOptions {
  const name = 'what partials are given';
  let given: Handlebars.RuntimeOptions = {};
  engine.registerPartial(name, ((_context: unknown, options: Handlebars.RuntimeOptions) => {
    given = options;
    return '';
  }) as unknown as Template);
  engine.compile(`{{> [${name}]}}`)({});
  engine.unregisterPartial(name);
  const { lookup } = given.helpers ?? {};
  return {
    ...given,
    helpers: { ...(engine.helpers as Record<string, Handlebars.HelperDelegate>), ...(lookup && { lookup }) },
    partials: engine.partials,
  };
}
