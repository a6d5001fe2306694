import type { CodeLens } from 'vscode-languageserver-types';
import { wellFormed } from '../model/facts';
import { isPolicy, type DeviceDocument, type Document, type PolicyDocument } from '../project/document';
import { sourceOf } from '../project/effective';
import { isNobody } from '../project/hosts';
import { outcomeOf } from '../project/outcome';
import { parentOf, policyInForce, Ambiguity } from '../project/project';
import { key, locate } from '../syntax/anchor';
import { childrenOf, devicesOf } from './family';
import { placeOf } from './fix-actions';
import { nameOf, plural } from './names';
import { counted, hostCount, stateOf } from './outcome-words';
import { documentOf, lspRange, type Scene } from './scene';

/** What of code lenses the client can run. */
export interface LensSupport {
  readonly commands: ReadonlySet<string>;
  readonly showsDocuments: boolean;
}

/** Above `ksn` what holds; above the document its relatives, as links where the client can follow them. */
export function codeLenses(scene: Scene, support: LensSupport): CodeLens[] {
  const document = documentOf(scene);
  if (!document?.facts) return [];
  const subject = document as PolicyDocument | DeviceDocument;
  return [...relatives(scene, subject, support), lens(scene, '/ksn', ksnSummary(scene, subject))];
}

function lens(scene: Scene, pointer: string, title: string, command = '', args?: unknown[]): CodeLens {
  const { parsed, lines } = scene.file;
  const range = lspRange(lines, locate(parsed, key(pointer)));
  return { range, command: { title, command, ...(args && { arguments: args }) } };
}

/** `KSN on · Enforce · Statement 2023-10 accepted 2026-11-01 · 1,200 hosts` */
export function ksnSummary(
  { project }: Pick<Scene, 'project'>,
  document: PolicyDocument | DeviceDocument,
): string {
  const source = sourceOf(project, document);
  if (!source.known) return 'KSN: what holds can’t be told';
  const by = source.by as PolicyDocument | DeviceDocument;
  const { ksn } = by.facts;
  const parts = [
    `KSN ${ksn.enabled === true ? 'on' : ksn.enabled === undefined || ksn.enabled === false ? 'off' : 'malformed'}`,
  ];
  if (isPolicy(document)) parts.push(source.enforced ? 'Enforce' : 'Undefined: saved, not applied');
  if (by !== document) parts.push(`by ${nameOf(by)}`);
  const version = ksn.statement && wellFormed(ksn.statement.version);
  if (version !== undefined) {
    const at = wellFormed(ksn.statement!.acceptedAt)?.slice(0, 10);
    const accepted = ksn.statement!.accepted === true;
    parts.push(`Statement ${version} ${accepted ? `accepted${at ? ` ${at}` : ''}` : 'not accepted'}`);
  }
  if (isPolicy(document)) {
    const hosts = hostCount(outcomeOf(project, document));
    if (!isNobody(hosts)) parts.push(counted(hosts));
  }
  const state = stateOf(project, document);
  if (state.state === 'switchedOff' || state.state === 'blocked') parts.push(state.text);
  return parts.join(' · ');
}

function relatives(
  scene: Scene,
  document: PolicyDocument | DeviceDocument,
  support: LensSupport,
): CodeLens[] {
  if (!isPolicy(document)) {
    const policy = policyInForce(scene.project.groupOf(document));
    if (policy instanceof Ambiguity) return [lens(scene, '', 'Policy in force: not to be told')];
    return [
      policy
        ? linkTo(scene, `Policy: ${nameOf(policy)}`, policy, support)
        : lens(scene, '', 'No policy in force'),
    ];
  }
  const parent = parentOf(scene.project, document);
  const children = childrenOf(scene.project, document);
  const devices = devicesOf(scene.project, document);
  return [
    parent instanceof Ambiguity
      ? lens(scene, '', 'Parent: not to be told')
      : parent
        ? linkTo(scene, `Parent: ${nameOf(parent)}`, parent, support)
        : lens(scene, '', 'No parent policy'),
    ...(children.length
      ? [linksTo(scene, plural(children.length, 'child policy', 'child policies'), children, support)]
      : []),
    ...(devices.length ? [linksTo(scene, plural(devices.length, 'device'), devices, support)] : []),
  ];
}

function linkTo(
  scene: Scene,
  title: string,
  to: Document,
  { commands, showsDocuments }: LensSupport,
): CodeLens {
  const place = placeOf(scene, to.path, '/name');
  if (commands.has('keaPolicy.openPlace')) return lens(scene, '', title, 'keaPolicy.openPlace', [place]);
  if (showsDocuments) return lens(scene, '', title, 'keaPolicy.server.openPlace', [place]);
  return lens(scene, '', title);
}

// Locating thousands of names to count them would cost more than the lens is worth.
const mostPlaces = 200;

function linksTo(scene: Scene, title: string, to: readonly Document[], support: LensSupport): CodeLens {
  if (to.length === 1) return linkTo(scene, title, to[0]!, support);
  if (!support.commands.has('keaPolicy.showPlaces')) return lens(scene, '', title);
  const places = to.slice(0, mostPlaces).map((document) => placeOf(scene, document.path, '/name'));
  const { range } = lens(scene, '', title);
  return lens(scene, '', title, 'keaPolicy.showPlaces', [scene.uriOf(scene.path), range, places]);
}
