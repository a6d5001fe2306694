/**
 * What this server says beyond LSP: the requests under `keaPolicy/…`, the options that a client may give when
 * it starts the server, and the commands. Shared with the clients, so nothing here runs but a few constants.
 *
 * URIs are strings, positions and ranges those of LSP (0-based, UTF-16). Requests about a file that is in no
 * project, or not a policy or a device, are answered with `null`.
 */
import type { Range, WorkspaceEdit } from 'vscode-languageserver-types';

/** `initializationOptions`: what this client can do beyond LSP's own capabilities. All optional. */
export interface InitializationOptions {
  /**
   * The client has a review flow of its own: consent actions come as the command `keaPolicy.reviewStatement`
   * instead of an edit.
   */
  readonly reviewFlow?: boolean;
  /** Commands that the client runs itself; for the others the server offers what LSP alone can do. */
  readonly commands?: readonly ClientCommand[];
  /**
   * The server has no file system (web, virtual workspaces): the client answers `keaPolicy/files` and
   * `keaPolicy/read`.
   */
  readonly filesByClient?: boolean;
  /** For clients without `workspace/configuration`. */
  readonly settings?: Settings;
}

/** The client's settings, section `keaPolicy`. None of them changes what is found. */
export interface Settings {
  readonly diagnostics?: {
    /** Findings of all files of the project (default), or of open ones alone. */
    readonly scope?: 'project' | 'openFiles';
  };
  readonly inlayHints?: {
    /** Default: off. */
    readonly enabled?: boolean;
  };
  readonly codeLens?: {
    /** Default: on. */
    readonly enabled?: boolean;
  };
  /** Who is recorded in `acceptedBy` when the user accepts the Statement. */
  readonly acceptedBy?: string;
}

/** Commands that a client may run itself (name them in `InitializationOptions.commands`), with their arguments. */
export interface ClientCommands {
  /** Shows the Statement, asks, and inserts the acceptance: `keaPolicy/statement`, then `keaPolicy/edit`. */
  'keaPolicy.reviewStatement': [uri: string];
  /** Asks for a reason, then `keaPolicy/edit` with `exception`. */
  'keaPolicy.addException': [uri: string, rule: string];
  /** Shows places for a code lens (in VS Code: `editor.action.showReferences`). */
  'keaPolicy.showPlaces': [uri: string, range: Range, places: Place[]];
  /** Opens a file at a place. */
  'keaPolicy.openPlace': [place: Place | NamedPlace];
  /** Opens the documentation of a rule. */
  'keaPolicy.showRule': [rule: string, documentation: string];
}
export type ClientCommand = keyof ClientCommands;

/** Commands that the server runs itself, for clients that do not: by `workspace/executeCommand`. */
export interface ServerCommands {
  /** Asks with the sentence of the console, then records the acceptance. */
  'keaPolicy.server.accept': [uri: string, statementVersion: string];
  'keaPolicy.server.openPlace': [place: Place];
  'keaPolicy.server.showRule': [rule: string];
}
export type ServerCommand = keyof ServerCommands;

/** A stretch of a file. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** A member of a file by its JSON Pointer; `keaPolicy/place` says where it stands. */
export interface NamedPlace {
  readonly uri: string;
  readonly pointer: string;
}

export interface DocumentParams {
  readonly uri: string;
}

/** What KSN does where a document's settings hold. */
export type State = 'on' | 'off' | 'undefined' | 'blocked' | 'switchedOff' | 'unknown';

export interface Counts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
}

// ---- keaPolicy/tree, keaPolicy/rows

export interface TreeProject {
  /** The project's folder. */
  readonly uri: string;
  readonly name: string;
  /** Its config; absent where it has none. */
  readonly config?: string;
  /** The groups at the top that hold anything, at any depth. */
  readonly groups: readonly TreeGroup[];
  /** Documents in no group: their kind or group can't be read. */
  readonly ungrouped: readonly TreeDocument[];
  readonly counts: Counts;
}

