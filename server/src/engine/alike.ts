import type { KsnFacts } from '../model/facts';
import type { Settings } from '../model/config';
import { isDevice, type DeviceDocument, type Document } from '../project/document';
import type { Project } from '../project/project';
import type { Finding } from '../rules/finding';
import { judge, judgeByName, type Judgement } from './judge';

/** A device that is in order, with the groups and settings in which it was found to be. */
interface InOrder {
  readonly like: DeviceDocument;
  readonly groups: Map<Settings, Set<string>>;
}

const none: readonly Finding[] = Object.freeze([]);

/**
 * Judges the documents of a project that does not change meanwhile. Most devices say what others of their group
 * say: where one of them is in order, so are the others, but for what depends on their names.
 */
export class Judge {
  private readonly inOrder = new Map<KsnFacts, InOrder>();

  constructor(
    private readonly project: Project,
    private readonly judgement: Judgement,
  ) {}

  /** What `judge` says of the document. */
  of(document: Document): readonly Finding[] {
    const known = isDevice(document) && document.problems.length === 0 ? this.known(document) : undefined;
    if (!known) return judge(this.project, document, this.judgement);
    const device = document as DeviceDocument;
    const group = device.facts.administrationGroup as string;
    const settings = this.project.settings(document);
    let groups = known.groups.get(settings);
    if (groups?.has(group)) return judgeByName(this.project, document, this.judgement);
    const findings = judge(this.project, document, this.judgement);
    if (findings.length > 0) return findings;
    if (!groups) known.groups.set(settings, (groups = new Set()));
    groups.add(group);
    return none;
  }

  /** What is known of devices that say the same; reading has given those the same parts. */
  private known(device: DeviceDocument): InOrder | undefined {
    const { ksn, agent, regions, exceptions, administrationGroup } = device.facts;
    // Exceptions can be wrong each in its own way, so whoever has some is judged alone.
    if (exceptions.length > 0 || typeof administrationGroup !== 'string') return undefined;
    let known = this.inOrder.get(ksn);
    if (!known) this.inOrder.set(ksn, (known = { like: device, groups: new Map() }));
    const { facts } = known.like;
    return facts.agent === agent && facts.regions === regions ? known : undefined;
  }
}
