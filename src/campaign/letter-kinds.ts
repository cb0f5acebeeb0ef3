/** A first letter of a thread, or a later one. */
export const letterKinds = ['first', 'thanks', 'reminder', 'meeting', 'successor', 'renewed'] as const;
export type LetterKind = (typeof letterKinds)[number];

/** What a letter that comes after another is made of; first and renewed letters are made as first ones. */
export type LaterPlan = {
  /** Texts of its own, in letters/<language>/later.yaml; where it has none the place's stand. */
  readonly own: readonly ('subject' | 'body' | 'request')[];
  /** Parts for which the place's texts stand. */
  readonly ofPlace: readonly ('subject' | 'ask' | 'why' | 'request')[];
  /** Whether it must have the writer's own words; it may have them always. */
  readonly needsOwnWords: boolean;
  /** How much of the length of a first letter it may have. */
  readonly share: readonly [least: number, most: number];
};

export const laterPlans: Readonly<Partial<Record<LetterKind, LaterPlan>>> = {
  thanks: { own: ['subject', 'body', 'request'], ofPlace: [], needsOwnWords: false, share: [0.35, 0.75] },
  reminder: { own: ['subject', 'body'], ofPlace: ['ask', 'request'], needsOwnWords: false, share: [0.55, 1] },
  meeting: {
    own: ['subject', 'body', 'request'],
    ofPlace: ['ask'],
    needsOwnWords: true,
    share: [0.55, 1],
  },
  successor: {
    own: ['body'],
    ofPlace: ['subject', 'ask', 'why', 'request'],
    needsOwnWords: true,
    share: [0.75, 1.15],
  },
};

/** Id of a text of a later letter, such as `later.thanks.body`. */
export function laterId(kind: LetterKind, part: LaterPlan['own'][number]): string {
  return `later.${kind}.${part}`;
}

/** Every id of letters/<language>/later.yaml. */
export const laterIds: readonly string[] = letterKinds.flatMap((kind) =>
  (laterPlans[kind]?.own ?? []).map((part) => laterId(kind, part)),
);

/** Whether a language has the texts for letters of a kind. */
export function hasKind(texts: ReadonlyMap<string, unknown> | undefined, kind: LetterKind): boolean {
  return (laterPlans[kind]?.own ?? []).every((part) => texts?.has(laterId(kind, part)));
}