export interface TreeGroup {
  /** The last part of the path, as shown. */
  readonly name: string;
  /** `Managed devices/EMEA`. */
  readonly path: string;
  readonly groups: readonly TreeGroup[];
  readonly policies: readonly TreeDocument[];
  /** Devices of this group for which no policy is in force. */
  readonly devices: readonly TreeDocument[];
}

export interface TreeDocument {
  readonly uri: string;
  /** Path within the project, with `/`. */
  readonly path: string;
  readonly kind: 'policy' | 'device' | 'unreadable';
  /** Its name; the file's name where it has none. */
  readonly name: string;
  readonly administrationGroup?: string;
  readonly state: State;
  /** The state in words, `on`, `Undefined: saved, not applied`. */
  readonly stateText: string;
  /** Of a policy. */
  readonly status?: 'active' | 'inactive' | 'outOfOffice';
  /** The Statement that its own file holds. */
  readonly statementVersion?: string;
  /** Of a policy: it can't be saved again in the console without acceptance. */
  readonly acceptanceDue: boolean;
  readonly counts: Counts;
  /** What can be done to it, as its rows offer it. */
  readonly actions: readonly EditAction['do'][];
  /** Of a policy: the devices of its own group for which it is in force, and those of groups below. */
  readonly devices?: readonly TreeDocument[];
}

export interface RowsResult {
  readonly rows: readonly TreeRow[];
}

export type RowId = 'ksn' | 'enforcement' | 'statement' | 'proxy' | 'problems';

export interface TreeRow {
  readonly id: RowId;
  /** `KSN usage`, `Enforcement`, `KSN Statement`, `KSN proxy`, `Problems`. */
  readonly label: string;
  /** `on (by parent "EMEA")`, `accepted 2026-11-01, version 2023-10`, `2 errors`. */
  readonly text: string;
  /** A longer explanation, Markdown, untrusted. */
  readonly detail: string;
  /** Where it stands in the file; the nearest enclosing member where it is absent. */
  readonly range: Range;
  /** What can be done about it here, in the order of the inline buttons. */
  readonly actions: readonly EditAction['do'][];
}

// ---- keaPolicy/effective

export interface EffectiveAnswer {
  readonly uri: string;
  readonly path: string;
  readonly kind: 'policy' | 'device';
  readonly name: string;
  readonly administrationGroup?: string;
  readonly state: State;
  readonly stateText: string;
  /** The settings that hold, defaults filled in; a member that can't be read is absent. */
  readonly settings: {
    readonly enforcement?: 'enforce' | 'undefined';
    readonly enabled?: boolean;
    readonly useKscAsKsnProxy?: boolean;
    readonly statementVersion?: string;
    readonly accepted?: boolean;
  };
  /** The document whose settings hold; absent where that is not to be told. */
  readonly decidedBy?: { readonly uri: string; readonly name: string };
  /** The Statement that the managing plug-in carries; absent: not known. */
  readonly requiredStatement?: string;
  readonly acceptanceDue: boolean;
  readonly agents: readonly {
    /** Host name of a device document; absent for an entry of the config. */
    readonly device?: string;
    readonly version?: string;
    readonly statementVersion?: string;
    readonly hosts?: number;
    readonly outcome: 'device' | 'off' | 'blocked' | 'unknown' | 'switched-off' | 'on';
    readonly atRisk: boolean;
  }[];
  /** Sentences: which document decided, which lost, and what follows on hosts. */
  readonly reasons: readonly string[];
  /** The same for reading, as Markdown. */
  readonly markdown: string;
}

// ---- keaPolicy/plan, keaPolicy/report, keaPolicy/runbook, keaPolicy/diff

export interface PlanParams {
  /** A file or folder of the project; absent: the only, or the first, project. */
  readonly uri?: string;
  readonly plugin?: { readonly version: string; readonly statementVersion?: string };
  readonly agents?: readonly {
    /** Only agents of this version; absent: all. */
    readonly from?: string;
    readonly version: string;
    readonly statementVersion?: string;
  }[];
}

export interface ReportParams {
  readonly uri?: string;
  /** `html`: the overview for a webview; links are `command:keaPolicy.openPlace` by pointer, where the client runs that. */
  readonly format: 'html' | 'json';
}

