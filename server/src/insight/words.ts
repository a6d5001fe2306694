import type { HostCount } from '../project/hosts';
import type { Outcome } from '../project/outcome';
import { inThousands } from '../syntax/shown';

/** What becomes of KSN, in a few words. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  on: 'on',
  off: 'off',
  blocked: 'blocked: the Statement is not accepted',
  unknown: 'not known',
  device: 'Undefined: each device’s own setting decides',
  'switched-off': 'switched off: the agent carries another Statement',
};

/** `1,200 hosts`, `1 host and an uncounted number`, `an uncounted number of hosts`, `no host`. */
export function hostsInWords({ hosts, uncounted }: HostCount): string {
  if (hosts === 0) return uncounted === 0 ? 'no host' : 'an uncounted number of hosts';
  const counted = `${inThousands(hosts)} ${hosts === 1 ? 'host' : 'hosts'}`;
  return uncounted === 0 ? counted : `${counted} and an uncounted number of others`;
}

/** `1 policy`, `3 policies`. */
export function counted(count: number, one: string, many: string): string {
  return `${inThousands(count)} ${count === 1 ? one : many}`;
}

/** What to know of hosts that are counted by outcome where one policy has another outcome than the next. */
export const mixedOutcomes =
  'Agents on which policies have different outcomes are counted with the worst of them: not every one of their hosts need be under that policy.';
