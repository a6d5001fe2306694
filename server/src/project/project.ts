import { malformed, wellFormed } from '../model/facts';
import type { Settings } from '../model/config';
import type { ConfigDocument, Document, PolicyDocument } from './document';
import { Fleet } from './fleet';
import { type Group, GroupTree } from './groups';
import { SettingsTable } from './settings';
import type { EffectiveGroup, GroupSource } from './effective';
import type { Agent, Outcome } from './outcome';

/** Says that a group has no single active policy: two are active, or a status is malformed. */
export class Ambiguity {
  constructor(readonly group: Group) {}

  /** The policies that are, or may be, active there, by path. */
  get policies(): readonly PolicyDocument[] {
    return candidates(this.group.policies);
  }
}

/** The active policy of a group, none, or not to be told. */
export type ActivePolicy = PolicyDocument | Ambiguity | undefined;

/**
 * A project: its documents, its config and what follows from them. Questions are answered by the functions
 * beside this file (effective.ts, reach.ts, outcome.ts); what they remember is kept here and dropped on change.
 */
export class Project {
  private readonly given: readonly Document[];
  private paths: Map<string, Document> | undefined;
  private table: SettingsTable;
  private settingsByDocument = new WeakMap<Document, Settings>();
  readonly groups = new GroupTree();
  readonly fleet = new Fleet();
  /** Remembered answers of effective.ts; dropped whenever a document changes. */
  effectiveGroups = new Map<PolicyDocument, EffectiveGroup>();
  groupSources = new Map<Group, GroupSource>();
  /** Remembered answers of outcome.ts; dropped whenever a document or the config changes. */
  atRisk = new Map<PolicyDocument, boolean>();
  outcomes = new Map<PolicyDocument, ReadonlySet<Outcome>>();
  /** Of the policy that was asked about last: those of all policies may be more than memory holds. */
  agents: { readonly policy: PolicyDocument; readonly agents: readonly Agent[] } | undefined;

  /**
   * @param root folder of the project, absolute, with `/` and without one at the end; or its URI in an editor
   * @param config its config; `undefined` where it has none
   * @param nestedConfigs paths within the project of configs below it, whose folders are projects of their own
   */
  constructor(
    readonly root: string,
    private currentConfig: ConfigDocument | undefined,
    documents: Iterable<Document>,
    public nestedConfigs: readonly string[] = [],
  ) {
    this.table = new SettingsTable(currentConfig?.facts);
    this.given = [...documents];
    for (const document of this.given) {
      this.groups.add(document);
      this.fleet.add(document);
    }
  }

  get config(): ConfigDocument | undefined {
    return this.currentConfig;
  }

  /** All policies and devices, in no particular order. */
  get documents(): Iterable<Document> {
    return this.paths?.values() ?? this.given;
  }

  get size(): number {
    return this.paths?.size ?? this.given.length;
  }

  /** Made for whoever asks by path: most runs of the command line ask for all there are. */
  private get byPath(): Map<string, Document> {
    return (this.paths ??= new Map(this.given.map((document) => [document.path, document])));
  }

  document(path: string): Document | undefined {
    return this.byPath.get(path);
  }

  /** The settings that hold for a document: the config's with its overrides. */
  settings(document: Document): Settings {
    if (!this.table.hasOverrides) return this.table.for(document.path);
    let settings = this.settingsByDocument.get(document);
    if (!settings) {
      settings = this.table.for(document.path);
      this.settingsByDocument.set(document, settings);
    }
    return settings;
  }

  /** Puts a document in, in the place of the one with its path; `undefined` takes that one out. */
  replace(path: string, document: Document | undefined): void {
    const before = this.byPath.get(path);
    if (before) {
      this.groups.remove(before);
      this.fleet.remove(before);
    }
    if (document) {
      this.byPath.set(path, document);
      this.groups.add(document);
      this.fleet.add(document);
    } else this.byPath.delete(path);
    this.effectiveGroups = new Map();
    this.groupSources = new Map();
    this.atRisk = new Map();
    this.outcomes = new Map();
    this.agents = undefined;
  }

  /** Takes a new config; every answer may be another one afterwards. */
  configure(config: ConfigDocument | undefined, nestedConfigs: readonly string[]): void {
    this.currentConfig = config;
    this.nestedConfigs = nestedConfigs;
    this.table = new SettingsTable(config?.facts);
    this.settingsByDocument = new WeakMap();
    this.atRisk = new Map();
    this.outcomes = new Map();
    this.agents = undefined;
  }

  /** The group that a document is in; `undefined` for one without a valid group. */
  groupOf(document: Document): Group | undefined {
    const path = document.facts && wellFormed(document.facts.administrationGroup);
    return path === undefined ? undefined : this.groups.ensure(path);
  }
}

/** The active policy of a group itself. */
export function activePolicy(group: Group): ActivePolicy {
  if (group.policies.length === 0) return undefined;
  const [first, second] = candidates(group.policies);
  if (first === undefined) return undefined;
  return second !== undefined || first.facts.status === malformed ? new Ambiguity(group) : first;
}

// A group's list only ever grows in place or is replaced, so that the list with its length says whether what is
// remembered still holds. All who ask what is in force ask here, a group's ten thousandth policy included.
const remembered = new WeakMap<
  readonly PolicyDocument[],
  { readonly size: number; readonly candidates: readonly PolicyDocument[] }
>();

/** Those of a group's policies that are active, or may be since their status is malformed; by path. */
function candidates(policies: readonly PolicyDocument[]): readonly PolicyDocument[] {
  if (policies.length === 1) return mayBeActive(policies[0]!) ? policies : [];
  const known = remembered.get(policies);
  if (known?.size === policies.length) return known.candidates;
  const found = policies.filter(mayBeActive).sort((a, b) => (a.path < b.path ? -1 : 1));
  remembered.set(policies, { size: policies.length, candidates: found });
  return found;
}

function mayBeActive({ facts }: PolicyDocument): boolean {
  return facts.status !== 'inactive' && facts.status !== 'outOfOffice';
}

/** The active policy of a group or of the nearest group above that has one: the policy in force there. */
export function policyInForce(group: Group | undefined): ActivePolicy {
  for (let at = group; at; at = at.parent) {
    const active = activePolicy(at);
    if (active) return active;
  }
  return undefined;
}

/** The parent of a policy: the active policy of the nearest group above its own. */
export function parentOf(project: Project, policy: PolicyDocument): ActivePolicy {
  if (policy.facts.status === 'outOfOffice') return undefined;
  return policyInForce(project.groupOf(policy)?.parent);
}
