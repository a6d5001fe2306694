// language.md, "Effective settings", said again: slowly, from plain JSON, with nothing of the product's own.
// Whatever is asked is worked out anew each time, by looking through all documents.

export type Json = Readonly<Record<string, unknown>>;
/** A project: documents by path, and the config. */
export interface World {
  readonly documents: Readonly<Record<string, Json>>;
  readonly config: Json;
}

/** What can't be told. */
export const unknown = 'unknown';
/** A member that is there and makes no sense, or has to be there and is not. */
const bad = Symbol('bad');

type Stated<T> = T | typeof bad | undefined;
interface Ksn {
  readonly enforcement: Stated<string>;
  readonly enabled: Stated<boolean>;
  readonly proxy: Stated<boolean>;
  readonly hasStatement: boolean;
  readonly version: Stated<string>;
  readonly accepted: Stated<boolean>;
}
/** Whose KSN group holds, and whether it is enforced. */
export type Group = { readonly by: string; readonly enforced: boolean } | typeof unknown;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function stated<T>(value: unknown, fits: (value: unknown) => boolean): Stated<T> {
  return value === undefined ? undefined : fits(value) ? (value as T) : bad;
}
const boolean = (value: unknown): Stated<boolean> => stated(value, (it) => typeof it === 'boolean');
const text = (value: unknown): Stated<string> => stated(value, (it) => typeof it === 'string');
const oneOf = (value: unknown, words: readonly string[]): Stated<string> =>
  stated(value, (it) => words.includes(it as string));

/** A member of an object that may be absent, or no object: then all that is in it is bad. */
function inside<T>(holder: unknown, read: (object: Json) => Stated<T>): Stated<T> {
  return holder === undefined ? undefined : isObject(holder) ? read(holder) : bad;
}

export class Oracle {
  constructor(private readonly world: World) {}

  private doc(path: string): Json {
    return this.world.documents[path]!;
  }

  kind(path: string): 'policy' | 'device' | undefined {
    const { kind } = this.doc(path);
    return kind === 'policy' || kind === 'device' ? kind : undefined;
  }

  group(path: string): string | undefined {
    const group = this.doc(path).administrationGroup;
    return typeof group === 'string' ? group : undefined;
  }

  status(path: string): string | typeof bad {
    return oneOf(this.doc(path).status, ['active', 'inactive', 'outOfOffice']) ?? 'active';
  }

  ksn(path: string): Ksn {
    const { ksn } = this.doc(path);
    if (!isObject(ksn)) {
      return { enforcement: bad, enabled: bad, proxy: bad, hasStatement: true, version: bad, accepted: bad };
    }
    const { statement } = ksn;
    const required = <T>(value: Stated<T>): Stated<T> => (value === undefined ? bad : value);
    return {
      enforcement: oneOf(ksn.enforcement, ['enforce', 'undefined']),
      enabled: boolean(ksn.enabled),
      proxy: boolean(ksn.useKscAsKsnProxy),
      hasStatement: statement !== undefined,
      version: inside(statement, (it) => required(text(it.version))),
      accepted: inside(statement, (it) => required(boolean(it.accepted))),
    };
  }

  private get policies(): string[] {
    return Object.keys(this.world.documents).filter((path) => this.kind(path) === 'policy');
  }

  /** The one active policy of a group; unknown where there are two, or one that may be. */
  private activeIn(group: string): string | undefined {
    const here = this.policies.filter((path) => this.group(path) === group);
    const active = here.filter((path) => this.status(path) === 'active');
    const perhaps = here.filter((path) => this.status(path) === bad);
    if (active.length + perhaps.length === 0) return undefined;
    return active.length === 1 && perhaps.length === 0 ? active[0] : unknown;
  }

  /** The policy in force in a group: its active one, or that of the nearest group above. */
  inForce(group: string): string | undefined {
    for (let parts = group.split('/'); parts.length > 0; parts = parts.slice(0, -1)) {
      const active = this.activeIn(parts.join('/'));
      if (active !== undefined) return active;
    }
    return undefined;
  }

  parent(policy: string): string | undefined {
    const group = this.group(policy);
    if (this.status(policy) === 'outOfOffice' || group === undefined) return undefined;
    const above = group.split('/').slice(0, -1).join('/');
    return above === '' ? undefined : this.inForce(above);
  }

