/** What is wrong with a composed letter: a rule, and where it shows. */
export type LetterFault = { readonly rule: string; readonly detail: string };
