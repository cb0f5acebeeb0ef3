import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createVault } from '../../src/vault/vault.ts';
import { forEachDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';

forEachDatabase((open) => {
  it('opens what it sealed, also after a new start with the same master key', async () => {
    const db = await open();
    const master = randomBytes(32);
    const box = (await createVault(master, fakeClock()).forCountry(db, 'NZ')).seal(
      'supporters',
      'row1',
      'sophea@example.org',
    );
    const later = await createVault(master, fakeClock()).forCountry(db, 'NZ');
    expect(later.open('supporters', 'row1', box)).toBe('sophea@example.org');
  });

  it('does not open a box moved to another row, table or country, or altered by one bit (S-90)', async () => {
    const db = await open();
    const vault = createVault(randomBytes(32), fakeClock());
    const nz = await vault.forCountry(db, 'NZ');
    const fr = await vault.forCountry(db, 'FR');
    const box = nz.seal('letters', 'row1', 'a marker');
    expect(() => nz.open('letters', 'row2', box)).toThrow();
    expect(() => nz.open('supporters', 'row1', box)).toThrow();
    expect(() => fr.open('letters', 'row1', box)).toThrow();
    const altered = Buffer.from(box);
    altered[altered.length - 1] = (altered[altered.length - 1] ?? 0) ^ 1;
    expect(() => nz.open('letters', 'row1', altered)).toThrow();
  });

  it('refuses another master key (S-91)', async () => {
    const db = await open();
    await createVault(randomBytes(32), fakeClock()).forCountry(db, 'NZ');
    await expect(createVault(randomBytes(32), fakeClock()).forCountry(db, 'NZ')).rejects.toThrow();
  });

  it('gives the same index to the same address in a country, another one elsewhere (S-92)', async () => {
    const db = await open();
    const vault = createVault(randomBytes(32), fakeClock());
    const nz = await vault.forCountry(db, 'NZ');
    const fr = await vault.forCountry(db, 'FR');
    expect(nz.emailIndex('Sophea@Example.org ')).toEqual(nz.emailIndex('sophea@example.org'));
    expect(nz.emailIndex('sophea@example.org')).not.toEqual(fr.emailIndex('sophea@example.org'));
  });

  it('gives two processes that meet a new country at the same moment the same keys', async () => {
    const db = await open();
    const master = randomBytes(32);
    const vaults = await Promise.all(
      Array.from({ length: 8 }, () => createVault(master, fakeClock()).forCountry(db, 'CA')),
    );
    const box = vaults[0]!.seal('letters', 'row', 'text');
    for (const vault of vaults) expect(vault.open('letters', 'row', box)).toBe('text');
  });
});
