/** The contract with clients; see the file itself. Types alone: nothing here runs. */
export type * from '../features/protocol';
