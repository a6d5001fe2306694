export type { DocumentRule, Problem } from '../syntax/problem';

/** Which shape a document is held against. */
export type Shape = 'policy' | 'device' | 'config';
