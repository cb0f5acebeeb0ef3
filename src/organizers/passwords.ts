import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 64 MiB, one pass, one lane (security S-22 asks for 46 MiB or more). */
const cost = { memoryCost: 65_536, timeCost: 1, parallelism: 1 } as const;
/** More at once would let a flood of sign-ins take the memory of the server. */
const atOnce = 4;

export const shortestPassword = 15;
export const longestPassword = 200;

/** Words that a person who knows the campaign would try first. */
const guessable = [
  'password',
  'everycountrycounts',
  'cambodia',
  'kampuchea',
  'cnrp',
  'phnompenh',
  'sangkroh',
  'qwertyuiop',
  '1234567890',
  'letmein',
];

let running = 0;
const waiting: (() => void)[] = [];

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), cost));
}

export function verifyPassword(stored: string, password: string): Promise<boolean> {
  return inTurn(() => verify(stored, password.normalize('NFC')));
}

/** Whether a long password still is one word, or one character, again and again. */
export function isGuessable(password: string): boolean {
  const folded = password.toLowerCase().replace(/[^a-z0-9]/g, '');
  const rest = guessable.reduce((left, word) => left.replaceAll(word, ''), folded);
  return new Set(folded).size < 6 || rest.replace(/\d+/g, '').length < 5;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
