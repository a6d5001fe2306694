import type { Position, Range as LspRange } from 'vscode-languageserver-types';
import type { Located, PlacedFinding } from '../engine/locate';
import type { ConfigDocument, Document } from '../project/document';
import { configName } from '../project/document';
import type { Finding } from '../rules/finding';
import type { Shape } from '../schema/problem';
import type { Project } from '../project/project';
import type { Lines, Range } from '../syntax/range';
import { nodeAt, pointerOf, nodeAtOffset, type Node } from '../syntax/tree';
import type { Pointer } from '../syntax/pointer';

/** What a feature looks at: one file within its project, as it is at this moment. */
export interface Scene {
  readonly project: Project;
  /** The file's path within the project. */
  readonly path: string;
  readonly file: Located;
  /** Any file of the project by its path; an empty one where it can't be read. */
  readonly fileAt: (path: string) => Located;
  /** The URI of a path within the project. */
  readonly uriOf: (path: string) => string;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
}

/** A file with its findings, and a way to judge it as if it had another text. */
export interface JudgedScene extends Scene {
  readonly findings: readonly PlacedFinding[];
  readonly judgeText: (text: string) => readonly Finding[];
}

/** The policy or device that a scene shows; `undefined` for a config or a file that is not in the project. */
export function documentOf(scene: Scene): Document | undefined {
  return scene.project.document(scene.path);
}

/** The URI of a path within the project, if it is one of its documents or its config. */
export function uriOfFile(
  { project, uriOf }: Pick<Scene, 'project' | 'uriOf'>,
  path: string,
): string | undefined {
  const isThere = project.document(path) !== undefined || project.config?.path === path;
  return isThere ? uriOf(path) : undefined;
}

export function isConfigPath(path: string): boolean {
  return path === configName || path.endsWith(`/${configName}`);
}

/** The config that a scene shows, if it shows one. */
export function configOf(scene: Scene): ConfigDocument | undefined {
  return scene.project.config?.path === scene.path ? scene.project.config : undefined;
}

/** Which shape the file of a scene has, as far as it can be told. */
export function shapeOf(scene: Scene): Shape | undefined {
  return isConfigPath(scene.path) ? 'config' : documentOf(scene)?.facts?.kind;
}

/** A range of a text as LSP has it: lines and UTF-16 columns from 0. */
export function lspRange(lines: Lines, range: Range): LspRange {
  return { start: lspPosition(lines, range.start), end: lspPosition(lines, range.end) };
}

export function lspPosition(lines: Lines, offset: number): Position {
  const { line, column } = lines.positionAt(offset);
  return { line, character: column };
}

export function offsetAt(lines: Lines, position: Position): number {
  return lines.offsetAt({ line: position.line, column: position.character });
}

/** What stands at a place of a file: the pointer of the member or item, and whether its name is meant. */
export interface Spot {
  readonly pointer: Pointer;
  readonly on: 'key' | 'value';
  /** The name or the value. */
  readonly node: Node;
  /** The value of the member, where it has one. */
  readonly value: Node | undefined;
}

/** Whether a place is in the KSN group of a policy or a device. */
export function isInKsnGroup(scene: Scene, position: Position): boolean {
  const pointer = spotAt(scene.file, position)?.pointer;
  return documentOf(scene)?.facts !== undefined && pointer !== undefined && /^\/ksn(\/|$)/.test(pointer);
}

export function spotAt(file: Located, position: Position): Spot | undefined {
  const { root } = file.parsed;
  const node = nodeAtOffset(root, offsetAt(file.lines, position));
  if (!node) return undefined;
  const member = node.type === 'property' ? node : node.parent?.type === 'property' ? node.parent : undefined;
  const pointer = pointerOf(node);
  const on = member && (node === member || node === member.children![0]) ? 'key' : 'value';
  return { pointer, on, node: node === member ? member.children![0]! : node, value: nodeAt(root, pointer) };
}