  /** Whether a policy in the chain of parents forces inheritance. */
  private forced(policy: string): boolean | typeof unknown {
    let doubt = false;
    for (let at = this.parent(policy); at !== undefined; at = this.parent(at)) {
      if (at === unknown) return unknown;
      const force = inside(this.doc(at).inheritance, (it) => boolean(it.forceInChildren));
      if (force === true) return true;
      doubt ||= force === bad;
    }
    return doubt ? unknown : false;
  }

  effectiveGroup(policy: string): Group {
    if (this.status(policy) !== 'outOfOffice' && this.group(policy) === undefined) return unknown;
    const { enforcement } = this.ksn(policy);
    const own: Group = enforcement === bad ? unknown : { by: policy, enforced: enforcement === 'enforce' };
    const parent = this.parent(policy);
    if (parent === undefined) return own;
    const above = parent === unknown ? unknown : this.effectiveGroup(parent);
    if (above !== unknown && !above.enforced) return own;
    // Whether anything lies above it is not to be told.
    if (this.status(policy) === bad) return unknown;
    const inherits = inside(this.doc(policy).inheritance, (it) => boolean(it.inheritFromParent)) ?? true;
    if (inherits === true) return above;
    const forced = this.forced(policy);
    if (forced === true) return above;
    return forced === unknown || inherits === bad ? unknown : own;
  }

  /** Whose settings hold for a device. */
  sourceOfDevice(device: string): Group {
    const group = this.group(device);
    if (group === undefined) return unknown;
    const policy = this.inForce(group);
    if (policy === unknown) return unknown;
    if (policy !== undefined) {
      const effective = this.effectiveGroup(policy);
      if (effective === unknown || effective.enforced) return effective;
    }
    return { by: device, enforced: false };
  }

  /** A setting of the config as it holds for a file: of the overrides for it the last one wins. */
  private setting(path: string, member: 'plugin' | 'agents'): unknown {
    let value = this.world.config[member];
    for (const override of (this.world.config.overrides ?? []) as Json[]) {
      const files = override.files as string[];
      const applies = files.some((glob) => glob === path || path.startsWith(glob.replace('**', '')));
      if (applies && override[member] !== undefined) value = override[member];
    }
    return value;
  }

  /** Pointers of the config's agents as they hold for a file, each with its entry. */
  private entries(path: string): [string, Json][] {
    let at = '/agents';
    ((this.world.config.overrides ?? []) as Json[]).forEach((override, i) => {
      if (override.agents !== undefined && override.agents === this.setting(path, 'agents'))
        at = `/overrides/${i}/agents`;
    });
    return ((this.setting(path, 'agents') ?? []) as Json[]).map((entry, i) => [`${at}/${i}`, entry]);
  }

  required(path: string): Stated<string> {
    const configs = inside(this.setting(path, 'plugin'), (it) => text(it.statementVersion));
    if (configs !== undefined || this.kind(path) === 'device') return configs;
    return inside(this.doc(path).plugin, (it) => text(it.statementVersion));
  }

  /** Whether nobody can say if this policy is the one that counts in its group. */
  private contested(policy: string): boolean {
    const group = this.group(policy);
    if (group === undefined || this.status(policy) === bad) return true;
    return this.status(policy) === 'active' && this.activeIn(group) === unknown;
  }

  /** Whether a policy's own group decides in a group at or below its own. */
  private decidesIn(policy: string, group: string): boolean {
    const own = this.group(policy)!;
    const status = this.status(policy);
    if (status === 'inactive' || !isWithin(own, group)) return false;
    const effective = this.effectiveGroup(policy);
    if (effective === unknown || effective.by !== policy) return false;
    // As if an out-of-office policy were in force in its group; nobody inherits from it.
    if (status === 'outOfOffice') {
      let parts = group.split('/');
      for (; parts.join('/') !== own; parts = parts.slice(0, -1)) {
        if (this.activeIn(parts.join('/')) !== undefined) return false;
      }
      return true;
    }
    return this.decider(group) === policy;
  }

  /** The policy whose KSN group is in force in a group. */
  private decider(group: string): string | undefined {
    const policy = this.inForce(group);
    if (policy === undefined || policy === unknown) return undefined;
    const effective = this.effectiveGroup(policy);
    return effective === unknown ? undefined : effective.by;
  }

  /** Pointers of entries, and paths of devices, that a policy reaches. */
  reach(policy: string): string[] {
    if (this.contested(policy)) return [];
    return this.agentsWhere(policy, (group) => this.decidesIn(policy, group));
  }

