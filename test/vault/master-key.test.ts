import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMasterKey } from '../../src/vault/master-key.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'campaign-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(key: string, database: string): Buffer {
  mkdirSync(dirname(join(folder, database)), { recursive: true });
  writeFileSync(join(folder, database), '');
  return readMasterKey(join(folder, key), { makeIfAbsent: true, databaseFile: join(folder, database) });
}

describe('the master key', () => {
  it('may lie in a folder of its own', () => {
    expect(read('keys/master.key', 'data/campaign.db')).toHaveLength(32);
    expect(read('..keys/master.key', 'data/campaign.db')).toHaveLength(32);
  });

  it.each(['data/master.key', 'data/keys/master.key', 'data/keys/deep/master.key', 'data/..keys/master.key'])(
    'may not lie where a copy of the database’s folder takes it along: %s',
    (key) => {
      expect(() => read(key, 'data/campaign.db')).toThrow('beside the database');
    },
  );

  it('may not get there through a link, of the key or of the folders', () => {
    read('keys/master.key', 'elsewhere/campaign.db');
    mkdirSync(join(folder, 'data', 'keys'), { recursive: true });
    symlinkSync(join(folder, 'data', 'keys'), join(folder, 'linked'));
    expect(() => read('linked/master.key', 'data/campaign.db')).toThrow('beside the database');
    mkdirSync(join(folder, 'other'));
    symlinkSync(join(folder, 'data', 'campaign.db'), join(folder, 'other', 'campaign.db'));
    expect(() => read('linked/master.key', 'other/campaign.db')).toThrow('beside the database');
  });
});
