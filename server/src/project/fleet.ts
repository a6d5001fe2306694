import { compareVersions } from '../model/version';
import { isDevice, type Document } from './document';

/**
 * What the device documents of a project say of their agents, counted: for the questions whose answer is nearly
 * always that no device anywhere can matter.
 */
export class Fleet {
  private readonly versions = new Map<string, number>();
  private withoutStatement = 0;

  add(document: Document): void {
    this.count(document, 1);
  }

  remove(document: Document): void {
    this.count(document, -1);
  }

  /** Whether a device has an agent newer than `version`. */
  hasNewer(version: string): boolean {
    for (const other of this.versions.keys()) if (compareVersions(other, version) > 0) return true;
    return false;
  }

  /** Whether the Statement of a device's agent is not known. */
  get hasUnknownStatement(): boolean {
    return this.withoutStatement > 0;
  }

  private count(document: Document, by: number): void {
    if (!isDevice(document)) return;
    const { version, statementVersion } = document.facts.agent;
    if (typeof statementVersion !== 'string') this.withoutStatement += by;
    if (typeof version !== 'string') return;
    const count = (this.versions.get(version) ?? 0) + by;
    if (count === 0) this.versions.delete(version);
    else this.versions.set(version, count);
  }
}
