import type { Shape } from '../schema/problem';
import type { Pointer } from '../syntax/pointer';

/** A piece of a file with places to fill in (`${1:text}`); written with two blanks of indentation. */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: string;
}

/** Whole documents, for an empty file. None of them enables or accepts anything. */
export const documentSnippets: readonly Snippet[] = [
  {
    label: 'policy',
    description: 'A policy of an administration group, KSN off',
    body: `{
  "kind": "policy",
  "name": "\${1:Policy name}",
  "administrationGroup": "\${2:Managed devices}",
  "ksn": {
    "enforcement": "\${3:undefined}"
  }
}`,
  },
  {
    label: 'device',
    description: 'One device with settings of its own, KSN off',
    body: `{
  "kind": "device",
  "name": "\${1:host name}",
  "administrationGroup": "\${2:Managed devices}",
  "agent": {
    "version": "\${3:3.16}"
  },
  "ksn": {
    "enabled": false
  }
}`,
  },
];

export const configSnippets: readonly Snippet[] = [
  {
    label: 'config',
    description: 'The managing plug-in and the agents in the field',
    body: `{
  "plugin": {
    "version": "\${1:3.16}"
  },
  "agents": [
    {
      "version": "\${2:3.16}",
      "hosts": \${3:1}
    }
  ]
}`,
  },
];

/** A member with what is in it. */
export type MemberSnippet = Snippet & { readonly member: string };

const ksnOfPolicy: MemberSnippet = {
  member: 'ksn',
  label: 'ksn: Kaspersky Security Network group',
  description: 'The group, Undefined and off',
  body: `"ksn": {
  "enforcement": "\${1:undefined}"
}`,
};

const ksnOfDevice: MemberSnippet = {
  member: 'ksn',
  label: 'ksn: Kaspersky Security Network settings',
  description: 'The settings, off',
  body: `"ksn": {
  "enabled": \${1:false}
}`,
};

const exceptions: MemberSnippet = {
  member: 'exceptions',
  label: 'exceptions: with a first entry',
  description: 'A recorded deviation from a rule',
  body: `"exceptions": [
  {
    "rule": "$1",
    "reason": "$2",
    "expires": "$3"
  }
]`,
};

/** The members that go into the object at a pointer. */
export function membersFor(object: Pointer, shape: Shape | undefined): readonly MemberSnippet[] {
  if (object !== '') return [];
  return [shape === 'device' ? ksnOfDevice : ksnOfPolicy, exceptions];
}

/** Items, by the pointer of the array that they go into. */
export const itemSnippets: Readonly<Record<string, readonly Snippet[]>> = {
  '/exceptions': [
    {
      label: 'exception',
      description: 'A recorded deviation from a rule, with its reason and last day',
      body: `{
  "rule": "$1",
  "reason": "$2",
  "expires": "$3"
}`,
    },
  ],
};

/** A snippet as it would stand if nothing were filled in; what clients without snippets insert. */
export function withoutPlaceholders(body: string): string {
  return body
    .replace(/\$\{\d+\|([^,|}]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, '$1')
    .replace(/\$(\d+|\{\d+\})/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
