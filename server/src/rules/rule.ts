import type { Level, Severity, Settings } from '../model/config';
import type { ConfigDocument, DeviceDocument, PolicyDocument } from '../project/document';
import type { Project } from '../project/project';
import type { Found } from './finding';
import type { Fix } from './fix';

export type Category = 'document' | 'statement' | 'enforcement' | 'proxy' | 'plugin' | 'compliance';

/** What a rule may look at besides the document: everything is handed in, nothing is read. */
export interface RuleContext {
  readonly project: Project;
  /** The settings that hold for the checked document. */
  readonly settings: Settings;
  /** The time to judge by, in milliseconds since 1970 UTC. */
  readonly now: number;
  /** All rules by id, and the level that holds for one in the checked document, or in another file at `path`. */
  readonly rules: ReadonlyMap<string, Rule>;
  levelOf(rule: Rule, path?: string): Level;
  /** Only for rules that run `after` exceptions: which entries of `exceptions` cover a finding, by index. */
  readonly covering?: ReadonlySet<number>;
}

interface Subjects {
  policy: PolicyDocument;
  device: DeviceDocument;
  config: ConfigDocument;
}
export type Subject = keyof Subjects;

/** What a check may return: nothing, one or several. */
export type Checked = Found | readonly Found[] | undefined;

/** A file of an example: its path, and its content as it would stand there. */
export interface ExampleFile {
  readonly path: string;
  /** A value (laid out by the docs), or a text where the layout or a fault of syntax is the point. */
  readonly content: unknown;
}

/** An example of the documentation; run as a test of the rule. */
export interface Example {
  /** What it shows, a short sentence. */
  readonly title: string;
  /** The first file is the one that is judged. */
  readonly files: readonly ExampleFile[];
  /** The clock of the example, where it matters (RFC 3339). */
  readonly now?: string;
}

/** A way out that findings of a rule may offer, for the documentation; the tests hold it against the examples. */
export interface DocumentedFix {
  readonly kind: Fix['kind'];
  /** What it does, as it would follow "it": `removes the trailing comma`. */
  readonly does: string;
}

export interface RuleDocs {
  /** What the rule finds, a paragraph or two of Markdown. */
  readonly what: string;
  /** Why that matters: what follows on hosts or in the console. */
  readonly why: string;
  /** The rule finds exactly one thing in each of these. */
  readonly avoid: readonly Example[];
  /** The rule finds nothing in these. */
  readonly prefer: readonly Example[];
  /** Which members of the config change its answer. */
  readonly configuration?: string;
  readonly related?: readonly string[];
}

/** A rule: the only place for its id, category, default severity, summary, documentation and fixes. */
export interface Rule<S extends Subject = Subject> {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One line, for lists. */
  readonly summary: string;
  readonly in: readonly S[];
  readonly docs: RuleDocs;
  /** What its findings may offer; absent where it offers nothing. */
  readonly fixes?: readonly DocumentedFix[];
  /** Its severity can't be set and it can't be excepted: nothing could be judged in its place. */
  readonly always?: boolean;
  /** Exceptions may not name it (document rules, rules about exceptions). */
  readonly notExceptable?: boolean;
  /** Whether it finds anything may depend on the document's name; of no other rule does it. */
  readonly dependsOnName?: boolean;
  /** Runs when the exceptions of a document have been applied; not at all where they are ignored. */
  readonly after?: 'exceptions';
  /**
   * Looks at one document; never throws, whatever the file holds. Absent where findings come out of reading
   * the file (schema/problem.ts).
   */
  check?(document: Subjects[S], context: RuleContext): Checked;
}

/** Types a rule's check by the subjects that it names. */
export function rule<const S extends Subject>(definition: Rule<S>): Rule<S> {
  return definition;
}
