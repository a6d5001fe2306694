import type { ExampleFile } from './rule';

// The files of the rules' examples: what every policy, device and config needs is filled in, so that an
// example shows its point alone.

/** A policy in a group of its own below the managed devices, unless `members` say otherwise. */
export function policyFile(name: string, members: object): ExampleFile {
  const administrationGroup = `Managed devices/${name}`;
  return { path: pathFor(name), content: { kind: 'policy', name, administrationGroup, ...members } };
}

/** A device among the workstations whose agent carries the current Statement, unless `members` say otherwise. */
export function deviceFile(name: string, members: object): ExampleFile {
  const administrationGroup = 'Managed devices/Workstations';
  const agent = { version: '3.16', statementVersion: '2024-05' };
  return { path: pathFor(name), content: { kind: 'device', name, administrationGroup, agent, ...members } };
}

export function configFile(content: object): ExampleFile {
  return { path: 'kea-policy.config.json', content };
}

/** A Statement of that version with all evidence of its acceptance that is asked for by default. */
export function acceptedStatement(version: string, more: object = {}): object {
  const acceptedBy = 'Jane Roe (CHG-1042)';
  return { version, accepted: true, acceptedBy, acceptedAt: '2026-03-02T09:30:00+01:00', ...more };
}

/** A plug-in that carries the Statement of that version. */
export function pluginWith(statementVersion: string): object {
  return { kind: 'web', version: '3.16', statementVersion };
}

function pathFor(name: string): string {
  return `${name.toLowerCase().replace(/ /g, '-')}.kea-policy.json`;
}
