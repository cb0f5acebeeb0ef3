import type { Chamber, Gender, Place } from '../../campaign/campaign-types.ts';
import type { Db } from '../../database/connect.ts';
import { type Holder, holderOfSeat } from '../../representatives/representative.ts';
import type { Destination } from '../letter-content.ts';
import type { Route } from '../letter-store.ts';
import type { JourneyValues } from './journey-forms.ts';

/** Who the letter is for: a member of the directory, or a name the writer typed in. */
export type Recipient = {
  /** null: typed in; such a letter goes by the writer's own hand only. */
  readonly seatId: string | null;
  readonly name: string;
  readonly surname: string | null;
  readonly gender: Gender;
  readonly chamber: string;
  readonly constituency: string | null;
  /** Postal address of the office, without the name, if the directory has one; else the playbook's is used. */
  readonly address: readonly string[] | null;
  readonly email: string | null;
  readonly form: string | null;
};

/** The recipient the form names, or null if it names none that can be written to. */
export async function chosenRecipient(
  db: Db,
  country: string,
  place: Place,
  values: JourneyValues,
): Promise<Recipient | null> {
  if (values.seat) {
    // Only members of the writer's own country are offered, and asked for again here (security S-74).
    const member = await holderOfSeat(db, country, values.seat);
    const chamber = member && place.chambers.find(({ id }) => id === member.chamber);
    return member && chamber ? fromDirectory(member, chamber) : null;
  }
  const chamber = place.chambers.find(({ id }) => id === values.chamber);
  return values.representative && chamber ? typedIn(values, chamber) : null;
}

function fromDirectory(member: Holder, chamber: Chamber): Recipient {
  return {
    seatId: member.seatId,
    name: member.fullName,
    surname: member.familyName,
    gender: member.gender,
    chamber: chamber.id,
    constituency: member.kind === 'list' ? null : member.constituency,
    address: member.address.length > 0 ? member.address : null,
    email: member.email,
    form: member.form,
  };
}

function typedIn(values: JourneyValues, chamber: Chamber): Recipient {
  const gender = values.gender === 'f' || values.gender === 'm' ? values.gender : 'unknown';
  return {
    seatId: null,
    name: values.representative,
    surname: null,
    gender,
    chamber: chamber.id,
    constituency: values.constituency || null,
    address: null,
    email: null,
    form: null,
  };
}

/** How a letter sent with the campaign reaches the office. */
export function routeTo(recipient: Recipient): Route {
  if (recipient.email) return 'email';
  return recipient.form ? 'form' : 'post';
}

export function destinationOf(recipient: Recipient, postLines: readonly string[]): Destination {
  return { email: recipient.email, form: recipient.form, post: postLines };
}