  /** What lives under a policy, whoever decides for it. */
  met(policy: string): string[] {
    const effective = this.effectiveGroup(policy);
    if (this.contested(policy)) return [];
    if (effective === unknown || effective.by === policy) return this.reach(policy);
    const own = this.group(policy)!;
    return this.agentsWhere(policy, (group) => isWithin(own, group) && this.decider(group) === effective.by);
  }

  private agentsWhere(policy: string, decides: (group: string) => boolean): string[] {
    const own = this.group(policy)!;
    const entries = this.entries(policy).filter(([, entry]) => {
      const groups = entry.administrationGroups as string[] | undefined;
      return (
        groups === undefined ||
        groups.some((group) => (group !== own && isWithin(group, own)) || decides(group))
      );
    });
    const devices = Object.keys(this.world.documents).filter((path) => {
      const group = this.group(path);
      return this.kind(path) === 'device' && group !== undefined && decides(group);
    });
    return [...entries.map(([pointer]) => pointer), ...devices.sort()];
  }

  private entryAt(pointer: string): Json | undefined {
    if (!pointer.startsWith('/')) return undefined;
    return pointer
      .slice(1)
      .split('/')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], this.world.config) as Json;
  }

  private carried(agent: string): Stated<string> {
    const entry = this.entryAt(agent);
    if (entry) return text(entry.statementVersion);
    const { agent: own } = this.doc(agent);
    return isObject(own) ? text(own.statementVersion) : bad;
  }

  /** What becomes of KSN where the settings of a document hold. */
  private outcomeOf(by: string, carried: Stated<string>): string {
    const { enabled, hasStatement, accepted, version } = this.ksn(by);
    if ((enabled ?? false) === false) return 'off';
    if (enabled === bad) return unknown;
    if (!hasStatement || accepted === false) return 'blocked';
    if (accepted === bad || typeof version !== 'string' || typeof carried !== 'string') return unknown;
    return version === carried ? 'on' : 'switched-off';
  }

  outcomeOfDevice(device: string): string {
    const source = this.sourceOfDevice(device);
    return source === unknown ? unknown : this.outcomeOf(source.by, this.carried(device));
  }

  outcomeOn(policy: string, agent: string): string {
    const effective = this.effectiveGroup(policy);
    if (effective === unknown) return unknown;
    if (effective.enforced) return this.outcomeOf(effective.by, this.carried(agent));
    return this.entryAt(agent) ? 'device' : this.outcomeOf(agent, this.carried(agent));
  }

  /** Whether one agent with another Statement switches KSN off in the policy that decides for this one. */
  atRisk(policy: string): boolean {
    const effective = this.effectiveGroup(policy);
    if (effective === unknown || !effective.enforced) return false;
    return [...this.met(policy), ...this.reach(effective.by)].some(
      (agent) =>
        this.entryAt(agent)?.hosts !== 0 &&
        this.outcomeOf(effective.by, this.carried(agent)) === 'switched-off',
    );
  }

  /** Agents under a policy with what becomes of KSN, `!` where it is at risk; what is on no host is none. */
  outcomes(policy: string): string[] {
    const risk = this.atRisk(policy);
    return this.met(policy)
      .filter((agent) => this.entryAt(agent)?.hosts !== 0)
      .map((agent) => {
        const outcome = this.outcomeOn(policy, agent);
        return `${agent} ${outcome}${risk && outcome === 'on' ? '!' : ''}`;
      });
  }

  acceptanceDue(policy: string): boolean {
    const { enabled, accepted, version } = this.ksn(policy);
    const required = this.required(policy);
    return enabled === true && !(accepted === true && typeof required === 'string' && version === required);
  }

  /** Settings that hold, defaults filled in; null for what can't be told. */
  settings(source: Group): object {
    if (source === unknown) {
      return { enabled: null, useKscAsKsnProxy: null, statementVersion: null, accepted: null };
    }
    const { enabled, proxy, hasStatement, version, accepted } = this.ksn(source.by);
    const told = <T>(value: Stated<T>): T | null => (value === bad || value === undefined ? null : value);
    return {
      enabled: told(enabled === undefined ? false : enabled),
      useKscAsKsnProxy: told(proxy === undefined ? false : proxy),
      statementVersion: told(version),
      accepted: hasStatement ? told(accepted) : false,
    };
  }
}

/** Whether a group is another one or lies below it: part by part. */
function isWithin(above: string, group: string): boolean {
  const parts = above.split('/');
  return parts.every((part, i) => group.split('/')[i] === part);
}
