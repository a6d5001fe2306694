// Documents of test projects: what a case does not turn on is filled in.

export const config = 'kea-policy.config.json';

/** The path of a document in a test project. */
export const file = (name: string): string => `${name}.kea-policy.json`;

/** A policy of a group; `more` goes over its other members. */
export function policy(group: string, ksn: object, more: object = {}): object {
  return { kind: 'policy', name: `Policy of ${group}`, administrationGroup: group, ...more, ksn };
}

/** A device of a group whose agent is 3.16 and carries the Statement `statementVersion`, if any. */
export function device(group: string, ksn: object, statementVersion?: string, more: object = {}): object {
  const agent = { version: '3.16', ...(statementVersion && { statementVersion }) };
  return { kind: 'device', name: `Device in ${group}`, administrationGroup: group, agent, ...more, ksn };
}

/** An accepted Statement with the evidence that is asked for by default. */
export function accepted(version: string, more: object = {}): object {
  return {
    version,
    accepted: true,
    acceptedBy: 'Jane Roe',
    acceptedAt: '2026-03-02T09:30:00+01:00',
    ...more,
  };
}

/** An enforced KSN group that is on with an accepted Statement. */
export function on(version: string, more: object = {}): object {
  return { enforcement: 'enforce', enabled: true, statement: accepted(version), ...more };
}

/** An enforced KSN group that is off. */
export const off = { enforcement: 'enforce', enabled: false };

/** A config whose plug-in carries a Statement, with anything else. */
export function managedBy(statementVersion: string, more: object = {}): object {
  return { plugin: { kind: 'web', version: '3.16', statementVersion }, ...more };
}
