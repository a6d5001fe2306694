import { child, parentPointer, type Pointer } from '../syntax/pointer';
import {
  evidenceMembers,
  type Acceptance,
  type AgentEntry,
  type CatalogueEntry,
  type ConfigFacts,
  type EvidenceMember,
  type Level,
  type OverridableSettings,
  type Override,
} from './config';
import {
  malformed,
  wellFormed,
  type DeviceFacts,
  type DocumentFacts,
  type ExceptionFacts,
  type KsnFacts,
  type Malformed,
  type PluginFacts,
  type PolicyFacts,
  type Stated,
  type StatementFacts,
} from './facts';

type Members = Record<string, unknown>;
const nothing: Members = Object.freeze(Object.create(null) as Members);
/** So many malformed members are looked through one by one. */
const few = 4;
const noRegions: readonly string[] = [];
const noExceptions: readonly ExceptionFacts[] = [];

/** Keeps one copy of strings that recur across documents (groups, versions, approvers). */
export type Intern = (text: string) => string;

// Most devices of an estate say the same but for their names: what they say is kept once, and read once.
const mostAlike = 10_000;
const alikeBy = new WeakMap<Intern, Map<string, DocumentFacts>>();

function alikeOf(intern: Intern): Map<string, DocumentFacts> {
  let alike = alikeBy.get(intern);
  if (!alike) {
    alike = new Map();
    alikeBy.set(intern, alike);
  }
  return alike;
}

/** What a document says under another name, or in another group; parts are shared. */
export function renamed(facts: DocumentFacts, name: string, administrationGroup: string): DocumentFacts {
  // Written out, so that all facts of a kind have one hidden class: rules run faster on them.
  if (facts.kind === 'device') {
    const { regions, agent, ksn, exceptions } = facts;
    return { kind: 'device', name, administrationGroup, regions, agent, ksn, exceptions };
  }
  const { status, inheritFromParent, forceInChildren, plugin, regions, ksn, kmp, exceptions } = facts;
  return {
    kind: 'policy',
    name,
    administrationGroup,
    status,
    inheritFromParent,
    forceInChildren,
    plugin,
    regions,
    ksn,
    kmp,
    exceptions,
  };
}

/**
 * Reads facts from plain values. The schema has said what is malformed: `bad` holds the pointers of
 * malformed and of missing required members, and is absent for documents that are in order.
 */
export class Reader {
  constructor(
    private readonly bad: ReadonlySet<Pointer> | undefined,
    private readonly intern?: Intern,
  ) {}

  private interned(text: string): string {
    return this.intern ? this.intern(text) : text;
  }

  private isBad(pointer: Pointer): boolean {
    if (this.bad === undefined) return false;
    // Mostly there are one or two, and asking whether they are above is cheaper than walking up.
    if (this.bad.size <= few) {
      for (const bad of this.bad) {
        if (pointer.startsWith(bad) && (pointer.length === bad.length || pointer[bad.length] === '/'))
          return true;
      }
      return false;
    }
    for (let at: Pointer | undefined = pointer; at !== undefined; at = parentPointer(at)) {
      if (this.bad.has(at)) return true;
    }
    return false;
  }

  private member<T>(object: Members, base: Pointer, name: string): Stated<T> {
    if (this.bad !== undefined && this.isBad(child(base, name))) return malformed;
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    return (typeof value === 'string' ? this.interned(value) : value) as Stated<T>;
  }

