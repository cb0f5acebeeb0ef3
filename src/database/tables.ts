import type { Generated } from 'kysely';
import type { DirectoryTables } from './directory-tables.ts';

/** Times are milliseconds since 1970 (UTC), days 'YYYY-MM-DD', ids text, flags 0 or 1, boxes sealed bytes. */
export type Tables = DirectoryTables & {
  meta: { name: string; value: string };
  country_keys: {
    id: string;
    country: string;
    purpose: 'box' | 'index';
    wrapped: Buffer;
    created_at: number;
    retired_at: number | null;
  };
  links: {
    id: string;
    token_hash: string;
    purpose: string;
    subject_id: string;
    country: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
  audit: {
    seq: number;
    at: number;
    actor_kind: string;
    actor_id: string | null;
    action: string;
    subject_kind: string | null;
    subject_id: string | null;
    country: string | null;
    hash: string;
  };
  audit_head: { id: number; seq: number; hash: string };
  supporters: {
    id: string;
    country: string;
    email_index: Buffer;
    email_box: Buffer;
    language: string;
    seat_id: string | null;
    state: 'unconfirmed' | 'confirmed';
    created_at: number;
    confirmed_at: number | null;
    last_active_at: number;
  };
  consents: {
    id: string;
    supporter_id: string;
    country: string;
    purpose: string;
    text_id: string;
    language: string;
    given_at: number;
    link_id: string;
    proven_at: number | null;
    withdrawn_at: number | null;
  };
  link_mails: {
    id: string;
    country: string;
    supporter_id: string | null;
    purpose: string;
    language: string;
    box: Buffer | null;
    message_id: string;
    state: 'queued' | 'sending' | 'sent' | 'failed';
    attempts: Generated<number>;
    next_attempt_at: number | null;
    created_at: number;
  };
  mailed_addresses: { id: string; address_index: Buffer; purpose: string; created_at: number };
  supporter_counts: { country: string; state: string; n: number };
  threads: {
    id: string;
    country: string;
    place: string;
    supporter_id: string;
    seat_id: string | null;
    ask: string;
    created_at: number;
  };
  letters: {
    id: string;
    thread_id: string;
    supporter_id: string;
    country: string;
    place: string;
    seat_id: string | null;
    ask: string;
    kind: string;
    round: number;
    language: string;
    route: string;
    identity: number;
    state: string;
    state_since: number;
    due_at: number | null;
    next_attempt_at: number | null;
    attempts: Generated<number>;
    letter_day: string;
    created_at: number;
    confirmed_at: number | null;
    text_box: Buffer | null;
    /** JSON: order, phrasing and fact ids, content version. */
    choices: string;
    /** JSON: keyed hashes of the own words. */
    fingerprints: string;
    message_id: string;
    unique_key: string | null;
  };
  /** Hashes by which a letter is found whose own words may be another's. */
  letter_marks: {
    seat_id: string;
    mark: number;
    letter_id: string;
  };
  attempts: {
    id: string;
    letter_id: string;
    message_id: string;
    started_at: number;
    settled_at: number | null;
    verdict: string | null;
    code: number | null;
    reason: string | null;
  };
  events: {
    id: string;
    thread_id: string | null;
    letter_id: string | null;
    country: string;
    seat_id: string | null;
    ask: string | null;
    kind: string;
    from_state: string | null;
    to_state: string | null;
    at: number;
    actor_kind: string;
    actor_id: string | null;
  };
  letter_counts: { country: string; ask: string; state: string; n: number };
  office_counts: { country: string; seat_id: string; state: string; n: number };
  daily_counts: { country: string; day: string; kind: string; n: number };
  made_counts: { country: string; ask: string; month: string; n: number };
  organizers: {
    id: string;
    email_index: Buffer;
    email_box: Buffer;
    language: string;
    state: 'invited' | 'active' | 'disabled';
    password_hash: string | null;
    totp_box: Buffer | null;
    totp_last_step: number | null;
    created_at: number;
  };
  organizer_roles: { organizer_id: string; country: string; role: string };
  recovery_codes: { code_hash: string; organizer_id: string; used_at: number | null };
  sessions: {
    id_hash: string;
    organizer_id: string;
    factors: number;
    created_at: number;
    last_seen_at: number;
    factor_at: number | null;
  };
  sign_in_tries: { bucket: string; n: number; until: number };
};
