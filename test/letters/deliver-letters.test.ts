import PostalMime from 'postal-mime';
import { afterEach, expect, test } from 'vitest';
import { verifyAudit } from '../../src/audit/audit.ts';
import type { Db } from '../../src/database/connect.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { applyTimeLimits } from '../../src/letters/apply-time-limits.ts';
import { moveLetter } from '../../src/letters/move-letters.ts';
import { deliverLetters, parkInterruptedLetters } from '../../src/letters/sending/deliver-letters.ts';
import { createSmtpMailer } from '../../src/mail/create-smtp-mailer.ts';
import type { Mailer } from '../../src/mail/mailer.ts';
import type { Verdict } from '../../src/mail/smtp-verdict.ts';
import { createViews } from '../../src/rendering/create-views.ts';
import { workerActor } from '../../src/shared/actor.ts';
import { day, hour, minute } from '../../src/shared/clock.ts';
import { startScriptedServer } from '../mail/scripted-smtp-server.ts';
import { headerNames, type SmtpSink, startSmtpSink } from '../mail/smtp-sink.ts';
import { vaultForTests } from '../support/builders.ts';
import { forEachDatabase } from '../support/databases.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { anOffice, aQueuedLetter, letterText, start } from './a-letter-to-send.ts';

const views = createViews('templates');

