import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projects } from '../engine/properties/projects';
import { folderWith, read, run, validate } from './command';

// Projects with everything that goes wrong in files, the same in every run, each in a folder of its own.
const samples = fc.sample(projects, { numRuns: 40, seed: 20261123 });
const files = Object.fromEntries(
  samples.flatMap((texts, i) => Object.entries(texts).map(([path, text]) => [`${i}/${path}`, text])),
);
const now = ['--now', '2026-11-23T12:00:00Z'];
const hangs = 120_000;

test(
  'threads, a cache and what was asked for change no byte of the answer',
  () => {
    const folder = folderWith(files);
    const json = ['validate', '--format', 'json', ...now];
    const plain = run(folder, [...json, '--jobs', '1']).stdout;
    expect(plain.length).toBeGreaterThan(100_000);
    expect(run(folder, [...json, '--jobs', '2']).stdout).toBe(plain);
    expect(run(folder, [...json, '--jobs', '5']).stdout).toBe(plain);
    expect(run(folder, [...json, '--cache']).stdout).toBe(plain);
    expect(run(folder, [...json, '--cache', '--jobs', '2']).stdout).toBe(plain);

    const all = validate(folder, now).findings;
    const documents = Object.keys(files).filter((path) => path.endsWith('.kea-policy.json'));
    const asked = documents.filter((_path, i) => i % 3 === 0);
    const inAsked = all.filter(({ path }) => asked.includes(path));
    const answered = validate(folder, [...now, ...asked]).findings.filter(({ path }) => asked.includes(path));
    const ignored = answered.filter(({ path }) => !all.some((finding) => finding.path === path));
    // A file that the config leaves out is taken where it is named outright.
    expect(answered.filter((finding) => !ignored.includes(finding))).toEqual(inAsked);
  },
  hangs,
);

test(
  'fixing leaves nothing to fix, adds no finding and touches no file that needs none',
  () => {
    const folder = folderWith(files);
    const before = validate(folder, now).findings.map(({ path, fingerprint }) => `${path} ${fingerprint}`);
    expect(run(folder, ['validate', '--fix', '--diff', ...now]).stdout).toContain('@@');
    const after = validate(folder, ['--fix', ...now]).findings;
    expect(after.length).toBeLessThan(before.length);
    const known = new Set(before);
    expect(after.filter(({ path, fingerprint }) => !known.has(`${path} ${fingerprint}`))).toEqual([]);

    const changed = Object.keys(files).filter((path) => read(folder, path) !== files[path]);
    expect(changed.length).toBeGreaterThan(3);
    for (const path of changed) expect(read(folder, path).length).toBeLessThan(files[path]!.length);
    expect(run(folder, ['validate', '--fix', '--diff', ...now]).stdout).not.toContain('@@');
  },
  hangs,
);

test(
  'a baseline knows all of them, and says which are gone',
  () => {
    const folder = folderWith(files);
    const all = validate(folder, [...now, '--write-baseline', 'known.json']).findings;
    expect(all.length).toBeGreaterThan(100);
    const held = validate(folder, [...now, '--baseline', 'known.json']);
    expect([held.status, held.findings.filter(({ excepted }) => !excepted)]).toEqual([0, []]);
  },
  hangs,
);
