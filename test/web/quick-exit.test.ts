import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { root } from './web-server.ts';

const script = readFileSync(join(root, 'src', 'web', 'public', 'quick-exit.js'), 'utf8');

type Listener = (event: Record<string, unknown>) => void;

/** Runs the script against the few parts of a browser that it touches. */
function load(exit: { href: string } | null) {
  const listeners: Record<string, Listener> = {};
  const left: string[] = [];
  let now = 0;
  const on = (owner: string) => (name: string, listener: Listener) => {
    listeners[`${owner} ${name}`] = listener;
  };
  runInContext(
    script,
    createContext({
      document: {
        querySelector: (selector: string) =>
          selector === 'a.exit' && exit ? { ...exit, addEventListener: on('exit') } : null,
        addEventListener: on('document'),
      },
      location: { replace: (address: string) => left.push(address) },
      Date: { now: () => now },
    }),
  );
  return {
    left,
    click: () => {
      let prevented = false;
      listeners['exit click']?.({ preventDefault: () => (prevented = true) });
      return prevented;
    },
    press: (key: string, { after = 100, repeat = false } = {}) => {
      now += after;
      listeners['document keydown']?.({ key, repeat });
    },
    listens: () => Object.keys(listeners).sort(),
  };
}

const address = 'http://localhost:3000/leave';

describe('the script of the quick exit', () => {
  it('leaves on three presses of Shift, replacing the page in the history', () => {
    const page = load({ href: address });
    page.press('Shift');
    page.press('Shift');
    expect(page.left).toEqual([]);
    page.press('Shift');
    expect(page.left).toEqual([address]);
  });

  it('does not take slow typing, a held key or capitals for it', () => {
    const page = load({ href: address });
    for (let time = 0; time < 6; time++) page.press('Shift', { after: 1500 });
    for (const key of ['x', 'Shift', 'A', 'Shift', 'B', 'Shift', 'C']) page.press(key);
    page.press('Shift', { after: 5000 });
    for (let time = 0; time < 9; time++) page.press('Shift', { repeat: true });
    expect(page.left).toEqual([]);
  });

  it('replaces the page when the link is used', () => {
    const page = load({ href: address });
    expect(page.click()).toBe(true);
    expect(page.left).toEqual([address]);
  });

  it('does nothing on a page without the link', () => {
    expect(load(null).listens()).toEqual([]);
  });
});
