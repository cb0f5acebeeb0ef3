import { createHash, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const period = 30;
const recoveryAlphabet = '23456789abcdefghjkmnpqrstvwxyz';

/** A new secret for an authenticator app, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an authenticator app reads from a QR code; it names the site, never the person. */
export function totpAddress(secret: string): string {
  return totp(secret).toString();
}

/**
 * The time step whose code this is, or null. One step before and after are taken for slow clocks.
 * @param now milliseconds
 */
export function matchingStep(secret: string, code: string, now: number): number | null {
  const delta = totp(secret).validate({ token: code.replace(/\s/g, ''), timestamp: now, window: 1 });
  return delta === null ? null : Math.floor(now / 1000 / period) + delta;
}

function totp(secret: string): TOTP {
  return new TOTP({
    issuer: 'Every Country Counts',
    label: 'organizer',
    secret: Secret.fromBase32(secret),
    period,
    digits: 6,
    algorithm: 'SHA1',
  });
}

/** Ten codes of twelve characters, each usable once in place of the app. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () =>
    Array.from(
      { length: 12 },
      (_, place) =>
        (place === 4 || place === 8 ? '-' : '') + recoveryAlphabet.charAt(randomInt(recoveryAlphabet.length)),
    ).join(''),
  );
}

/** What is stored of a recovery code; 58 random bits need no slow hash. */
export function hashRecoveryCode(code: string): string {
  return createHash('sha256')
    .update(`recovery|${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
    .digest('hex');
}
