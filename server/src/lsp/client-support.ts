import type {
  ClientCapabilities,
  FileOperationClientCapabilities,
  InitializeParams,
  MarkupKind,
} from 'vscode-languageserver';
import type { ActionSupport } from '../features/action';
import type { CompletionSupport } from '../features/completion';
import type { DiagnosticSupport } from '../features/diagnostics';
import type { InitializationOptions } from './protocol';

/** What the client can do, as it said at initialisation; nothing is offered that it can't take. */
export interface ClientSupport {
  /** Whether it asks for diagnostics, and asks again when it is told to: a change of one file is one of others, too. */
  readonly pull: boolean;
  readonly codeLensRefresh: boolean;
  readonly inlayHintRefresh: boolean;
  readonly diagnostics: DiagnosticSupport;
  readonly actions: Omit<ActionSupport, 'versionOf' | 'acceptedBy'>;
  readonly codeActionLiterals: boolean;
  readonly completion: CompletionSupport;
  /** Whether the client says by what a completion was asked for. */
  readonly completionContext: boolean;
  readonly hoverMarkdown: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly prepareRename: boolean;
  readonly foldingLimit: number | undefined;
  readonly linkTooltips: boolean;
  readonly configuration: boolean;
  readonly configurationChanges: boolean;
  readonly watchesFiles: boolean;
  readonly fileOperations: FileOperationClientCapabilities;
  readonly workspaceFolders: boolean;
  /** It takes `keaPolicy/changed`: it was made for this server. */
  readonly ownNotifications: boolean;
  readonly filesByClient: boolean;
}

/** Reads `initializationOptions`: they come from outside, so that anything else than an object is none. */
export function optionsOf(params: InitializeParams): InitializationOptions {
  const options: unknown = params.initializationOptions;
  return typeof options === 'object' && options !== null ? options : {};
}

export function supportOf(params: InitializeParams): ClientSupport {
  const { textDocument = {}, workspace = {}, window = {} } = withoutNulls(params.capabilities);
  const options = optionsOf(params);
  const edits = workspace.workspaceEdit ?? {};
  const documentChanges = edits.documentChanges === true;
  const pull = textDocument.diagnostic !== undefined && workspace.diagnostics?.refreshSupport === true;
  // Most clients say once, for what is published, what holds for both.
  const diagnostics = { ...textDocument.publishDiagnostics, ...(pull && textDocument.diagnostic) };
  const item = textDocument.completion?.completionItem ?? {};
  return {
    pull,
    codeLensRefresh: workspace.codeLens?.refreshSupport === true,
    inlayHintRefresh: workspace.inlayHint?.refreshSupport === true,
    diagnostics: {
      related: diagnostics.relatedInformation === true,
      codeDescription: diagnostics.codeDescriptionSupport === true,
      data: diagnostics.dataSupport === true,
    },
    actions: {
      documentChanges,
      // Without the second it takes them in edits, but may carry out those of an action without asking.
      annotations:
        documentChanges &&
        typeof edits.changeAnnotationSupport === 'object' &&
        textDocument.codeAction?.honorsChangeAnnotations === true,
      create: documentChanges && edits.resourceOperations?.includes('create') === true,
      reviewFlow: options.reviewFlow === true,
      commands: new Set(Array.isArray(options.commands) ? options.commands : []),
      asks: workspace.applyEdit === true,
      showsDocuments: window.showDocument?.support === true,
    },
    codeActionLiterals: textDocument.codeAction?.codeActionLiteralSupport !== undefined,
    completion: {
      snippets: item.snippetSupport === true,
      markdown: prefersMarkdown(item.documentationFormat),
    },
    completionContext: textDocument.completion?.contextSupport === true,
    hoverMarkdown: prefersMarkdown(textDocument.hover?.contentFormat),
    hierarchicalSymbols: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    prepareRename: textDocument.rename?.prepareSupport === true,
    foldingLimit: textDocument.foldingRange?.rangeLimit,
    linkTooltips: textDocument.documentLink?.tooltipSupport === true,
    configuration: workspace.configuration === true,
    configurationChanges: workspace.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    fileOperations: workspace.fileOperations ?? {},
    workspaceFolders: workspace.workspaceFolders === true,
    ownNotifications: params.initializationOptions !== undefined && Array.isArray(options.commands),
    filesByClient: options.filesByClient === true,
  };
}

/** There are clients that write null for what they can't do. */
const withoutNulls = (capabilities: ClientCapabilities): ClientCapabilities =>
  JSON.parse(JSON.stringify(capabilities), (_, value: unknown) => value ?? undefined) as ClientCapabilities;

/** The first format is the one that a client likes best. */
const prefersMarkdown = (formats: readonly MarkupKind[] = []): boolean =>
  formats.find((format) => format === 'markdown' || format === 'plaintext') === 'markdown';
