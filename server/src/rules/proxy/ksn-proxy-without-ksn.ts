import { value } from '../../syntax/anchor';
import { settled, sourceOf } from '../../project/effective';
import { rule } from '../rule';
import { policyFile } from '../sample';

export const ksnProxyWithoutKsn = rule({
  id: 'ksn-proxy-without-ksn',
  category: 'proxy',
  severity: 'info',
  summary: 'KSC is a KSN proxy server while KSN usage is off',
  in: ['policy', 'device'],
  docs: {
    what: `*Use Kaspersky Security Center as a KSN proxy server* is selected while *Enable KSN usage* is not. Only said
where the document's own KSN group is the effective one: what a parent policy enforces is said at the parent.`,
    why: `There is no KSN traffic that could go through Kaspersky Security Center, so the setting has no effect.
Either KSN usage was meant to be on, or the setting was left behind when KSN usage was disabled.`,
    avoid: [
      {
        title: 'A proxy server for traffic that there is not',
        files: [
          policyFile('Servers', { ksn: { enforcement: 'enforce', enabled: false, useKscAsKsnProxy: true } }),
        ],
      },
    ],
    prefer: [
      {
        title: 'KSN usage off, and no proxy server',
        files: [
          policyFile('Servers', { ksn: { enforcement: 'enforce', enabled: false, useKscAsKsnProxy: false } }),
        ],
      },
    ],
    related: ['ksn-overridden-by-parent', 'ksn-enforcement-undefined'],
  },
  fixes: [{ kind: 'choice', does: 'stops using Kaspersky Security Center as a KSN proxy server' }],
  check(document, { project }) {
    const { enabled, useKscAsKsnProxy } = settled(document.facts.ksn);
    if (enabled !== false || useKscAsKsnProxy !== true) return;
    const source = sourceOf(project, document);
    if (!source.known || source.by !== document) return;
    const pointer = '/ksn/useKscAsKsnProxy';
    return {
      message:
        'Kaspersky Security Center is used as a KSN proxy server, but KSN usage is off: the setting has no effect until KSN usage is enabled.',
      anchor: value(pointer),
      fixes: [
        {
          kind: 'choice',
          title: 'Do not use Kaspersky Security Center as a KSN proxy server',
          changes: [{ op: 'set', pointer, value: false }],
        },
      ],
      value: true,
    };
  },
});
