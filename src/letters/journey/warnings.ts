import type { Campaign, WarningStep } from '../../campaign/campaign-types.ts';

/** The warnings that belong to a step of the journey in a place, with the key under which a review is noted. */
export function warningsAt(campaign: Campaign, step: WarningStep, place: string) {
  return campaign.warnings
    .filter((warning) => warning.step === step && (warning.places === null || warning.places.includes(place)))
    .map((warning) => ({ text: warning.text, reviewKey: `warnings:${warning.id}` }));
}
