import { InlayHintKind, type InlayHint, type Range } from 'vscode-languageserver-types';
import { malformed } from '../model/facts';
import { isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { settled, sourceOf } from '../project/effective';
import { nodeAt } from '../syntax/tree';
import { nameOf } from './names';
import { documentOf, lspPosition, offsetAt, type Scene } from './scene';

interface Absent {
  readonly member: string;
  readonly value: unknown;
  readonly from: string;
}

/** What holds for members of the KSN group that the file leaves out: inherited values and defaults. */
export function inlayHints(scene: Scene, range: Range): InlayHint[] {
  const document = documentOf(scene) as PolicyDocument | DeviceDocument | undefined;
  const group = nodeAt(scene.file.parsed.root, '/ksn');
  if (!document?.facts || group?.type !== 'object') return [];
  const { lines } = scene.file;
  const at = group.offset + 1;
  if (at < offsetAt(lines, range.start) || at > offsetAt(lines, range.end)) return [];
  const absent = absentMembers(scene, document);
  if (absent.length === 0) return [];
  const label = absent
    .map(({ member, value, from }) => `${member}: ${JSON.stringify(value)} (${from})`)
    .join(', ');
  return [{ position: lspPosition(lines, at), label, kind: InlayHintKind.Parameter, paddingLeft: true }];
}

function absentMembers(scene: Scene, document: PolicyDocument | DeviceDocument): Absent[] {
  const source = sourceOf(scene.project, document);
  if (!source.known) return [];
  const by = source.by as PolicyDocument | DeviceDocument;
  const own = document.facts.ksn;
  const { enabled, useKscAsKsnProxy } = settled(by.facts.ksn);
  const from = by === document ? 'default' : nameOf(by);
  const values: [string, unknown, boolean][] = [
    ['enforcement', own.enforcement ?? 'undefined', isPolicy(document) && own.enforcement === undefined],
    ['enabled', enabled, own.enabled === undefined],
    ['useKscAsKsnProxy', useKscAsKsnProxy, own.useKscAsKsnProxy === undefined],
  ];
  return values
    .filter(([, value, isAbsent]) => isAbsent && value !== malformed)
    .map(([member, value]) => ({ member, value, from: member === 'enforcement' ? 'default' : from }));
}
