import { stripVTControlCharacters } from 'node:util';

/** @typedef {{suite: string, passed: number, failed: number, note?: string, seconds?: number}} Result */

/**
 * The result of a suite that did not come to run its tests.
 * @type {(suite: string, note: string) => Result}
 */
export const failure = (suite, note) => ({ suite, passed: 0, failed: 1, note });

/**
 * What a step's end is worth. What crashed, ran nothing or did not
 * come to its end has at least one failure, whatever it printed.
 * @param {{name: string, minutes: number, counts: (end: any) => Result[]}} step a row of steps.mjs
 * @param {{code: number | null, output: string, timedOut: boolean}} end how its program ended
 * @returns {Result[]} at least one
 */
export function verdict(step, end) {
  const results = step
    .counts({ ...step, code: end.code, output: stripVTControlCharacters(end.output) })
    .map((result) =>
      result.passed + result.failed === 0 ? failure(result.suite, result.note ?? 'ran no tests') : result,
    );
  if (end.timedOut) return [...results, failure(step.name, `did not end within ${step.minutes} minutes`)];
  if (end.code !== 0 && results.every(({ failed }) => failed === 0)) {
    return [...results, failure(step.name, `ended with ${end.code ?? 'a signal'}`)];
  }
  return results;
}
