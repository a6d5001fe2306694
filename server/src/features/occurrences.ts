import type { Position } from 'vscode-languageserver-types';
import type { Located } from '../engine/locate';
import { wellFormed, type Stated } from '../model/facts';
import type { Document } from '../project/document';
import { child, type Pointer } from '../syntax/pointer';
import type { Range } from '../syntax/range';
import { nodeAt, plain, type Node } from '../syntax/tree';
import { breaksOff } from '../syntax/whole';
import { configOf, offsetAt, spotAt, type Scene } from './scene';

/** A thing of the project that several files name. */
export type Word =
  | { readonly of: 'statement'; readonly text: string; readonly range: Range; readonly pointer: Pointer }
  /** A group by its path; `range` is that of its own part in the path at the place. */
  | { readonly of: 'group'; readonly text: string; readonly range: Range; readonly pointer: Pointer };

/** A place that names it. */
export interface Occurrence {
  readonly path: string;
  readonly file: Located;
  readonly pointer: Pointer;
  readonly node: Node;
  /** Of a group its part in the path, where that stands there literally; else the whole string's inside. */
  readonly range: Range;
  /** Whether this is where it is introduced: a catalogue entry, the list of groups. */
  readonly declares: boolean;
  /** The string's value. */
  readonly value: string;
}

const statementInDocument = /^\/(ksn\/statement\/version|plugin\/statementVersion|agent\/statementVersion)$/;
const statementInConfig =
  /^(\/overrides\/\d+)?\/(plugin\/statementVersion|agents\/\d+\/statementVersion|statements\/\d+\/version)$/;
const groupInDocument = /^\/administrationGroup$/;
const groupInConfig = /^((\/overrides\/\d+)?\/agents\/\d+)?\/administrationGroups\/\d+$/;

/** The Statement version or the group that a place names; `undefined` for anything else. */
export function wordAt(scene: Scene, position: Position): Word | undefined {
  const spot = spotAt(scene.file, position);
  const inConfig = configOf(scene) !== undefined;
  if (!spot || spot.on !== 'value' || spot.node.type !== 'string') {
    // On the name of the member its value is meant.
    if (!spot?.value || spot.value.type !== 'string') return undefined;
  }
  const { pointer } = spot;
  const node = spot.value!;
  const text = node.value as string;
  const inside = insideOf(node, scene.file);
  if ((inConfig ? statementInConfig : statementInDocument).test(pointer)) {
    return text === '' ? undefined : { of: 'statement', text, range: inside, pointer };
  }
  if (!(inConfig ? groupInConfig : groupInDocument).test(pointer)) return undefined;
  const raw = scene.file.parsed.text.slice(inside.start, inside.end);
  if (raw !== text) return { of: 'group', text, range: inside, pointer };
  const offset = spot.on === 'value' ? offsetAt(scene.file.lines, position) - inside.start : text.length;
  const at = Math.max(0, Math.min(offset, text.length));
  const next = text.indexOf('/', at);
  const end = next < 0 ? text.length : next;
  const start = text.lastIndexOf('/', end - 1) + 1;
  if (start >= end) return undefined;
  return {
    of: 'group',
    text: text.slice(0, end),
    range: { start: inside.start + start, end: inside.start + end },
    pointer,
  };
}

/** Every place of the project that names the same thing; for a group also those that name one below it. */
export function occurrences(scene: Scene, word: Word): Occurrence[] {
  const found: Occurrence[] = [];
  const look = (path: string, pointer: Pointer, stated: Stated<string>, declares: boolean): void => {
    const value = wellFormed(stated);
    if (value === undefined || !names(word, value)) return;
    const file = scene.fileAt(path);
    const node = nodeAt(file.parsed.root, pointer);
    if (node?.type !== 'string' || plain(node) !== value) return;
    found.push({ path, file, pointer, node, declares, value, range: partOf(word, node, value, file) });
  };
  for (const document of scene.project.documents) lookIn(document, word, look);
  const { config } = scene.project;
  if (config) lookInConfig(scene, word, look);
  return found.sort((a, b) => (a.path === b.path ? a.range.start - b.range.start : a.path < b.path ? -1 : 1));
}

type Look = (path: string, pointer: Pointer, stated: Stated<string>, declares: boolean) => void;

function lookIn({ path, facts }: Document, word: Word, look: Look): void {
  if (!facts) return;
  if (word.of === 'group') return look(path, '/administrationGroup', facts.administrationGroup, false);
  look(path, '/ksn/statement/version', facts.ksn.statement?.version, false);
  if (facts.kind === 'policy') look(path, '/plugin/statementVersion', facts.plugin?.statementVersion, false);
  else look(path, '/agent/statementVersion', facts.agent.statementVersion, false);
}

function lookInConfig({ project, fileAt }: Scene, word: Word, look: Look): void {
  const { path, facts } = project.config!;
  const layers = [
    { base: '', settings: facts },
    ...facts.overrides.map((settings, i) => ({ base: `/overrides/${i}`, settings })),
  ];
  if (word.of === 'statement') {
    for (const { base, settings } of layers) {
      look(path, `${base}/plugin/statementVersion`, settings.plugin?.statementVersion, false);
      for (const agent of settings.agents ?? []) {
        look(path, child(agent.pointer, 'statementVersion'), agent.statementVersion, false);
      }
    }
    for (const entry of facts.statements) look(path, child(entry.pointer, 'version'), entry.version, true);
    return;
  }
  // Lists of groups leave out malformed items, so that an item's index is that of the file only in the tree.
  const { root } = fileAt(path).parsed;
  for (const base of [
    '',
    ...layers.flatMap(({ settings }) => (settings.agents ?? []).map((agent) => agent.pointer)),
  ]) {
    const list = child(base, 'administrationGroups');
    const items = nodeAt(root, list)?.children ?? [];
    items.forEach((item, i) => {
      if (item.type === 'string') look(path, child(list, i), item.value as string, base === '');
    });
  }
}

function names(word: Word, value: string): boolean {
  return value === word.text || (word.of === 'group' && value.startsWith(`${word.text}/`));
}

/** What stands between the quotes of a string; to its end where the closing one is missing. */
function insideOf(node: Node, { parsed }: Located): Range {
  const end = node.offset + node.length;
  return { start: node.offset + 1, end: breaksOff(parsed.text, node) ? end : end - 1 };
}

function partOf(word: Word, node: Node, value: string, file: Located): Range {
  const inside = insideOf(node, file);
  if (word.of === 'statement' || file.parsed.text.slice(inside.start, inside.end) !== value) return inside;
  const start = inside.start + word.text.lastIndexOf('/') + 1;
  return { start, end: inside.start + word.text.length };
}
