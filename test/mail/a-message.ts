import type { OutgoingMessage } from '../../src/mail/message.ts';

/** A message of invented people, with what a test changes about it. */
export function aMessage(change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    from: { name: 'Sokha Chan via Every Country Counts', address: 'letters@ecc.example' },
    to: 'member@parliament.example',
    subject: 'A question from Porirua',
    text: 'Dear Ms Example,\n\nI live in Porirua.\n',
    messageId: '<letter.1@ecc.example>',
    envelopeFrom: 'bounces@ecc.example',
    ...change,
  };
}
