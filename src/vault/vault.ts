import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Db } from '../database/connect.ts';
import type { Clock } from '../shared/clock.ts';
import { newId } from '../shared/ids.ts';
import { countryKeys, insertCountryKeys } from './key-store.ts';

/** Under this name lies the key for what belongs to no country: organizers' own addresses and factors. */
export const adminsKey = 'admins';

/** Seals and opens the personal fields of one country. */
export type CountryVault = {
  readonly country: string;
  /** AES-256-GCM, bound to table, row, country and key: moved to another row, a box does not open. */
  seal(table: string, row: string, text: string): Buffer;
  /** @throws Error if the box was altered, moved, or its key destroyed. */
  open(table: string, row: string, box: Buffer): string;
  /** Blind index of an e-mail address: equal addresses, equal bytes, and nothing to learn without the key. */
  emailIndex(address: string): Buffer;
  /** A key of this country for one named use, 32 bytes. */
  derivedKey(use: string): Buffer;
};

export type Vault = {
  /** The country's keys, made at the first use. Call it before a transaction, never inside one. */
  forCountry(db: Db, country: string): Promise<CountryVault>;
};

type Keys = {
  readonly boxes: ReadonlyMap<string, KeyObject>;
  readonly currentId: string;
  readonly index: KeyObject;
};

/** @param masterKey 32 bytes kept outside the database; wraps every country's keys. */
export function createVault(masterKey: Buffer, clock: Clock): Vault {
  if (masterKey.length !== 32) throw new Error('the master key must have 32 bytes');
  const master = createSecretKey(masterKey);
  const opened = new Map<string, CountryVault>();
  return {
    async forCountry(db, country) {
      const known = opened.get(country);
      if (known) return known;
      const vault = createCountryVault(country, await loadOrMakeKeys(db, master, country, clock.now()));
      opened.set(country, vault);
      return vault;
    },
  };
}

async function loadOrMakeKeys(db: Db, masterKey: KeyObject, country: string, now: number): Promise<Keys> {
  const stored = await countryKeys(db, country);
  if (stored.some((key) => key.purpose === 'box') && stored.some((key) => key.purpose === 'index')) {
    return unwrapKeys(masterKey, country, stored);
  }
  const fresh = (['box', 'index'] as const).map((purpose) => {
    const id = newId(now);
    return {
      id,
      country,
      purpose,
      wrapped: encrypt(masterKey, randomBytes(32), wrapContext(country, purpose, id)),
    };
  });
  // Another process may do the same at this moment: whoever is first wins, and both read what is there.
  await insertCountryKeys(db, fresh, now);
  return unwrapKeys(masterKey, country, await countryKeys(db, country));
}

type StoredKey = Awaited<ReturnType<typeof countryKeys>>[number];

function unwrapKeys(masterKey: KeyObject, country: string, stored: readonly StoredKey[]): Keys {
  const boxes = new Map<string, KeyObject>();
  let currentId = '';
  let index: KeyObject | null = null;
  for (const key of stored) {
    const raw = createSecretKey(decrypt(masterKey, key.wrapped, wrapContext(country, key.purpose, key.id)));
    if (key.purpose === 'index') index = raw;
    else boxes.set(key.id, raw);
    if (key.purpose === 'box' && key.retiredAt === null) currentId = key.id;
  }
  if (!index) throw new Error(`no key for the blind index of ${country}`);
  return { boxes, currentId, index };
}

const wrapContext = (country: string, purpose: string, id: string) =>
  `country_keys|${country}|${purpose}|${id}`;

function createCountryVault(country: string, keys: Keys): CountryVault {
  const currentKey = keys.boxes.get(keys.currentId);
  if (!currentKey) throw new Error(`no current key for ${country}`);
  const derived = new Map<string, Buffer>();
  return {
    country,
    seal: (table, row, text) =>
      Buffer.concat([
        Buffer.from(keys.currentId, 'latin1'),
        encrypt(currentKey, Buffer.from(text, 'utf8'), `${table}|${row}|${country}|${keys.currentId}`),
      ]),
    open(table, row, box) {
      const id = box.toString('latin1', 0, idLength);
      const key = keys.boxes.get(id);
      if (!key) throw new Error('the key of this box is not here');
      return decrypt(key, box.subarray(idLength), `${table}|${row}|${country}|${id}`).toString('utf8');
    },
    emailIndex: (address) => createHmac('sha256', keys.index).update(normalizeForIndex(address)).digest(),
    derivedKey(use) {
      const known = derived.get(use);
      if (known) return known;
      const key = createHmac('sha256', keys.index).update(`derived|${use}`).digest();
      derived.set(use, key);
      return key;
    },
  };
}

const idLength = 26;
const normalizeForIndex = (address: string) => `email|${address.trim().toLowerCase()}`;

function encrypt(key: KeyObject, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function decrypt(key: KeyObject, box: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, 12), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(box.subarray(12, 28));
  return Buffer.concat([decipher.update(box.subarray(28)), decipher.final()]);
}