forEachDatabase((open) => {
  const running: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of running.splice(0).reverse()) await each.close();
  });

  async function setUp(given: { sink?: Parameters<typeof startSmtpSink>[0]; mailer?: Mailer } = {}) {
    const db = await open();
    const clock = fakeClock(start);
    const vault = vaultForTests(clock);
    const sink = await startSmtpSink(given.sink);
    running.push(sink);
    const mailer = given.mailer ?? smtpMailer(sink.port);
    const parts = {
      db,
      vault,
      clock,
      mailer,
      views,
      logger: silentLogger,
      letterSender: 'letters@ecc.example',
    };
    return { ...parts, parts, sink, deliver: (lanes = 2) => deliverLetters({ ...parts, lanes }) };
  }

  function smtpMailer(port: number, patienceMs?: number): Mailer {
    const mailer = createSmtpMailer({
      host: '127.0.0.1',
      port,
      tls: 'none-on-loopback',
      name: 'ecc.example',
      ...(patienceMs && { patienceMs }),
    });
    running.push(mailer);
    return mailer;
  }

  const letterRow = (db: Db, id: string) =>
    db.selectFrom('letters').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  const attemptsOf = (db: Db, id: string) =>
    db.selectFrom('attempts').selectAll().where('letter_id', '=', id).orderBy('started_at').execute();
  const messageIds = (sink: SmtpSink) => sink.mails.map(({ raw }) => /^Message-ID: <(.*)@/m.exec(raw)?.[1]);

  const refusing = (responseCode: number): Parameters<typeof startSmtpSink>[0] => ({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
  });

  test('a confirmed letter reaches its office once, with its attempt, event, counters and audit', async () => {
    const { db, vault, sink, deliver } = await setUp();
    const { id } = await aQueuedLetter(db, vault);
    expect(await deliver()).toBe(1);
    expect(await deliver()).toBe(0);

    const row = await letterRow(db, id);
    expect(row).toMatchObject({
      state: 'submitted',
      attempts: 1,
      next_attempt_at: null,
      due_at: start + 28 * day,
    });
    expect(await attemptsOf(db, id)).toMatchObject([
      {
        message_id: row.message_id,
        started_at: start,
        settled_at: start,
        verdict: 'accepted',
        code: 250,
        reason: null,
      },
    ]);
    const events = await db.selectFrom('events').select('kind').where('letter_id', '=', id).execute();
    expect(events.map(({ kind }) => kind).sort()).toEqual([
      'letter-awaiting-confirmation',
      'letter-queued',
      'letter-sending',
      'letter-submitted',
    ]);
    const counts = await db.selectFrom('letter_counts').select(['state', 'n']).where('n', '!=', 0).execute();
    expect(counts).toEqual([{ state: 'submitted', n: 1 }]);
    expect((await inTransaction(db, (tx) => verifyAudit(tx))).brokenAt).toBeNull();
    expect(messageIds(sink)).toEqual([row.message_id]);
  });

  test('the mail comes from us in the writer’s name, answers go to the writer, and says what was checked', async () => {
    const { db, vault, sink, deliver } = await setUp();
    const { id } = await aQueuedLetter(db, vault);
    await deliver();
    const [mail] = sink.mails;
    if (!mail) throw new Error('no mail');
    const parsed = await PostalMime.parse(Buffer.from(mail.raw, 'latin1'));
    const { message_id } = await letterRow(db, id);

    expect(mail.to).toEqual(['mere.example@parliament.example']);
    expect(mail.from).toBe(`letters+${message_id}@ecc.example`);
    expect(parsed.from).toEqual({
      name: 'Sokha Chan via Every Country Counts',
      address: 'letters@ecc.example',
    });
    expect(parsed.replyTo?.map(({ address }) => address)).toEqual(['sokha@home.example']);
    expect(parsed.subject).toBe('Visas for officials: a question from Porirua');
    expect(headerNames(mail.raw)).toEqual([
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'reply-to',
      'subject',
      'to',
    ]);
    const text = parsed.text?.replace(/\r\n/g, '\n') ?? '';
    expect(text.startsWith(letterText)).toBe(true);
    expect(text.slice(letterText.length)).toMatch(
      /confirmed this mailbox on 23 November 2026\. Identity papers and the postal address were not checked[\s\S]*letters@ecc\.example with the word STOP/,
    );
    expect(parsed.html).toContain('Dear Ms Example,');
    expect(parsed.html).toContain('confirmed this mailbox on 23 November 2026');
  });

  test('a French letter has its footer in French; an unnamed writer stays unnamed in the header', async () => {
    const { db, vault, sink, deliver } = await setUp();
    await aQueuedLetter(db, vault, { language: 'fr', identity: 3 });
    await deliver();
    const parsed = await PostalMime.parse(Buffer.from(sink.mails[0]?.raw ?? '', 'latin1'));
    expect(parsed.from?.name).toBe('Un habitant de votre circonscription via Every Country Counts');
    expect(parsed.text).toContain('a confirmé cette adresse électronique le 23\u00a0novembre 2026');
    expect(parsed.html).toContain('<html lang="fr">');
  });

  test('what a letter says is text in the HTML part', async () => {
    const { db, vault, sink, deliver } = await setUp();
    const hostile = '<img src=x onerror=alert(1)> {{subject}} </p><script>alert(1)</script> & "x"';
    await aQueuedLetter(db, vault, { text: hostile, subject: '<b>{{text}}</b>' });
    await deliver();
    const parsed = await PostalMime.parse(Buffer.from(sink.mails[0]?.raw ?? '', 'latin1'));
    expect(parsed.text?.startsWith(hostile)).toBe(true);
    expect(parsed.subject).toBe('<b>{{text}}</b>');
    expect(parsed.html).not.toMatch(/<img|<script|<b>/);
    expect(parsed.html).toContain('&lt;img src=x onerror=alert(1)&gt; {{subject}}');
  });

  test('the attempt is on record before the first byte leaves', async () => {
    const seen: unknown[] = [];
    const { db, vault, deliver } = await setUp({
      sink: {
        onMailFrom(_address, _session, done) {
          const rows = db.selectFrom('letters').innerJoin('attempts', 'attempts.letter_id', 'letters.id');
          rows
            .select(['letters.state', 'attempts.message_id', 'attempts.settled_at'])
            .execute()
            .then((found) => {
              seen.push(...found);
              done();
            }, done);
        },
      },
    });
    const { id } = await aQueuedLetter(db, vault);
    await deliver();
    const { message_id } = await letterRow(db, id);
    expect(seen).toEqual([{ state: 'sending', message_id, settled_at: null }]);
  });

  test('a final refusal ends in failed, with the code and no word of the server', async () => {
    const { db, vault, sink, deliver } = await setUp({ sink: refusing(550) });
    const { id } = await aQueuedLetter(db, vault);
    await deliver();
    expect(await letterRow(db, id)).toMatchObject({ state: 'failed', next_attempt_at: null });
    expect(await attemptsOf(db, id)).toMatchObject([
      { verdict: 'refused', code: 550, reason: 'recipient-refused' },
    ]);
    expect(sink.mails).toEqual([]);
  });

  test('"try later" waits 5 minutes, doubling to 4 hours, and gives up after 7 days', async () => {
    const gone = await startSmtpSink();
    await gone.close();
    const { db, vault, clock, deliver } = await setUp({ mailer: smtpMailer(gone.port) });
    const { id } = await aQueuedLetter(db, vault);
    const waits: number[] = [];
    for (;;) {
      expect(await deliver()).toBe(1);
      const row = await letterRow(db, id);
      if (row.state !== 'queued') break;
      waits.push(((row.next_attempt_at ?? 0) - clock.now()) / minute);
      clock.set((row.next_attempt_at ?? 0) - 1);
      expect(await deliver()).toBe(0);
      clock.advance(1);
    }
    expect(waits.slice(0, 8)).toEqual([5, 10, 20, 40, 80, 160, 240, 240]);
    expect((await letterRow(db, id)).state).toBe('failed');
    expect(clock.now() - start).toBeGreaterThanOrEqual(7 * day);
    expect(clock.now() - start).toBeLessThan(7 * day + 4 * hour);
    const messageIdsTried = new Set((await attemptsOf(db, id)).map(({ message_id }) => message_id));
    expect(messageIdsTried.size).toBe(1);
  });

  test('a temporary refusal waits in the queue, with its code', async () => {
    const { db, vault, deliver } = await setUp({ sink: refusing(451) });
    const { id } = await aQueuedLetter(db, vault);
    await deliver();
    expect(await letterRow(db, id)).toMatchObject({ state: 'queued', next_attempt_at: start + 5 * minute });
    expect(await attemptsOf(db, id)).toMatchObject([
      { verdict: 'try-later', code: 451, reason: 'recipient-deferred' },
    ]);
  });

  test('no verdict: uncertain, and never sent again by itself', async () => {
    const server = await startScriptedServer(async (scene) => {
      await scene.upToData();
      await scene.hearBody();
      scene.socket.resetAndDestroy();
    });
    running.push(server);
    const { db, vault, clock, deliver } = await setUp({ mailer: smtpMailer(server.port) });
    const { id } = await aQueuedLetter(db, vault);
    await deliver();
    expect(await letterRow(db, id)).toMatchObject({ state: 'uncertain', next_attempt_at: null });
    expect(await attemptsOf(db, id)).toMatchObject([{ verdict: 'uncertain', reason: 'no-answer' }]);
    for (const wait of [5 * minute, 4 * hour, 7 * day, 30 * day]) {
      clock.advance(wait);
      await applyTimeLimits({ db, clock });
      expect(await deliver()).toBe(0);
    }
    expect(server.bodies).toHaveLength(1);
    expect(await letterRow(db, id)).toMatchObject({ state: 'uncertain', text_box: null });
  });

  test('no server to be reached: everything waits, nothing is lost', async () => {
    const gone = await startSmtpSink();
    await gone.close();
    const { db, vault, clock, deliver, parts, sink } = await setUp({ mailer: smtpMailer(gone.port) });
    const ids = [];
    for (let n = 0; n < 5; n++) ids.push((await aQueuedLetter(db, vault)).id);
    expect(await deliver()).toBe(5);
    for (const id of ids)
      expect(await letterRow(db, id)).toMatchObject({ state: 'queued', next_attempt_at: start + 5 * minute });
    clock.advance(5 * minute);
    expect(await deliverLetters({ ...parts, mailer: smtpMailer(sink.port) })).toBe(5);
    expect(sink.mails).toHaveLength(5);
  });

  test('four lanes and two workers at once send each of forty letters once', async () => {
    const { db, vault, sink, parts } = await setUp();
    const seatId = await anOffice(db, { email: 'mere.example@parliament.example' });
    for (let n = 0; n < 40; n++) await aQueuedLetter(db, vault, { seatId });
    const other = smtpMailer(sink.port);
    const begun = await Promise.all([
      deliverLetters({ ...parts, lanes: 4 }),
      deliverLetters({ ...parts, lanes: 4, mailer: other }),
    ]);
    expect(begun[0] + begun[1]).toBe(40);
    expect(sink.mails).toHaveLength(40);
    expect(new Set(messageIds(sink)).size).toBe(40);
  });

  test('what a dead process left in sending becomes uncertain at the next start, and stays unsent', async () => {
    const { db, vault, clock, sink, deliver } = await setUp();
    const { id } = await aQueuedLetter(db, vault);
    await inTransaction(db, (tx) =>
      moveLetter(tx, workerActor, { letterId: id, to: 'sending', at: start, set: { attempts: 1 } }),
    );
    expect(await deliver()).toBe(0);
    expect(await parkInterruptedLetters({ db, clock }, start - 1)).toBe(0);
    expect(await parkInterruptedLetters({ db, clock })).toBe(1);
    expect((await letterRow(db, id)).state).toBe('uncertain');
    expect(await deliver()).toBe(0);
    expect(sink.mails).toEqual([]);
  });

  test('a lane silent for 15 minutes: uncertain; the verdict that comes after all is still believed', async () => {
    const slow = slowMailer();
    const { db, vault, clock, deliver } = await setUp({ mailer: slow.mailer });
    const verdicts: readonly (readonly [Verdict, string])[] = [
      [{ kind: 'accepted', code: 250 }, 'submitted'],
      [{ kind: 'try-later', reason: 'timed-out' }, 'queued'],
      [{ kind: 'refused', code: 550, reason: 'recipient-refused' }, 'uncertain'],
      [{ kind: 'uncertain', reason: 'no-answer' }, 'uncertain'],
    ];
    for (const [verdict, state] of verdicts) {
      const { id } = await aQueuedLetter(db, vault, { at: clock.now() });
      const delivery = deliver();
      await slow.called();
      clock.advance(15 * minute);
      await applyTimeLimits({ db, clock });
      expect((await letterRow(db, id)).state).toBe('uncertain');
      slow.answer(verdict);
      await delivery;
      expect((await letterRow(db, id)).state).toBe(state);
      await db.updateTable('letters').set({ next_attempt_at: null }).where('id', '=', id).execute();
    }
  });

  test('a late verdict does not touch a letter that was tried again meanwhile', async () => {
    const slow = slowMailer();
    const { db, vault, clock, deliver } = await setUp({ mailer: slow.mailer });
    const { id } = await aQueuedLetter(db, vault);
    const delivery = deliver();
    await slow.called();
    const move = (to: 'uncertain' | 'queued' | 'sending', attempts?: number) =>
      inTransaction(db, (tx) =>
        moveLetter(tx, workerActor, {
          letterId: id,
          to,
          at: clock.now(),
          ...(attempts && { set: { attempts } }),
        }),
      );
    await move('uncertain');
    await move('queued');
    await move('sending', 2);
    slow.answer({ kind: 'accepted', code: 250 });
    await delivery;
    expect(await letterRow(db, id)).toMatchObject({ state: 'sending', attempts: 2 });
  });

  test('a writer erased while the letter is on its way leaves nothing behind and breaks nothing', async () => {
    const slow = slowMailer();
    const { db, vault, deliver } = await setUp({ mailer: slow.mailer });
    const { supporterId } = await aQueuedLetter(db, vault);
    const delivery = deliver();
    await slow.called();
    await db.deleteFrom('supporters').where('id', '=', supporterId).execute();
    slow.answer({ kind: 'accepted', code: 250 });
    expect(await delivery).toBe(1);
    expect(await db.selectFrom('attempts').select('id').execute()).toEqual([]);
  });

  test('a letter withdrawn in time is not sent', async () => {
    const { db, vault, sink, deliver } = await setUp();
    const { id } = await aQueuedLetter(db, vault);
    await inTransaction(db, (tx) =>
      moveLetter(tx, workerActor, { letterId: id, to: 'withdrawn', at: start }),
    );
    expect(await deliver()).toBe(0);
    expect(sink.mails).toEqual([]);
  });

  test('only addresses that the directory still has, and whose office still wants mail, are written to', async () => {
    const { db, vault, sink, deliver } = await setUp();
    const email = 'mere.example@parliament.example';
    const cases = [
      [await aQueuedLetter(db, vault, { seatId: null }), 'returned'],
      [
        await aQueuedLetter(db, vault, {
          email: 'elsewhere@evil.example',
          seatId: await anOffice(db, { email }),
        }),
        'returned',
      ],
      [
        await aQueuedLetter(db, vault, { seatId: await anOffice(db, { email, state: 'failing' }) }),
        'returned',
      ],
      [await aQueuedLetter(db, vault, { seatId: await anOffice(db, { email, state: 'opted-out' }) }), 'held'],
      [
        await aQueuedLetter(db, vault, { seatId: await anOffice(db, { email: email.toUpperCase() }) }),
        'submitted',
      ],
    ] as const;
    await deliver();
    for (const [{ id }, state] of cases) expect((await letterRow(db, id)).state).toBe(state);
    expect(sink.mails).toHaveLength(1);
  });

  test('a box that cannot be opened waits and is logged; the others go', async () => {
    const { db, vault, sink, parts } = await setUp();
    const broken = await aQueuedLetter(db, vault);
    await aQueuedLetter(db, vault);
    await db
      .updateTable('letters')
      .set({ text_box: Buffer.alloc(80) })
      .where('id', '=', broken.id)
      .execute();
    const errors: string[] = [];
    const logger = { ...silentLogger, error: (event: string) => void errors.push(event) };
    await deliverLetters({ ...parts, logger });
    expect(await letterRow(db, broken.id)).toMatchObject({
      state: 'queued',
      next_attempt_at: start + 5 * minute,
    });
    expect(await attemptsOf(db, broken.id)).toMatchObject([{ verdict: 'try-later', reason: 'not-written' }]);
    expect(errors).toEqual(['letter not written']);
    expect(sink.mails).toHaveLength(1);
  });

  test('told to stop, it begins no further letter', async () => {
    const stop = new AbortController();
    const { db, vault, sink, parts } = await setUp({
      sink: {
        onConnect: (_session, done) => {
          stop.abort();
          done();
        },
      },
    });
    for (let n = 0; n < 6; n++) await aQueuedLetter(db, vault);
    expect(await deliverLetters({ ...parts, lanes: 2 }, stop.signal)).toBe(2);
    expect(sink.mails).toHaveLength(2);
    expect(await db.selectFrom('letters').select('id').where('state', '=', 'queued').execute()).toHaveLength(
      4,
    );
  });
});

/** The outside world at its slowest: answers when told to. */
function slowMailer() {
  let answer: (verdict: Verdict) => void = () => undefined;
  let wasCalled = Promise.withResolvers<void>();
  const mailer: Mailer = {
    submit: () =>
      new Promise((resolve) => {
        answer = resolve;
        wasCalled.resolve();
      }),
    close: async () => undefined,
  };
  return {
    mailer,
    answer: (verdict: Verdict) => answer(verdict),
    async called() {
      await wasCalled.promise;
      wasCalled = Promise.withResolvers<void>();
    },
  };
}
