import type { Report, Reporter } from './report';
import { report as compact } from './reporters/compact';
import { report as json } from './reporters/json';
import { report as jsonl } from './reporters/jsonl';

/** All formats of `validate`, in the order of the help. */
export const formats = [
  'pretty',
  'compact',
  'json',
  'jsonl',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'checkstyle',
  'markdown',
] as const;
export type Format = (typeof formats)[number];

/** Formats for people: `--quiet` leaves out of them what does not count. */
export const humanFormats: ReadonlySet<Format> = new Set(['pretty', 'compact', 'markdown']);

// What CI asks for most is at hand; the others are loaded with the format that needs them.
const atHand: Partial<Record<Format, Reporter>> = { compact, json, jsonl };

export async function reporterFor(format: Format): Promise<Reporter> {
  return atHand[format] ?? (await import('./lazy/reporters')).reporters[format];
}

/** The text that GitHub shows as the summary of a job. */
export async function githubSummary(report: Report): Promise<string> {
  const made = (await import('./lazy/reporters')).jobSummary(report);
  return typeof made === 'string' ? made : [...made].join('');
}
