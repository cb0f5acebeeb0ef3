import type { Response } from 'express';
import { isAskId, type Place } from '../../campaign/campaign-types.ts';
import { hasLetters } from '../../campaign/check-campaign.ts';
import { laterPlans } from '../../campaign/letter-kinds.ts';
import { statusOfAsk } from '../../campaign/status-of-ask.ts';
import { type FindResult, findRepresentatives } from '../../representatives/find-representatives.ts';
import { type Day, dayOf } from '../../shared/clock.ts';
import { type Form, readForm } from '../../web/forms.ts';
import { languageOf, sendPage } from '../../web/pages.ts';
import { checkTyped } from './check-typed.ts';
import { chosenRecipient } from './choose-recipient.ts';
import { type Composition, composeFromForm, samenessOf } from './compose-from-form.ts';
import { describeFound } from './describe-found.ts';
import {
  carried,
  formOf,
  type Journey,
  journeyFrame,
  kindOf,
  languagesOf,
  letterLanguageOf,
  needsOwnWords,
} from './journey.ts';
import { askForm, typedForm } from './journey-forms.ts';
import { presentLetter } from './present-letter.ts';
import { presentSameness } from './present-sameness.ts';
import { warningsAt } from './warnings.ts';

/** Step 1. GET shows it empty; POST, coming back, with what was chosen. */
export async function showAsk(journey: Journey, res: Response, errors: Form['errors'] = []): Promise<void> {
  const { parts, place } = journey;
  const today = dayOf(parts.clock.now(), place.timeZone);
  sendPage(
    res,
    'letters/ask',
    {
      ...journeyFrame(journey, languageOf(res), 'ask'),
      ...(errors.length === 0 &&
        Object.values(journey.values).every((value) => value === '') && { switchBy: 'link' }),
      asks: parts.campaign.asks
        .map((ask) => ({
          id: ask.id,
          name: ask.name,
          limit: ask.limit,
          status: statusOfAsk(place, ask.id, today).value,
        }))
        .filter((ask) => isOffered(place, ask.id, today)),
      warnings: warningsAt(parts.campaign, 'ask', place.place),
      carried: carried(journey, ['ask']),
      form: formOf(journey, errors),
    },
    errors.length > 0 ? 422 : 200,
  );
}

function isOffered(place: Place, ask: string, today: Day): boolean {
  if (!isAskId(ask) || !hasLetters(place, ask)) return false;
  return statusOfAsk(place, ask, today).value !== 'not-offered';
}

/** Step 2: find the member, or type a name in. */
export async function showFind(journey: Journey, res: Response, errors: Form['errors'] = []): Promise<void> {
  const ask = readForm(askForm, journey.values);
  if (!ask.ok) return await showAsk(journey, res, ask.errors);
  const lookUp = journey.values.go === 'look-up';
  const searched = lookUp || journey.values.q !== '';
  const missing = lookUp && journey.values.q === '' ? [{ field: 'q', message: 'letters:find.missing' }] : [];
  const result = searched && missing.length === 0 ? await find(journey) : null;
  const all = [...errors, ...missing];
  sendPage(res, 'letters/find', await findPage(journey, res, result, all), all.length > 0 ? 422 : 200);
}

async function find({ parts, country, place, values }: Journey): Promise<FindResult> {
  const day = dayOf(parts.clock.now(), place.timeZone);
  return await findRepresentatives(parts.db, {
    country,
    chambers: place.chambers.map(({ id }) => id),
    by: 'any',
    text: values.q,
    day,
  });
}

// A letter that comes after another goes where that one went.
function whereElse({ parts, place, elsewhere, values }: Journey) {
  if (!elsewhere || kindOf(values) !== 'first') return null;
  const today = dayOf(parts.clock.now(), elsewhere.timeZone);
  return isOffered(elsewhere, values.ask, today) ? { toEurope: place.place !== 'EU' } : null;
}

async function findPage(journey: Journey, res: Response, result: FindResult | null, errors: Form['errors']) {
  const { parts, place, values, country } = journey;
  const language = languageOf(res);
  const say = (key: string) => parts.views.say(language, key);
  const described = await describeFound(parts, country, place, result, values, language);
  // A choice that is missing is asked for where there is one: among those found, by a look-up, by typing a name.
  const toChoose = described.found ? 'seat' : described.imported ? 'q' : 'representative';
  return {
    ...journeyFrame(journey, language, 'representative'),
    ...described,
    elsewhere: whereElse(journey),
    typedOpen:
      !described.imported ||
      errors.some(({ field }) => field !== 'q' && field !== 'seat') ||
      values.representative !== '' ||
      result?.kind === 'nothing-found',
    chambers: place.chambers.map((chamber) => ({ value: chamber.id, label: chamber.name[language] })),
    genders: ['unknown', 'f', 'm'].map((gender) => ({
      value: gender,
      label: say(`letters:find.gender-${gender}`),
    })),
    carried: carried(journey, [
      'q',
      'seat',
      'representative',
      'chamber',
      'constituency',
      'gender',
      'fixed',
      'turn',
    ]),
    form: formOf(
      journey,
      errors.map((error) => (error.field === 'seat' ? { ...error, field: toChoose } : error)),
    ),
  };
}

