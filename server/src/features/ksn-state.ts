import { wellFormed } from '../model/facts';
import type { DeviceDocument, PolicyDocument } from '../project/document';
import { stateOf } from './outcome-words';
import type { Scene } from './scene';

/** `KSN: on, Enforce` of a policy; of a device what holds on the host, and what it states if that is something else. */
export function ksnState(scene: Pick<Scene, 'project'>, document: PolicyDocument | DeviceDocument): string {
  const { facts } = document;
  const enabled = facts.ksn.enabled === undefined ? false : wellFormed(facts.ksn.enabled);
  const usage = enabled === undefined ? 'not to be told' : enabled ? 'on' : 'off';
  if (facts.kind === 'device') {
    const { text } = stateOf(scene.project, document);
    return text === usage ? `KSN: ${usage}` : `KSN: ${usage} here, in effect ${text}`;
  }
  const enforcement = facts.ksn.enforcement === undefined ? 'undefined' : wellFormed(facts.ksn.enforcement);
  return `KSN: ${usage}, ${enforcement === 'enforce' ? 'Enforce' : enforcement === undefined ? 'enforcement not to be told' : 'Undefined'}`;
}
