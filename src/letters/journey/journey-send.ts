import type { Response } from 'express';
import { Failure } from '../../shared/errors.ts';
import { emailLine } from '../../supporters/supporter-forms.ts';
import { readForm } from '../../web/forms.ts';
import { addressIn, languageOf, sendPage } from '../../web/pages.ts';
import { sendPdf } from '../../web/send-pdf.ts';
import { blockTexts } from '../compose/blocks.ts';
import type { ComposedLetter } from '../compose/compose-letter.ts';
import { submitLetter } from '../submit-letter.ts';
import { destinationOf, routeTo } from './choose-recipient.ts';
import type { Composition } from './compose-from-form.ts';
import { readFixedChoices } from './fix-choices.ts';
import { carried, formOf, type Journey, journeyFrame } from './journey.ts';
import { howForm, withUsForm } from './journey-forms.ts';
import { compositionOr, showPreview } from './journey-steps.ts';
import { canDraw, drawLetter, mailtoAddress } from './make-document.ts';
import { presentLetter } from './present-letter.ts';
import { warningsAt } from './warnings.ts';

/** Which wording of the consent was shown: a changed text gets a new id. */
const consentTexts = { keep: 'letter-keep-2026-11' } as const;

/** The composition exactly as the preview fixed it; otherwise the preview is shown again and null returned. */
async function approvedComposition(journey: Journey, res: Response): Promise<Composition | null> {
  const composition = await compositionOr(journey, res);
  if (!composition) return null;
  const fixed = readFixedChoices(journey.parts.formKey, journey.values.fixed);
  if (fixed?.hash === composition.hash) return composition;
  await showPreview(journey, res, { changed: fixed !== null });
  return null;
}

/** Step 5: by oneself, leaving no record, or with the campaign. */
export async function showSend(
  journey: Journey,
  res: Response,
  errors: { field: string; message: string }[] = [],
): Promise<void> {
  const composition = await approvedComposition(journey, res);
  if (!composition) return;
  const { parts, place } = journey;
  const language = languageOf(res);
  const byMail = routeTo(composition.recipient) === 'email';
  sendPage(
    res,
    'letters/send',
    {
      ...journeyFrame(journey, language, 'send'),
      withText: parts.views.say(language, byMail ? 'letters:send.with-text' : 'letters:send.with-text-hand'),
      warnings: warningsAt(parts.campaign, 'send', place.place),
      carried: carried(journey, ['how']),
      // The one choice that is made beforehand: the way that leaves nothing with us.
      form: formOf({ ...journey, values: { ...journey.values, how: journey.values.how || 'self' } }, errors),
    },
    errors.length > 0 ? 422 : 200,
  );
}

/** What was chosen in step 5. */
export async function choose(journey: Journey, res: Response): Promise<void> {
  const form = readForm(howForm, journey.values);
  if (!form.ok) return await showSend(journey, res, [...form.errors]);
  const composition = await approvedComposition(journey, res);
  if (!composition) return;
  if (form.value.how === 'with') return showWithUs(journey, res, composition);
  await journey.parts.countMade(journey.values.fixed, {
    country: journey.country,
    ask: composition.letter.ask,
  });
  showByYourself(journey, res, composition);
}

function showByYourself(journey: Journey, res: Response, { letter, recipient }: Composition): void {
  const { parts, place } = journey;
  const language = languageOf(res);
  const mail = recipient.email ? mailtoAddress(recipient.email, letter.subject, bodyOf(letter)) : null;
  sendPage(res, 'letters/by-yourself', {
    ...journeyFrame(journey, language, 'send'),
    switchPath: `/${journey.country.toLowerCase()}/write/choose`,
    letter: presentLetter(parts.campaign, letter, language, { ownWordsInKhmer: '', changed: [] }),
    formAddress: recipient.form,
    mailAddress: recipient.email,
    mailto: mail?.href ?? null,
    mailShort: mail?.short ?? false,
    canDraw: canDraw(parts.typesetter, letter),
    ownKhmer: journey.values.ownKhmer,
    copyLength: [...letter.text].length,
    warnings: warningsAt(parts.campaign, 'keep', place.place),
    carried: carried(journey, []),
    form: formOf(journey),
  });
}

/** Salutation to signature, for a mail program or a web form that has its own fields for the rest. */
function bodyOf(letter: ComposedLetter): string {
  const texts = blockTexts(letter.paragraphs);
  return [letter.salutation, ...texts, letter.closing, letter.sender.join('\n')].join('\n\n');
}

function showWithUs(
  journey: Journey,
  res: Response,
  composition: Composition,
  errors: { field: string; message: string }[] = [],
): void {
  const { parts, place } = journey;
  const language = languageOf(res);
  const byMail = routeTo(composition.recipient) === 'email';
  sendPage(
    res,
    'letters/with-us',
    {
      ...journeyFrame(journey, language, 'send'),
      switchPath: `/${journey.country.toLowerCase()}/write/choose`,
      emailHint: parts.views.say(
        language,
        byMail ? 'letters:with.email-hint' : 'letters:with.email-hint-hand',
      ),
      warnings: warningsAt(parts.campaign, 'send', place.place),
      carried: carried(journey, ['email', 'keep']),
      form: formOf(journey, errors),
    },
    errors.length > 0 ? 422 : 200,
  );
}

/** Answers with the letter of the form as PDF; nothing of it is kept. */
export async function letterAsPdf(journey: Journey, res: Response): Promise<void> {
  const composition = await approvedComposition(journey, res);
  if (!composition) return;
  const { typesetter } = journey.parts;
  if (!canDraw(typesetter, composition.letter)) throw new Failure('not-found', 'no fonts for this language');
  sendPdf(res, drawLetter(typesetter, composition.letter));
}

/** With the campaign: kept, sealed, until the writer has pressed the button in the mail. */
export async function submit(journey: Journey, res: Response): Promise<void> {
  const composition = await approvedComposition(journey, res);
  if (!composition) return;
  const form = readForm(
    withUsForm.extend({ email: emailLine('letters:with.email-missing') }),
    journey.values,
  );
  if (!form.ok) return showWithUs(journey, res, composition, [...form.errors]);
  const { parts, country, place } = journey;
  const { letter, recipient, letterCase } = composition;
  await submitLetter(parts, {
    entry: {
      email: form.value.email,
      language: languageOf(res),
      seatId: recipient.seatId,
      consents: [{ purpose: 'keep', textId: consentTexts.keep }],
    },
    country,
    place: place.place,
    ask: letter.ask,
    seatId: recipient.seatId,
    route: routeTo(recipient),
    choices: composition.choices,
    content: {
      letterCase,
      subject: letter.subject,
      text: letter.text,
      destination: destinationOf(recipient, letter.recipient),
      replyTo: form.value.email,
    },
  });
  parts.hurry();
  res.set('Cache-Control', 'no-store').redirect(303, addressIn(res, '/write/sent'));
}
