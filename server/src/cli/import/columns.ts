/** What a table lists. */
export type TableKind = 'policies' | 'devices' | 'agents';

/** What a column may say. */
export type Column =
  | 'name'
  | 'administrationGroup'
  | 'description'
  | 'status'
  | 'inheritFromParent'
  | 'forceInChildren'
  | 'pluginVersion'
  | 'pluginStatementVersion'
  | 'agentVersion'
  | 'statementVersion'
  | 'hosts'
  | 'regions'
  | 'enforcement'
  | 'enabled'
  | 'useKscAsKsnProxy';

/** How headers name the columns: letters and digits alone, in lower case. */
const headers: Readonly<Record<Column, readonly string[]>> = {
  name: [
    'name',
    'policy',
    'policyname',
    'device',
    'devicename',
    'host',
    'hostname',
    'computer',
    'computername',
  ],
  administrationGroup: [
    'administrationgroup',
    'administrationgroups',
    'administrationgrouppath',
    'group',
    'groups',
    'grouppath',
    'groupname',
    'parentgroup',
  ],
  description: ['description', 'comment'],
  status: ['status', 'policystatus'],
  inheritFromParent: ['inheritfromparent', 'inherit', 'inheritance', 'inheritsettingsfromparentpolicy'],
  forceInChildren: ['forceinchildren', 'forceinheritance', 'forceinheritanceofsettingsinchildpolicies'],
  pluginVersion: ['plugin', 'pluginversion', 'managementpluginversion', 'lastsavedbyplugin'],
  pluginStatementVersion: ['pluginstatementversion', 'statementversionoftheplugin'],
  agentVersion: [
    'agent',
    'agentversion',
    'version',
    'endpointagentversion',
    'kasperskyendpointagentversion',
    'keaversion',
    'applicationversion',
  ],
  statementVersion: [
    'statement',
    'statementversion',
    'ksnstatement',
    'ksnstatementversion',
    'agentstatementversion',
  ],
  hosts: [
    'hosts',
    'hostcount',
    'numberofhosts',
    'devices',
    'devicecount',
    'numberofdevices',
    'count',
    'quantity',
  ],
  regions: ['region', 'regions', 'country', 'countries'],
  enforcement: ['enforcement', 'enforce', 'enforced', 'ksnenforcement', 'lock', 'locked'],
  enabled: ['enabled', 'ksn', 'ksnenabled', 'ksnusage', 'enableksn', 'enableksnusage'],
  useKscAsKsnProxy: [
    'usekscasksnproxy',
    'ksnproxy',
    'ksnproxyserver',
    'usekasperskysecuritycenterasaksnproxyserver',
  ],
};

const byHeader: ReadonlyMap<string, Column> = new Map(
  (Object.keys(headers) as Column[]).flatMap((column) =>
    headers[column].map((header): [string, Column] => [header, column]),
  ),
);

/** Columns about an acceptance: what a person has to confirm is never taken from a table. */
const acceptance =
  /^(statement|ksnstatement)?(accepted|acceptance|acceptedby|acceptedat|acceptedon|acceptancedate)$/;

const plain = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The column that a header names, whatever its case, blanks and punctuation. */
export function columnOf(header: string): Column | 'acceptance' | undefined {
  const name = plain(header);
  return byHeader.get(name) ?? (acceptance.test(name) ? 'acceptance' : undefined);
}

/** What a table lists, by its columns; `undefined` where they don't tell. */
export function kindOf(columns: ReadonlySet<Column>): TableKind | undefined {
  if (!columns.has('name')) return columns.has('agentVersion') ? 'agents' : undefined;
  return columns.has('agentVersion') ? 'devices' : 'policies';
}

/** The columns that each kind needs, and those that it takes besides. */
export const columnsOfKind: Readonly<Record<TableKind, readonly [readonly Column[], readonly Column[]]>> = {
  policies: [
    ['name', 'administrationGroup'],
    [
      'description',
      'status',
      'inheritFromParent',
      'forceInChildren',
      'pluginVersion',
      'pluginStatementVersion',
      'regions',
      'enforcement',
      'enabled',
      'useKscAsKsnProxy',
    ],
  ],
  devices: [
    ['name', 'administrationGroup', 'agentVersion'],
    ['description', 'statementVersion', 'regions', 'enabled', 'useKscAsKsnProxy'],
  ],
  agents: [['agentVersion'], ['statementVersion', 'hosts', 'administrationGroup']],
};
