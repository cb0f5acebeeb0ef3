/** What an organizer may do; each role holds for named countries. */
export type Role = 'admin' | 'lead' | 'helper' | 'viewer';

/**
 * Who is asking. Every store function on personal data takes one and adds the country condition from it,
 * never from the request (security S-30).
 */
export type Actor =
  | { readonly kind: 'public' }
  | { readonly kind: 'supporter'; readonly supporterId: string; readonly country: string }
  | {
      readonly kind: 'organizer';
      readonly organizerId: string;
      /** ISO 3166-1 alpha-2; never empty for a signed-in organizer. */
      readonly countries: readonly string[];
    }
  | { readonly kind: 'worker' };

export const publicActor: Actor = { kind: 'public' };
export const workerActor: Actor = { kind: 'worker' };

/** The id that events and audit entries keep of an actor: an organizer's or supporter's id, never a name. */
export function actorId(actor: Actor): string | null {
  if (actor.kind === 'organizer') return actor.organizerId;
  if (actor.kind === 'supporter') return actor.supporterId;
  return null;
}

/** Whether an actor may see personal data of a country at all. */
export function maySeeCountry(actor: Actor, country: string): boolean {
  if (actor.kind === 'worker') return true;
  if (actor.kind === 'organizer') return actor.countries.includes(country);
  return actor.kind === 'supporter' && actor.country === country;
}
