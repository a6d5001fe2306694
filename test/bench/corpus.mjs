import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers from 0 to 1 that only the seed decides (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const statement = {
  version: 'Statement 2026-04',
  accepted: true,
  acceptedBy: 'Information security, CHG-20411',
  acceptedAt: '2026-05-04T09:30:00+02:00',
};

const config = {
  plugin: { kind: 'web', version: '4.0.0.512', statementVersion: statement.version },
  agents: [
    { version: '3.16.0.100', statementVersion: statement.version, hosts: 4000 },
    {
      version: '4.0.0.480',
      statementVersion: statement.version,
      hosts: 900,
      administrationGroups: ['Managed devices/Region 1'],
    },
  ],
};

/** What can be wrong with a file; `shape` is what a validator with nothing but the schema sees. */
const faults = [
  { shape: true, make: (text) => text.replace('"enabled": true', '"enabled": "true"') },
  { shape: true, make: (text) => text.replace('"regions"', '"region"') },
  { shape: true, make: (text) => text.replace(/ {2}"name": .*\n/, '') },
  { shape: false, twice: true, make: (text) => text.replace('  "name"', '  "formatVersion": 1,\n  "name"') },
  { shape: false, make: (text) => text.replace('"accepted": true', '"accepted": false') },
  {
    shape: false,
    make: (text) => text.replace(`"version": "${statement.version}"`, '"version": "Statement 2025-01"'),
  },
  { shape: false, make: (text) => text.replace(/ {6}"acceptedBy": .*\n/, '') },
];

const words =
  'workstations servers branch office kiosk laboratory reviewed quarterly owner ticket change'.split(' ');

/**
 * Writes an estate of policies and devices: a group tree, one active policy a group, 2 % of the files with a
 * finding. The same arguments give the same bytes.
 * @param {{folder: string, files: number, bytes?: number, seed?: number, others?: number}} wanted `others` are
 *   files of no interest among them
 * @returns {{files: number, wrong: string[], shape: string[], twice: string[]}} how many documents, those with a finding, and those
 *   of them that the schema alone finds, or that name a member twice; relative paths
 */
export function makeCorpus({ folder, files, bytes = 1400, seed = 1, others = 0 }) {
  const random = seeded(seed);
  const perFolder = 20;
  const wrong = [];
  const shape = [];
  const twice = [];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kea-policy.config.json'), `${JSON.stringify(config, undefined, 2)}\n`);
  const made = new Set();
  for (let i = 0; i < files; i++) {
    const site = Math.floor(i / perFolder);
    const region = (site % 10) + 1;
    const inFolder = i % perFolder;
    const top = i === 0;
    const group = top ? 'Managed devices' : `Managed devices/Region ${region}/Site ${site}`;
    const path = top ? '' : `region-${region}/site-${site}`;
    if (!made.has(path)) {
      mkdirSync(join(folder, path), { recursive: true });
      made.add(path);
    }
    const isPolicy = top || inFolder === (site === 0 ? 1 : 0);
    const name = isPolicy
      ? `KSN at site ${site} of region ${region}${top ? ', top' : ''}`
      : `host-${i}.example.test`;
    let text = documentText(isPolicy, name, group, bytes, random);
    const file = `${path === '' ? '' : `${path}/`}${isPolicy ? 'policy' : `host-${i}`}.kea-policy.json`;
    // The first policy decides for all others, so it is in order.
    if (!top && random() < 0.02) {
      const fault = faults[Math.floor(random() * faults.length)];
      text = fault.make(text);
      wrong.push(file);
      if (fault.shape) shape.push(file);
      if (fault.twice) twice.push(file);
    }
    writeFileSync(join(folder, file), text);
  }
  const body = 'const answer = 42;\n'.repeat(40);
  for (let i = 0; i < others; i++) {
    const path = join(folder, 'src', `module-${i % 500}`);
    if (i < 500) mkdirSync(path, { recursive: true });
    writeFileSync(join(path, `file-${i}.js`), body);
  }
  return { files, wrong: wrong.sort(), shape: shape.sort(), twice };
}

function documentText(isPolicy, name, administrationGroup, bytes, random) {
  const plugin = { kind: 'web', version: '4.0.0.512', statementVersion: statement.version };
  const value = {
    formatVersion: 1,
    kind: isPolicy ? 'policy' : 'device',
    name,
    description: '',
    administrationGroup,
    ...(isPolicy && {
      status: 'active',
      inheritance: { inheritFromParent: true, forceInChildren: false },
      plugin,
    }),
    regions: ['DE', 'FR', 'PL'],
    ...(!isPolicy && { agent: { version: '3.16.0.100', statementVersion: statement.version } }),
    ksn: { ...(isPolicy && { enforcement: 'enforce' }), enabled: true, useKscAsKsnProxy: false, statement },
  };
  const length = JSON.stringify(value, undefined, 2).length + 1;
  while (length + value.description.length < bytes) {
    value.description += `${value.description ? ' ' : ''}${words[Math.floor(random() * words.length)]}`;
  }
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