export interface DiffParams {
  readonly uri?: string;
  /** A git revision. */
  readonly base: string;
}

/** A text for the user, in the format that was asked for; Markdown where none was. */
export interface TextResult {
  readonly text: string;
}

/** `ok: false`: why not, a sentence for the user. */
export type TextAnswer =
  ({ readonly ok: true } & TextResult) | { readonly ok: false; readonly message: string };

// ---- keaPolicy/edit

/** Something to be done to a document; the answer is an edit that the client applies. */
export type EditAction =
  | { readonly do: 'enable' | 'disable' | 'enforce' | 'undefine' | 'proxyOn' | 'proxyOff' }
  /** Only to be asked for after the user confirmed the sentence for this version. */
  | ({
      readonly do: 'accept';
      /** Enables KSN usage in the same edit, so that one undo takes both back. */
      readonly enable?: boolean;
    } & AcceptanceRecord)
  | { readonly do: 'exception'; readonly rule: string; readonly reason: string; readonly expires?: string };

export interface AcceptanceRecord {
  /** Must be the version required now. */
  readonly version: string;
  readonly acceptedBy?: string;
  /** RFC 3339 with offset; absent: now. */
  readonly acceptedAt?: string;
  /** Of the text that was shown. */
  readonly language?: string;
  readonly sha256?: string;
  readonly reference?: string;
}

export interface EditParams extends DocumentParams {
  readonly action: EditAction;
}

export type EditAnswer =
  | { readonly ok: true; readonly edit: WorkspaceEdit }
  /** Why not, a sentence for the user. */
  | { readonly ok: false; readonly message: string };

// ---- keaPolicy/statement, keaPolicy/statementText, keaPolicy/due

export interface StatementAnswer {
  readonly uri: string;
  readonly name: string;
  /** The Statement that must be accepted; absent: not known, and `unknownBecause` says how to make it known. */
  readonly required?: string;
  readonly unknownBecause?: string;
  /** The Statement in the file, and whether it is recorded as accepted. */
  readonly current?: { readonly version?: string; readonly accepted: boolean };
  /** Whether an acceptance is due: enabled or to be enabled, and not accepted in the required version. */
  readonly due: boolean;
  /** The texts of that version in the catalogue that can be read. */
  readonly texts: readonly { readonly language: string; readonly uri: string; readonly sha256: string }[];
  /** Texts that the catalogue names and that can't be used, with the reason, a sentence each. */
  readonly faults: readonly string[];
  /** What to do about that, or about there being no text: how one comes to be shown. */
  readonly howToAdd: string;
  /** Where the config says, or would say, what is missing; absent without a config. */
  readonly inConfig?: NamedPlace;
  /** Members that an acceptance must record under this config. */
  readonly evidence: readonly ('acceptedBy' | 'acceptedAt' | 'language' | 'sha256' | 'reference')[];
  /** Who may accept; empty: anyone. */
  readonly approvers: readonly string[];
  /** What the user has to confirm: the sentence of the console, with the version. */
  readonly sentence: string;
  /** What enabling KSN means for data; to be said first to a user who is about to enable it. */
  readonly dataNotice: string;
  /** That the record documents an acceptance and does not perform one in the console. */
  readonly recordNotice: string;
}

export interface StatementTextParams extends DocumentParams {
  readonly language: string;
}

/** The very text whose hash may be recorded: show this one, not one read from the file again. */
export interface StatementText {
  readonly version: string;
  readonly language: string;
  readonly sha256: string;
  readonly text: string;
}

export interface DueDocument {
  readonly uri: string;
  readonly path: string;
  readonly name: string;
  readonly administrationGroup?: string;
  /** Required version; absent: not known, so it can't be accepted yet. */
  readonly required?: string;
  readonly current?: string;
}

// ---- keaPolicy/status

