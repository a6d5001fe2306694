/** How the review of one file ended, and in words. */
export class Review {
  constructor(
    readonly outcome: 'recorded' | 'not due' | 'declined' | 'aborted' | 'refused',
    readonly said: string,
  ) {}
}

export const refused = (why: string): Review => new Review('refused', why);
export const notDue = (why: string): Review => new Review('not due', why);
export const declined = (why: string): Review => new Review('declined', `nothing recorded: ${why}`);
