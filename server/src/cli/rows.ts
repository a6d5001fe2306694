import type { DocumentFacts, ExceptionFacts, KsnFacts, PluginFacts } from '../model/facts';
import { renamed } from '../model/read';
import type { Document } from '../project/document';

/**
 * Documents that are in order, packed for another thread or for the cache. What they say besides name and group
 * recurs in a project, so it is kept once, as a template.
 */
export interface Rows {
  /** Templates and groups that were not in an earlier `Rows` of the same writer. */
  readonly templates: readonly string[];
  readonly groups: readonly string[];
  /** For each document its template and its group, counted over all `Rows` of the writer; -1 for none. */
  readonly index: Int32Array;
  /** Their names, with NUL between. */
  readonly names: string;
}

/** Packs documents; what has problems, or nothing that could be packed, becomes a row that says to read it again. */
export class RowWriter {
  private readonly templates = new Numbered();
  private readonly groups = new Numbered();
  private readonly byParts = new WeakMap<
    KsnFacts,
    { readonly like: DocumentFacts; readonly template: number }
  >();
  private index: number[] = [];
  private names: string[] = [];

  add({ facts, problems }: Pick<Document, 'facts' | 'problems'>): void {
    if (!facts || problems.length > 0) return this.skip();
    const { name, administrationGroup, ...rest } = facts;
    if (typeof name !== 'string' || typeof administrationGroup !== 'string' || name.includes('\0'))
      return this.skip();
    // Reading gives documents that say the same the same parts: most need not be written out to be found.
    const known = this.byParts.get(facts.ksn);
    const template =
      known && sharesParts(known.like, facts) ? known.template : this.templates.of(JSON.stringify(rest));
    if (!known) this.byParts.set(facts.ksn, { like: facts, template });
    this.index.push(template, this.groups.of(administrationGroup));
    this.names.push(name);
  }

  skip(): void {
    this.index.push(-1, -1);
    this.names.push('');
  }

  /** The documents added since the last call. */
  take(): Rows {
    const rows = {
      templates: this.templates.take(),
      groups: this.groups.take(),
      index: Int32Array.from(this.index),
      names: this.names.join('\0'),
    };
    this.index = [];
    this.names = [];
    return rows;
  }
}

/** Whether two documents have all their parts in common, besides name and group. */
function sharesParts(a: DocumentFacts, b: DocumentFacts): boolean {
  for (const name in a) {
    if (name === 'name' || name === 'administrationGroup') continue;
    if (a[name as keyof DocumentFacts] !== b[name as keyof DocumentFacts]) return false;
  }
  return true;
}

/** Unpacks the `Rows` of one writer, in the order in which they were taken. */
export class RowReader {
  private readonly templates: DocumentFacts[] = [];
  private readonly groups: string[] = [];

  /** The facts of each document; `undefined` for one that has to be read again. */
  read({ templates, groups, index, names }: Rows): (DocumentFacts | undefined)[] {
    for (const template of templates) this.templates.push(revived(JSON.parse(template) as DocumentFacts));
    this.groups.push(...groups);
    const facts: (DocumentFacts | undefined)[] = [];
    const list = names.split('\0');
    for (let i = 0; i < list.length && 2 * i < index.length; i++) {
      const template = this.templates[index[2 * i]!];
      const group = this.groups[index[2 * i + 1]!];
      facts.push(template && group !== undefined ? renamed(template, list[i]!, group) : undefined);
    }
    return facts;
  }
}

/** Texts with the order in which they first came. */
class Numbered {
  private readonly known = new Map<string, number>();
  private fresh: string[] = [];

  of(text: string): number {
    let number = this.known.get(text);
    if (number === undefined) {
      number = this.known.size;
      this.known.set(text, number);
      this.fresh.push(text);
    }
    return number;
  }

  take(): readonly string[] {
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }
}

// All objects of a kind are made with all their members, absent ones too: rules run faster on them.

function revived(facts: DocumentFacts): DocumentFacts {
  const exceptions = facts.exceptions.map(({ rule, reason, approvedBy, expires }): ExceptionFacts => ({
    rule,
    reason,
    approvedBy,
    expires,
  }));
  const ksn = revivedKsn(facts.ksn);
  if (facts.kind === 'device') {
    const { version, statementVersion } = facts.agent;
    return {
      ...facts,
      name: '',
      administrationGroup: '',
      agent: { version, statementVersion },
      ksn,
      exceptions,
    };
  }
  const plugin: PluginFacts | undefined = facts.plugin && {
    kind: facts.plugin.kind,
    version: facts.plugin.version,
    statementVersion: facts.plugin.statementVersion,
  };
  return { ...facts, name: '', administrationGroup: '', plugin, ksn, exceptions };
}

function revivedKsn({ enforcement, enabled, useKscAsKsnProxy, statement }: KsnFacts): KsnFacts {
  return {
    enforcement,
    enabled,
    useKscAsKsnProxy,
    statement: statement && {
      version: statement.version,
      accepted: statement.accepted,
      acceptedBy: statement.acceptedBy,
      acceptedAt: statement.acceptedAt,
      language: statement.language,
      sha256: statement.sha256,
      reference: statement.reference,
    },
  };
}
