/** What a mailed link is for; it opens nothing else. 'page' is never mailed: it is what pressing a link opens. */
export type LinkPurpose = 'join' | 'confirm' | 'manage' | 'page' | 'invite';

export type Link = {
  readonly id: string;
  readonly purpose: LinkPurpose;
  /** The supporter (join, manage), letter (confirm) or organizer (invite) it was made for. */
  readonly subjectId: string;
  readonly country: string;
  readonly expiresAt: number;
};
