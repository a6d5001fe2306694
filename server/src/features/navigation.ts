import type { DocumentLink, Location, Position } from 'vscode-languageserver-types';
import { wellFormed } from '../model/facts';
import { isDevice, isPolicy, type Document } from '../project/document';
import { Ambiguity, parentOf, policyInForce, type ActivePolicy } from '../project/project';
import { withinFolder } from '../project/catalogue';
import { child } from '../syntax/pointer';
import { nodeAt, rangeOf } from '../syntax/tree';
import { childrenOf, devicesOf } from './family';
import { placeOf } from './fix-actions';
import { occurrences, wordAt } from './occurrences';
import { configOf, documentOf, lspRange, spotAt, type Scene } from './scene';

/** Where the thing at a place is defined: a parent policy, a catalogue entry, a text. */
export function definition(scene: Scene, position: Position): Location[] {
  const spot = spotAt(scene.file, position);
  if (!spot) return [];
  if (configOf(scene) && spot.pointer.startsWith('/statements/')) return catalogueText(scene, spot.pointer);
  const word = wordAt(scene, position);
  if (word?.of === 'statement') return catalogueEntries(scene, word.text);
  const document = documentOf(scene);
  if (!document?.facts) return [];
  if (/^\/(administrationGroup|inheritance|name|kind|status)(\/|$)/.test(spot.pointer)) {
    return policies(
      isPolicy(document) ? parentOf(scene.project, document) : policyInForce(scene.project.groupOf(document)),
    ).map((policy) => placeOf(scene, policy.path, '/name'));
  }
  return [];
}

function policies(active: ActivePolicy): readonly Document[] {
  return active instanceof Ambiguity ? active.policies : active ? [active] : [];
}

function catalogueEntries(scene: Scene, version: string): Location[] {
  const { config } = scene.project;
  if (!config) return [];
  const entries = config.facts.statements.filter((entry) => entry.version === version);
  if (entries.length > 0)
    return entries.map((entry) => placeOf(scene, config.path, child(entry.pointer, 'version')));
  return config.facts.plugin?.statementVersion === version
    ? [placeOf(scene, config.path, '/plugin/statementVersion')]
    : [];
}

function catalogueText(scene: Scene, pointer: string): Location[] {
  const start = { line: 0, character: 0 };
  return textLinks(scene)
    .filter((link) => concerns(pointer, link.pointer))
    .map(({ path }) => ({ uri: scene.uriOf(path), range: { start, end: start } }));
}

// A text's entry means that text, the Statement's entry all of its texts.
function concerns(pointer: string, file: string): boolean {
  const text = file.slice(0, file.lastIndexOf('/'));
  const [, entry] = /^(\/statements\/\d+)/.exec(pointer) ?? [];
  if (entry === undefined || !file.startsWith(`${entry}/`)) return false;
  return pointer.startsWith(`${entry}/texts/`) ? pointer === text || pointer.startsWith(`${text}/`) : true;
}

/** Where the thing at a place is used: a policy's children and devices, a Statement, a group. */
export function references(scene: Scene, position: Position, declaration: boolean): Location[] {
  const word = wordAt(scene, position);
  if (
    word &&
    !(word.of === 'group' && word.pointer === '/administrationGroup' && spotIsKey(scene, position))
  ) {
    return occurrences(scene, word)
      .filter((each) => declaration || !each.declares)
      .map(({ path, range, file }) => ({ uri: scene.uriOf(path), range: lspRange(file.lines, range) }));
  }
  const spot = spotAt(scene.file, position);
  const document = documentOf(scene);
  if (
    !spot ||
    !document ||
    !isPolicy(document) ||
    !/^\/(name|kind|status|inheritance)(\/|$)/.test(spot.pointer)
  )
    return [];
  return [...childrenOf(scene.project, document), ...devicesOf(scene.project, document)].map((each) =>
    placeOf(scene, each.path, '/name'),
  );
}

function spotIsKey(scene: Scene, position: Position): boolean {
  return spotAt(scene.file, position)?.on === 'key';
}

/** Links in a file: from a catalogue entry to its text, from a document to the policy above it. */
export function documentLinks(scene: Scene): DocumentLink[] {
  const { parsed, lines } = scene.file;
  if (configOf(scene)) {
    return textLinks(scene).flatMap(({ pointer, path }) => {
      const node = nodeAt(parsed.root, pointer);
      return node
        ? [{ range: lspRange(lines, rangeOf(node)), target: scene.uriOf(path), tooltip: 'Open the text' }]
        : [];
    });
  }
  const document = documentOf(scene);
  const node = nodeAt(parsed.root, '/administrationGroup');
  if (!document?.facts || !node) return [];
  const above = isPolicy(document)
    ? parentOf(scene.project, document)
    : isDevice(document)
      ? policyInForce(scene.project.groupOf(document))
      : undefined;
  if (!above || above instanceof Ambiguity) return [];
  const tooltip = isPolicy(document) ? 'Open the parent policy' : 'Open the policy in force';
  return [{ range: lspRange(lines, rangeOf(node)), target: scene.uriOf(above.path), tooltip }];
}

function textLinks(scene: Scene): { readonly pointer: string; readonly path: string }[] {
  const config = scene.project.config!;
  const folder = config.path.slice(0, config.path.lastIndexOf('/') + 1);
  return config.facts.statements.flatMap(({ texts }) =>
    texts.flatMap((text) => {
      const file = wellFormed(text.file);
      // What leads out of the folder is not linked: it would not be read either.
      const inside = file === undefined ? undefined : withinFolder(file);
      return inside ? [{ pointer: child(text.pointer, 'file'), path: folder + inside }] : [];
    }),
  );
}
