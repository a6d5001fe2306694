import { describe, expect, test } from 'vitest';
import { judgeConfig } from '../../../server/src/engine/judge';
import { found, now, only, projectOf } from '../harness';

const rule = 'config-nested';
const config = 'kea-policy.config.json';
const inner = 'americas/kea-policy.config.json';

describe(rule, () => {
  test('stands at the start of the inner file and points to the outer', () => {
    const finding = only(rule, { [config]: {}, [inner]: {} }, config);
    expect(finding).toMatchObject({
      path: inner,
      severity: 'warning',
      anchor: { range: { start: 0, end: 0 } },
    });
    expect(finding.message).toContain('"americas"');
    expect(finding.related).toMatchObject([{ path: config }]);
  });

  test('the outer config alone sets its severity', () => {
    const loosened = { [config]: {}, [inner]: { rules: { [rule]: 'off' } } };
    expect(only(rule, loosened, config).severity).toBe('warning');
    expect(only(rule, { ...loosened, [config]: { rules: { [rule]: 'error' } } }, config).severity).toBe(
      'error',
    );
    expect(found(rule, { ...loosened, [config]: { rules: { [rule]: 'off' } } }, config)).toEqual([]);
  });

  test('an override of the outer config is for the files of the inner one', () => {
    const outer = { overrides: [{ files: ['americas/**'], rules: { [rule]: 'off' } }] };
    const files = { [config]: outer, [inner]: {}, 'apac/kea-policy.config.json': {} };
    expect(found(rule, files, config).map(({ path }) => path)).toEqual(['apac/kea-policy.config.json']);
  });

  test('one for each, none for what is ignored, none without an outer config', () => {
    const files = { [config]: {}, [inner]: {}, 'apac/tokyo/kea-policy.config.json': {} };
    expect(found(rule, files, config)).toHaveLength(2);
    expect(found(rule, { ...files, [config]: { ignore: ['apac'] } }, config).map(({ path }) => path)).toEqual(
      [inner],
    );
    expect(judgeConfig(projectOf({ [inner]: {} }), { now })).toEqual([]);
  });
});
