import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createViews, type Views } from '../../src/rendering/create-views.ts';

const templates = join(import.meta.dirname, '..', '..', 'templates');

/** The real partials, layouts and words, with templates of the test beside them. */
function viewsWith(files: Record<string, string>): Views {
  const folder = mkdtempSync(join(tmpdir(), 'ecc-templates-'));
  for (const part of ['layouts', 'partials', 'locales'])
    cpSync(join(templates, part), join(folder, part), { recursive: true });
  for (const part of ['pages', 'mails']) mkdirSync(join(folder, part));
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  return createViews(folder);
}

describe('views', () => {
  it('compile every template of the product at start', () => {
    expect(() => createViews(templates)).not.toThrow();
  });

  it('refuse to start with a template that is broken or uses an unknown helper', () => {
    expect(() => viewsWith({ 'pages/x.hbs': '{{#if a}}' })).toThrow('x');
    expect(() => viewsWith({ 'pages/x.hbs': "{{nothing 'a'}}" })).toThrow('nothing');
  });

  it('throw on a field that is not there instead of printing nothing', () => {
    const views = viewsWith({ 'pages/x.hbs': '{{name}}' });
    expect(() => views.page('x', { language: 'en' })).toThrow('name');
    expect(() => views.page('nothing', { language: 'en' })).toThrow('nothing');
  });

  it('print what people wrote as text, in elements and attributes', () => {
    const views = viewsWith({ 'pages/x.hbs': '<p title="{{a}}">{{a}}</p>' });
    const payload = `"><script>alert(1)</script>'{{t 'web:name'}}&`;
    const page = views.page('x', { language: 'en', a: payload });
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('Every Country Counts');
    expect(page.match(/"/g)).toHaveLength(2);
  });

  it('keep U+200B and U+2060 from the catalogue to the page', () => {
    const views = viewsWith({ 'pages/x.hbs': "{{t 'campaign:home.heading'}}" });
    expect(views.page('x', { language: 'km' })).toMatch(/\u200b[\s\S]*\u2060/);
  });

  it('show a partial only what it is passed', () => {
    const views = viewsWith({ 'pages/x.hbs': "{{> field name='town' label='Town'}}" });
    const page = views.page('x', { language: 'en', hint: 'LEAK', value: 'LEAK', autocomplete: 'LEAK' });
    expect(page).not.toContain('LEAK');
  });

  it('never let data reach what a template may call', () => {
    for (const path of ['constructor', 'a.__proto__.polluted', 'a.constructor.name', '@root.toString']) {
      expect(() => viewsWith({ 'pages/x.hbs': `{{${path}}}` }), path).toThrow('no field');
      expect(() => viewsWith({ 'pages/x.hbs': `{{#if ${path}}}yes{{/if}}` }), path).toThrow('no field');
    }
  });

  it('refuse to start with a template that would print unescaped', () => {
    expect(() => viewsWith({ 'pages/x.hbs': '{{{a}}}' })).toThrow('escaped');
    expect(() => viewsWith({ 'pages/x.hbs': '{{&a}}' })).toThrow('escaped');
  });

  it('show lists, what is there and what is not', () => {
    const source =
      '{{#each list}}{{#if @first}}first {{/if}}{{this.name}}{{#with this.more}}{{../name}}{{this}}{{../../end}}{{/with}}, {{else}}none{{/each}}{{#unless end}}!{{/unless}}';
    const views = viewsWith({ 'pages/x.hbs': source });
    const list = [
      { name: 'a', more: 1 },
      { name: 'b', more: null },
    ];
    expect(views.page('x', { language: 'en', list, end: '.' })).toBe('first aa1., b, ');
    expect(views.page('x', { language: 'en', list: [], end: 0 })).toBe('none!');
    expect(() => views.page('x', { language: 'en', list: {}, end: 0 })).toThrow('list');
  });

  it('refuse addresses that could run or lead astray', () => {
    const views = viewsWith({ 'pages/x.hbs': '<a href="{{href a}}">x</a>' });
    for (const a of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.test',
      '/\\evil.test',
      'http://plain.test',
      'https:evil',
      ' https://x.test',
    ]) {
      expect(() => views.page('x', { language: 'en', a }), a).toThrow('address');
    }
    for (const a of ['https://www.parliament.nz/en/', 'mailto:a@b.test', '/nz/write', '#name', '/']) {
      expect(views.page('x', { language: 'en', a })).toContain('<a href="');
    }
  });

  it('write paths in the language of the reader', () => {
    const views = viewsWith({ 'pages/x.hbs': "{{path '/'}} {{path '/' place '/write'}}" });
    expect(views.page('x', { language: 'fr', place: 'nz' })).toBe('/fr /fr/nz/write');
  });

  it('show the English beside unreviewed Khmer, and not beside English', () => {
    const views = viewsWith({ 'pages/x.hbs': "{{> beside key='web:leaving.lead'}}" });
    expect(views.page('x', { language: 'km' })).toContain('<span class="beside" lang="en">It takes you');
    expect(views.page('x', { language: 'en' })).not.toContain('beside');
  });
});

describe('mails', () => {
  const files = {
    'mails/m.subject.hbs': 'About {{name}}\n',
    'mails/m.text.hbs': '{{name}} & {{t "web:leave" lng="km"}}',
    'mails/m.html.hbs': '<p>{{name}}</p>',
  };

  it('have a one-line subject, a text that is not escaped, and HTML that is', () => {
    const mail = viewsWith(files).mail('m', 'en', { name: '<Sok>' });
    expect(mail.subject).toBe('About <Sok>');
    expect(mail.text).toMatch(/^<Sok> & ចាក/);
    expect(mail.html).toBe('<p>&lt;Sok&gt;</p>');
  });

  it('refuse a subject of two lines', () => {
    expect(() => viewsWith(files).mail('m', 'en', { name: 'a\r\nBcc: b@c.test' })).toThrow('one line');
  });
});
