import { value } from '../../syntax/anchor';
import { isAccepted } from '../../project/effective';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';

const config = configFile({
  plugin: pluginWith('2024-05'),
  acceptance: { approvers: ['Jane Roe', 'Head of IT security'] },
});
const acceptedBy = (person: string): object => ({
  ksn: {
    enforcement: 'enforce',
    enabled: true,
    statement: acceptedStatement('2024-05', { acceptedBy: person }),
  },
});

export const ksnAcceptorNotApproved = rule({
  id: 'ksn-acceptor-not-approved',
  category: 'statement',
  severity: 'error',
  summary: 'The KSN Statement was accepted by somebody who may not',
  in: ['policy', 'device'],
  docs: {
    what: `The KSN Statement is accepted, and \`acceptedBy\` is none of the config's \`acceptance.approvers\`. Names are
compared letter by letter. Where the config lists no approvers, anybody may accept.`,
    why: `An acceptance binds the organisation. Where it has decided who may give it, an acceptance by anybody else has
to be given again by one of those.`,
    avoid: [
      {
        title: 'Accepted by somebody else',
        files: [policyFile('Workstations', acceptedBy('John Doe')), config],
      },
    ],
    prefer: [
      {
        title: 'Accepted by one of the approvers',
        files: [policyFile('Workstations', acceptedBy('Jane Roe')), config],
      },
    ],
    configuration: '`acceptance.approvers` (also in `overrides`): who may accept; anybody where it is empty.',
    related: ['ksn-acceptance-evidence'],
  },
  check(document, { settings }) {
    const { ksn } = document.facts;
    const { approvers } = settings.acceptance;
    if (approvers.length === 0 || !isAccepted(ksn)) return;
    const person = ksn.statement!.acceptedBy;
    if (typeof person !== 'string' || approvers.includes(person)) return;
    return {
      message: `The KSN Statement was accepted by "${person}", who is not among the approvers of this project: one of them has to accept it.`,
      anchor: value('/ksn/statement/acceptedBy'),
      value: person,
    };
  },
});