export interface StatusAnswer {
  /** The project's folder and its config. */
  readonly project: string;
  readonly config?: string;
  /** Findings in the config itself. */
  readonly configCounts: Counts;
  readonly plugin?: { readonly version?: string; readonly statementVersion?: string };
  /** Documents in the project, and its findings. */
  readonly documents: number;
  readonly counts: Counts;
  /** Findings covered by exceptions. */
  readonly excepted: number;
  /** Policies with KSN on that could not be judged for lack of a Statement version. */
  readonly undecided: number;
  readonly serverVersion: string;
}

export interface ProjectParams {
  /** A file or folder; absent: all projects. */
  readonly uri?: string;
}

export interface ValidateAnswer {
  readonly files: number;
  readonly counts: Counts;
  readonly excepted: number;
  readonly undecided: number;
}

export interface FixAllAnswer {
  /** Safe fixes of all files, to a fixed point; `null` where there is nothing to do. */
  readonly edit: WorkspaceEdit | null;
  readonly files: number;
}

// ---- keaPolicy/template

export interface TemplateParams {
  readonly kind: 'policy' | 'device' | 'config';
  /** Where it is going to be: the project's groups are suggested from there. */
  readonly folder?: string;
  readonly name?: string;
  readonly administrationGroup?: string;
}

export interface TemplateAnswer {
  /** A file name that is free in `folder`. */
  readonly fileName: string;
  /** A valid document; never enables or accepts anything. */
  readonly text: string;
  /** Groups that the project knows, to choose from; those of the folder's documents come first. */
  readonly groups: readonly string[];
}

// ---- files by the client (filesByClient)

export interface FilesParams {
  /** A workspace folder. */
  readonly folder: string;
}

export interface ClientFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The raw bytes, base64. */
  readonly content: string;
}

/**
 * All that the server reads of a workspace folder: every `*.kea-policy.json`, `kea-policy.config.json` and
 * `.gitignore` at any depth outside `.git` and `node_modules`, up to 1 MiB + 1 byte each.
 */
export interface FilesAnswer {
  readonly files: readonly ClientFile[];
  /** Folders (relative, `''` for the workspace folder) that have an entry named `.git`. */
  readonly gitFolders: readonly string[];
}

export interface ReadParams {
  /** URIs of files: texts of the catalogue, or files that changed. */
  readonly uris: readonly string[];
}

export interface ReadAnswer {
  /** In the order of the request; `null` for what can't be read. */
  readonly contents: readonly (string | null)[];
}

// ---- the methods

/** Requests from the client to the server. */
export interface Requests {
  'keaPolicy/tree': { params: Record<string, never>; result: readonly TreeProject[] };
  'keaPolicy/rows': { params: DocumentParams; result: RowsResult | null };
  'keaPolicy/place': { params: NamedPlace; result: Place | null };
  'keaPolicy/effective': { params: DocumentParams; result: EffectiveAnswer | null };
  'keaPolicy/plan': { params: PlanParams; result: TextAnswer };
  'keaPolicy/report': { params: ReportParams; result: TextAnswer };
  'keaPolicy/runbook': { params: DocumentParams; result: TextAnswer };
  'keaPolicy/diff': { params: DiffParams; result: TextAnswer };
  'keaPolicy/edit': { params: EditParams; result: EditAnswer };
  'keaPolicy/statement': { params: DocumentParams; result: StatementAnswer | null };
  'keaPolicy/statementText': { params: StatementTextParams; result: StatementText | null };
  'keaPolicy/due': { params: ProjectParams; result: readonly DueDocument[] };
  'keaPolicy/status': { params: DocumentParams; result: StatusAnswer | null };
  'keaPolicy/validate': { params: ProjectParams; result: ValidateAnswer };
  'keaPolicy/fixAll': { params: ProjectParams; result: FixAllAnswer };
  'keaPolicy/template': { params: TemplateParams; result: TemplateAnswer };
}

/** Requests from the server to the client. */
export interface ClientRequests {
  'keaPolicy/files': { params: FilesParams; result: FilesAnswer };
  'keaPolicy/read': { params: ReadParams; result: ReadAnswer };
}

/** Notifications from the server to the client. */
export interface Notifications {
  /** Answers to any of the requests above may be other ones now; at most a few times a second. */
  'keaPolicy/changed': Record<string, never>;
}
