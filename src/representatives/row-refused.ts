/** A row that cannot be taken in; its message is the reason shown beside the line. */
export class RowRefused extends Error {}
