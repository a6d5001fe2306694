/** Documents that the tests of the language server share. */

export const statement = {
  version: '2023-10',
  accepted: true,
  acceptedBy: 'A. Adams',
  acceptedAt: '2024-01-01T10:00:00Z',
};

/** A policy in good order under `config` below. */
export function policy(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'policy',
    name: 'Workstations',
    administrationGroup: 'Managed devices',
    ksn: { enforcement: 'enforce', enabled: true, statement },
    ...over,
  };
}

export function device(over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kind: 'device',
    name: 'host-1',
    administrationGroup: 'Managed devices',
    agent: { version: '3.16', statementVersion: '2023-10' },
    ksn: { enabled: true, statement },
    ...over,
  };
}

export const config = {
  plugin: { version: '3.16', statementVersion: '2023-10' },
  agents: [{ version: '3.16', statementVersion: '2023-10', hosts: 1200 }],
};
