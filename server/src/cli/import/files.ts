import { formatDocument } from '../../engine/format';
import { nameForFile, templateFileName } from '../../features/template';
import { readConfig, readDocument } from '../../project/read-document';
import { consequence } from '../../schema/words';
import type { Entry, Fault } from './entries';

/** A file to be written; its path is relative to the project's folder. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** A value as a file in canonical layout. */
export function laidOut(value: unknown): string {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return formatDocument(text) ?? text;
}

/** A file for each policy or device, in folders like their groups; and what is wrong with their rows. */
export function documentFiles(entries: readonly Entry[]): {
  readonly files: readonly NewFile[];
  readonly faults: readonly Fault[];
} {
  const files = new Map<string, NewFile>();
  const faults: Fault[] = [];
  const lines = new Map<string, number>();
  for (const { line, value } of entries) {
    const { name, administrationGroup } = value as { name: string; administrationGroup: string };
    const text = laidOut(value);
    for (const { message } of readDocument(text).problems) faults.push({ line, why: alone(message) });
    const same = lines.get(`${administrationGroup}\0${name}`);
    if (same === undefined) lines.set(`${administrationGroup}\0${name}`, line);
    else faults.push({ line, why: `the name and the group of row ${same} again` });
    const groups = administrationGroup.split('/').slice(1);
    const folder = groups.map((group) => `${nameForFile(group, 'group')}/`).join('');
    // Names that differ in case alone would be one file on many disks.
    const taken = (path: string): boolean => files.has(path.toLowerCase());
    const path = folder + templateFileName({ kind: 'policy', name }, (file) => taken(folder + file));
    files.set(path.toLowerCase(), { path, text });
  }
  return { files: [...files.values()], faults };
}

/** What is wrong with the rows that a config is made of. */
export function configFaults(text: string, agents: readonly Entry[]): readonly Fault[] {
  return readConfig(text).problems.map(({ message, anchor }) => {
    const index = 'pointer' in anchor ? /^\/agents\/(\d+)/.exec(anchor.pointer)?.[1] : undefined;
    return { line: agents[Number(index)]?.line, why: alone(message) };
  });
}

/** A message without what would follow in a file: there is none yet. */
const alone = (message: string): string => message.replace(`: ${consequence}.`, '');
