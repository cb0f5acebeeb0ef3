import { expect, it } from 'vitest';
import { inTransaction } from '../../src/database/transaction.ts';
import type { LinkPurpose } from '../../src/links/link.ts';
import { createLink, linkLifetime, readLink, useLink } from '../../src/links/links.ts';
import { forEachDatabase } from '../support/databases.ts';

const purposes: readonly LinkPurpose[] = ['join', 'confirm', 'manage', 'invite'];
const now = Date.parse('2026-11-23T10:00:00Z');

forEachDatabase((open) => {
  it('opens for its own purpose only, until it expires, and looking uses nothing up (S-02, S-05)', async () => {
    const db = await open();
    for (const purpose of purposes) {
      const { token } = await inTransaction(db, (tx) =>
        createLink(tx, { purpose, subjectId: 'someone', country: 'NZ' }, now),
      );
      const look = (asked: LinkPurpose, at: number) =>
        inTransaction(db, (tx) => readLink(tx, token, [asked], at));
      for (const other of purposes.filter((p) => p !== purpose)) expect(await look(other, now)).toBeNull();
      for (let visit = 0; visit < 3; visit++)
        expect(await look(purpose, now)).toMatchObject({ subjectId: 'someone' });
      expect(await look(purpose, now + linkLifetime[purpose] - 1)).not.toBeNull();
      expect(await look(purpose, now + linkLifetime[purpose])).toBeNull();
    }
  });

  it('is used once, by one of many at the same moment', async () => {
    const db = await open();
    const { token } = await inTransaction(db, (tx) =>
      createLink(tx, { purpose: 'confirm', subjectId: 'letter', country: 'NZ' }, now),
    );
    const results = await Promise.all(
      Array.from({ length: 10 }, () => inTransaction(db, (tx) => useLink(tx, token, 'confirm', now))),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await inTransaction(db, (tx) => readLink(tx, token, ['confirm'], now))).toBeNull();
  });

  it('keeps no usable token in the database (S-04)', async () => {
    const db = await open();
    const { token } = await inTransaction(db, (tx) =>
      createLink(tx, { purpose: 'join', subjectId: 'someone', country: 'NZ' }, now),
    );
    expect(JSON.stringify(await db.selectFrom('links').selectAll().execute())).not.toContain(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });
});
