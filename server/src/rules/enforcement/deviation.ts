import { key, value } from '../../syntax/anchor';
import type { Change } from '../../syntax/change';
import { malformed, orDefault, type KsnFacts } from '../../model/facts';
import type { PolicyDocument } from '../../project/document';
import type { Deviation } from '../../project/effective';
import type { Related } from '../finding';
import type { Fix } from '../fix';

/** The values in which a document differs, in the console's terms: `KSN usage on, not off`. */
export function differences(deviations: readonly Deviation[]): string {
  return deviations
    .map(({ member, own, above }) => `${inWords[member](own)}, not ${plainly(above)}`)
    .join('; ');
}

const plainly = (value: boolean | string | undefined): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : (value ?? 'none');

/** A value of the KSN group in words. */
export const inWords: Record<Deviation['member'], (value: boolean | string) => string> = {
  enabled: (value) => `KSN usage ${plainly(value)}`,
  useKscAsKsnProxy: (value) => `KSN proxy server ${plainly(value)}`,
  'statement.version': (value) => `Statement version ${plainly(value)}`,
};

/** Where the policy says what the document differs from; its KSN group where it says it by default. */
export function otherSide(policy: PolicyDocument, deviations: readonly Deviation[]): Related[] {
  const { ksn } = policy.facts;
  return deviations.map(({ member, pointer, above }) => {
    const stated = member === 'statement.version' ? ksn.statement : ksn[member];
    const words = above === undefined ? 'no KSN Statement' : inWords[member](above);
    const byDefault = stated === undefined && above !== undefined ? ' by default' : '';
    return {
      path: policy.path,
      anchor: stated === undefined ? key('/ksn') : value(pointer),
      message: `"${nameOf(policy)}" has ${words}${byDefault}.`,
    };
  });
}

const takenOver = ['enabled', 'useKscAsKsnProxy'] as const;

/**
 * Takes over what a policy above says of KSN usage and the KSN proxy: these two alone, since an acceptance is
 * never copied. Nothing where neither deviates; a malformed member is left for its author to mend.
 */
export function takeOver(own: KsnFacts, deviations: readonly Deviation[], from: PolicyDocument): Fix[] {
  if (!deviations.some(({ member }) => member !== 'statement.version')) return [];
  const taken = takenOver.flatMap((member) => {
    const value = orDefault(from.facts.ksn[member], false);
    const stated = orDefault(own[member], false);
    return value === malformed || stated === malformed || stated === value ? [] : [{ member, value }];
  });
  const changes = taken.map(({ member, value }): Change => ({ op: 'set', pointer: `/ksn/${member}`, value }));
  const values = taken.map(({ member, value }) => inWords[member](value)).join(', ');
  return [{ kind: 'choice', title: `Take over from "${nameOf(from)}": ${values}`, changes }];
}

/** The name of a policy; its path where it has none. */
export function nameOf({ facts, path }: PolicyDocument): string {
  return typeof facts.name === 'string' ? facts.name : path;
}

/** Whether a KSN group states any of the members in which it could deviate: most inherit, and say nothing. */
export function statesAnything({ enabled, useKscAsKsnProxy, statement }: KsnFacts): boolean {
  return enabled !== undefined || useKscAsKsnProxy !== undefined || statement !== undefined;
}