/** Step 3: own words, name and address. */
export async function showWords(
  journey: Journey,
  res: Response,
  errors: Form['errors'] = [],
  ticks: readonly object[] = [],
): Promise<void> {
  const recipient = await recipientOr(journey, res, showFind);
  if (!recipient) return;
  const { parts, place, values } = journey;
  const language = languageOf(res);
  const letterLanguage = letterLanguageOf(journey, language, recipient.constituency);
  const nameOf = (code: string) => parts.views.say(language, `letters:languages.${code.slice(0, 2)}`);
  const all = [...journey.faults, ...errors];
  sendPage(
    res,
    'letters/words',
    {
      ...journeyFrame(journey, language, 'words'),
      letterLanguage,
      letterLanguageName: nameOf(letterLanguage),
      letterLanguages:
        place.languages.length > 1
          ? place.languages.map((code) => ({ language: code, name: nameOf(code) }))
          : null,
      later: laterPlans[kindOf(values)]
        ? { kind: kindOf(values), subject: values.firstSubject, optional: !needsOwnWords(values) }
        : null,
      readsLetterLanguage: language === letterLanguage,
      askTick: ticks.length > 0 ? ticks : null,
      warnings: warningsAt(parts.campaign, 'own-words', place.place),
      carried: carried(journey, [
        'own',
        'ownKhmer',
        'tick',
        'name',
        'street',
        'postcode',
        'town',
        'identity',
        'letterLanguage',
        'fixed',
        'turn',
      ]),
      form: formOf({ ...journey, values: { ...withPostcode(values), letterLanguage } }, all),
    },
    all.length > 0 ? 422 : 200,
  );
}

// What was looked up a page ago is the writer's own postcode more often than not.
function withPostcode(values: Journey['values']): Journey['values'] {
  return values.postcode === '' && /\d/.test(values.q) && values.q.length <= 10
    ? { ...values, postcode: values.q }
    : values;
}

/** Step 4: the letter, beside its reading text. */
export async function showPreview(
  journey: Journey,
  res: Response,
  notes: { changed?: boolean } = {},
): Promise<void> {
  const composition = await compositionOr(journey, res);
  if (!composition) return;
  const { parts, place } = journey;
  const language = languageOf(res);
  const fixed = {
    ...journey,
    values: { ...journey.values, fixed: composition.fixed, turn: composition.turn },
  };
  sendPage(
    res,
    'letters/preview',
    {
      ...journeyFrame(fixed, language, 'read'),
      letter: presentLetter(parts.campaign, composition.letter, language, {
        ownWordsInKhmer: journey.values.ownKhmer,
        changed: [],
      }),
      same: presentSameness(composition.letter, await samenessOf(journey, composition)),
      changed: notes.changed ?? false,
      warnings: warningsAt(parts.campaign, 'preview', place.place),
      carried: carried(fixed, []),
      form: formOf(fixed),
    },
    notes.changed ? 409 : 200,
  );
}

/** The recipient, or null after the page that asks for one has been sent. */
async function recipientOr(journey: Journey, res: Response, again: typeof showFind) {
  const { parts, place, country, values } = journey;
  if (!isAskId(values.ask)) {
    await again(journey, res);
    return null;
  }
  const recipient = await chosenRecipient(parts.db, country, place, values);
  const faults =
    recipient?.seatId === null
      ? checkTyped(journey, languagesOf(journey, languageOf(res), recipient.constituency), [
          'representative',
          'constituency',
        ])
      : [];
  if (recipient && faults.length === 0) return recipient;
  // The chamber has a first choice of its own and the salutation too: neither says that a name is being typed.
  const typed = values.representative !== '' || values.constituency !== '';
  const form = typed ? readForm(typedForm(place.chambers.map(({ id }) => id)), values) : null;
  const missing = form && !form.ok ? form.errors : [{ field: 'seat', message: 'letters:find.choose' }];
  await again(journey, res, recipient ? faults : missing);
  return null;
}

/** The composed letter, or null after the page that puts things right has been sent. */
export async function compositionOr(journey: Journey, res: Response): Promise<Composition | null> {
  const recipient = await recipientOr(journey, res, showFind);
  if (!recipient) return null;
  const result = await composeFromForm(journey, recipient, languageOf(res));
  if (result.kind === 'composed') return result.composition;
  await showWords(journey, res, result.errors, result.ticks);
  return null;
}