  /** A member that is an object: its members, none where it is absent or malformed. */
  private object(object: Members, name: string): Members | undefined {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    if (value === undefined) return undefined;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Members)
      : nothing;
  }

  /** A member that is an array: its items; `undefined` where it is absent or malformed. */
  private array(object: Members, base: Pointer, name: string): readonly unknown[] | undefined {
    const value = this.member<unknown>(object, base, name);
    return Array.isArray(value) ? value : undefined;
  }

  private strings(object: Members, base: Pointer, name: string): readonly string[] | undefined {
    const pointer = child(base, name);
    return this.array(object, base, name)?.filter(
      (item, i): item is string => typeof item === 'string' && !this.isBad(child(pointer, i)),
    );
  }

  /** As `strings`, but only an absent member is `undefined`: a malformed one names nothing. */
  private named(object: Members, base: Pointer, name: string): readonly string[] | undefined {
    return Object.hasOwn(object, name) ? (this.strings(object, base, name) ?? []) : undefined;
  }

  private objects(object: Members, base: Pointer, name: string): { members: Members; pointer: Pointer }[] {
    const pointer = child(base, name);
    return (this.array(object, base, name) ?? []).map((item, i) => ({
      members:
        typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as Members) : nothing,
      pointer: child(pointer, i),
    }));
  }

  /** The facts of a policy or a device; `undefined` where the value is no object or its kind is neither. */
  document(value: unknown): DocumentFacts | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const root = value as Members;
    if (root.kind !== 'policy' && root.kind !== 'device') return undefined;
    if (this.bad !== undefined || this.intern === undefined) return this.ofItsOwn(root);
    const alike = alikeOf(this.intern);
    const { kind, status, inheritance, plugin, regions, ksn, kmp, agent, exceptions } = root;
    const key = JSON.stringify([kind, status, inheritance, plugin, regions, ksn, kmp, agent, exceptions]);
    const known = alike.get(key);
    if (known) return renamed(known, root.name as string, this.interned(root.administrationGroup as string));
    const facts = this.ofItsOwn(root);
    if (alike.size < mostAlike) alike.set(key, facts);
    return facts;
  }

  private ofItsOwn(root: Members): DocumentFacts {
    return root.kind === 'policy' ? this.policy(root) : this.device(root);
  }

  private policy(root: Members): PolicyFacts {
    const inheritance = this.object(root, 'inheritance') ?? nothing;
    const kmp = this.object(root, 'kmp');
    return {
      kind: 'policy',
      name: this.name(root),
      administrationGroup: this.member(root, '', 'administrationGroup'),
      status: this.member(root, '', 'status'),
      inheritFromParent: this.member(inheritance, '/inheritance', 'inheritFromParent'),
      forceInChildren: this.member(inheritance, '/inheritance', 'forceInChildren'),
      plugin: this.plugin(root, ''),
      regions: this.regions(root),
      ksn: this.ksn(root),
      kmp: kmp && this.required(kmp, '/kmp', 'enabled'),
      exceptions: this.exceptions(root),
    };
  }

  private device(root: Members): DeviceFacts {
    const agent = this.object(root, 'agent') ?? nothing;
    return {
      kind: 'device',
      name: this.name(root),
      administrationGroup: this.member(root, '', 'administrationGroup'),
      regions: this.regions(root),
      agent: {
        version: this.required(agent, '/agent', 'version'),
        statementVersion: this.member(agent, '/agent', 'statementVersion'),
      },
      ksn: this.ksn(root),
      exceptions: this.exceptions(root),
    };
  }

  // A name is seldom shared by two documents: keeping a copy would cost more than it saves.
  private name(root: Members): Stated<string> {
    return this.isBad('/name') ? malformed : (root.name as string);
  }

  /** A required member: malformed where it is absent, also where its object is. */
  private required<T>(object: Members, base: Pointer, name: string): Stated<T> {
    const stated = this.member<T>(object, base, name);
    return stated === undefined ? malformed : stated;
  }

  private ksn(root: Members): KsnFacts {
    const ksn = this.object(root, 'ksn') ?? nothing;
    return {
      enforcement: this.member(ksn, '/ksn', 'enforcement'),
      enabled: this.member(ksn, '/ksn', 'enabled'),
      useKscAsKsnProxy: this.member(ksn, '/ksn', 'useKscAsKsnProxy'),
      statement: this.statement(ksn),
    };
  }

  private statement(ksn: Members): StatementFacts | undefined {
    const base = '/ksn/statement';
    const statement = this.object(ksn, 'statement') ?? (this.isBad(base) ? nothing : undefined);
    return (
      statement && {
        version: this.required(statement, base, 'version'),
        accepted: this.required(statement, base, 'accepted'),
        acceptedBy: this.member(statement, base, 'acceptedBy'),
        acceptedAt: this.member(statement, base, 'acceptedAt'),
        language: this.member(statement, base, 'language'),
        sha256: this.member(statement, base, 'sha256'),
        reference: Object.hasOwn(statement, 'reference'),
      }
    );
  }

  private plugin(object: Members, base: Pointer): PluginFacts | undefined {
    const plugin = this.object(object, 'plugin');
    const pointer = child(base, 'plugin');
    return (
      plugin && {
        kind: this.member(plugin, pointer, 'kind'),
        version: this.required(plugin, pointer, 'version'),
        statementVersion: this.member(plugin, pointer, 'statementVersion'),
      }
    );
  }

  private regions(root: Members): readonly (string | Malformed)[] {
    const regions = this.array(root, '', 'regions');
    if (regions === undefined || regions.length === 0) return noRegions;
    const areGood = ![...(this.bad ?? [])].some((pointer) => pointer.startsWith('/regions/'));
    return regions.map((region, i) =>
      typeof region === 'string' && (areGood || !this.isBad(`/regions/${i}`))
        ? this.interned(region)
        : malformed,
    );
  }

  private exceptions(root: Members): readonly ExceptionFacts[] {
    if (!Object.hasOwn(root, 'exceptions')) return noExceptions;
    return this.objects(root, '', 'exceptions').map(({ members, pointer }) => ({
      rule: this.required(members, pointer, 'rule'),
      reason: this.required(members, pointer, 'reason'),
      approvedBy: this.member(members, pointer, 'approvedBy'),
      expires: this.member(members, pointer, 'expires'),
    }));
  }

  /** The well-formed part of a config; an empty config where the value is no object. */
  config(value: unknown): ConfigFacts {
    const root =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Members) : nothing;
    return {
      kind: 'config',
      ...this.settings(root, ''),
      statements: this.objects(root, '', 'statements').map((entry) => this.catalogueEntry(entry)),
      administrationGroups: this.strings(root, '', 'administrationGroups'),
      ignore: this.strings(root, '', 'ignore') ?? [],
      overrides: this.objects(root, '', 'overrides').map(({ members, pointer }): Override => ({
        files: this.strings(members, pointer, 'files') ?? [],
        ...this.settings(members, pointer),
      })),
    };
  }

  private settings(object: Members, base: Pointer): OverridableSettings {
    const plugin = this.plugin(object, base);
    const acceptance = this.object(object, 'acceptance');
    const restrictedRegions = this.named(object, base, 'restrictedRegions');
    const rules = this.object(object, 'rules');
    return {
      ...(plugin && { plugin }),
      ...(Object.hasOwn(object, 'agents') && {
        agents: this.objects(object, base, 'agents').map((entry) => this.agent(entry)),
      }),
      ...(acceptance && { acceptance: this.acceptance(acceptance, child(base, 'acceptance')) }),
      ...(restrictedRegions && { restrictedRegions }),
      ...(rules && { rules: this.levels(rules, child(base, 'rules')) }),
    };
  }

  private agent({ members, pointer }: { members: Members; pointer: Pointer }): AgentEntry {
    return {
      version: this.required(members, pointer, 'version'),
      statementVersion: this.member(members, pointer, 'statementVersion'),
      hosts: this.member(members, pointer, 'hosts'),
      administrationGroups: this.named(members, pointer, 'administrationGroups'),
      pointer,
    };
  }

  private acceptance(members: Members, pointer: Pointer): Acceptance {
    // What a malformed member asks for is not known, so nothing is held against it. Of the approvers a malformed one
    // may be the person in question.
    const approvers = this.strings(members, pointer, 'approvers') ?? [];
    const named = this.array(members, pointer, 'approvers')?.length ?? 0;
    const evidence = members === nothing ? [] : this.named(members, pointer, 'evidence');
    return {
      evidence: (evidence ?? ['acceptedBy', 'acceptedAt']).filter((name): name is EvidenceMember =>
        (evidenceMembers as readonly string[]).includes(name),
      ),
      approvers: approvers.length === named ? approvers : [],
    };
  }

  private levels(members: Members, pointer: Pointer): ReadonlyMap<string, Level> {
    return new Map(
      Object.keys(members).flatMap((rule): [string, Level][] => {
        const level = wellFormed(this.member<Level>(members, pointer, rule));
        return level === undefined ? [] : [[rule, level]];
      }),
    );
  }

  private catalogueEntry({ members, pointer }: { members: Members; pointer: Pointer }): CatalogueEntry {
    return {
      version: this.required(members, pointer, 'version'),
      texts: this.objects(members, pointer, 'texts').map((text) => ({
        language: this.required(text.members, text.pointer, 'language'),
        file: this.member(text.members, text.pointer, 'file'),
        sha256: this.member(text.members, text.pointer, 'sha256'),
        pointer: text.pointer,
      })),
      pointer,
    };
  }
}
