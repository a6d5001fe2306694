/** The commands that say what is in force and what a change means; loaded only where one of them is asked for. */
export * as diff from '../commands/diff';
export * as effective from '../commands/effective';
export * as plan from '../commands/plan';
export * as report from '../commands/report';
export * as runbook from '../commands/runbook';
