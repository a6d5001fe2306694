import {
  LSPErrorCodes,
  MessageType,
  ResponseError,
  type CodeAction,
  type Connection,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { Locator } from '../engine/locate';
import { codeActions } from '../features/code-actions';
import { codeLenses } from '../features/code-lens';
import { completion } from '../features/completion';
import { hover } from '../features/hover';
import { inlayHints } from '../features/inlay-hints';
import { definition, documentLinks, references } from '../features/navigation';
import { prepareRename, rename } from '../features/rename';
import { documentSymbols, foldingRanges, selectionRanges, symbolList } from '../features/structure';
import { workspaceSymbols } from '../features/workspace-symbols';
import { formatting } from '../features/formatting';
import { join } from '../project/discover';
import { askAgain, type Answering } from './answering';
import { runCommand } from './commands';
import type { DiagnosticReports } from './diagnostic-reports';
import type { Scene } from '../features/scene';
import type { Session } from './session';

/** Answers LSP's requests about documents, each by a feature. */
export function registerLanguageFeatures(
  connection: Connection,
  answer: Answering,
  reports: () => DiagnosticReports,
): void {
  const on = <A>(
    session: Session,
    uri: string,
    nothing: Awaited<A>,
    feature: (scene: Scene) => A,
  ): A | Awaited<A> => {
    const shown = session.sceneOf(uri);
    return shown ? feature(shown.scene) : nothing;
  };

  const emptyReport: DocumentDiagnosticReport = { kind: 'full', items: [] };
  connection.languages.diagnostics.on(
    answer(
      ({ textDocument, previousResultId }) => reports().document(textDocument.uri, previousResultId),
      emptyReport,
      askAgain,
    ),
  );
  connection.languages.diagnostics.onWorkspace(
    answer(
      async ({ previousResultIds }, session, token) => {
        await session.settled;
        await reports().allJudged();
        return { items: await reports().workspaceReports(previousResultIds, token) };
      },
      { items: [] },
    ),
  );

  connection.onHover(
    answer(
      ({ textDocument, position }, session) =>
        on(
          session,
          textDocument.uri,
          null,
          (scene) => hover(scene, position, session.support.hoverMarkdown) ?? null,
        ),
      null,
    ),
  );
  connection.onCompletion(
    answer(({ textDocument, position, context }, session) => {
      const shown = session.textSceneOf(textDocument.uri);
      const { completion: support } = session.support;
      return shown ? completion(shown.scene, position, support, context?.triggerCharacter) : null;
    }, null),
  );
  connection.onCodeAction(
    answer(({ textDocument, range, context }, session): CodeAction[] => {
      const { only, diagnostics } = context;
      const support = {
        ...session.support.actions,
        ...session.editSupport,
        // a config is made beside a file, and what was never saved lies beside nothing
        create: session.support.actions.create && session.uris.pathOf(textDocument.uri) !== undefined,
        acceptedBy: session.settings.acceptedBy,
      };
      const request = { range, only, diagnostics };
      return session
        .judgedScenesOf(textDocument.uri)
        .flatMap((scene) => codeActions(scene, request, support));
    }, []),
  );
  connection.onExecuteCommand(answer((params, session) => runCommand(session, params), null));
  connection.onCodeLens(
    answer(({ textDocument }, session) => {
      if (session.settings.codeLens?.enabled === false) return [];
      return on(session, textDocument.uri, [], (scene) => codeLenses(scene, session.support.actions));
    }, []),
  );
  connection.languages.inlayHint.on(
    answer(({ textDocument, range }, session) => {
      if (session.settings.inlayHints?.enabled !== true) return [];
      return on(session, textDocument.uri, [], (scene) => inlayHints(scene, range));
    }, []),
  );
  connection.onDefinition(
    answer(
      ({ textDocument, position }, session) =>
        on(session, textDocument.uri, [], (scene) => definition(scene, position)),
      [],
    ),
  );
  connection.onReferences(
    answer(
      ({ textDocument, position, context }, session) =>
        on(session, textDocument.uri, [], (scene) => references(scene, position, context.includeDeclaration)),
      [],
    ),
  );
  connection.onDocumentLinks(
    answer(({ textDocument }, session) => {
      const links = on(session, textDocument.uri, [], documentLinks);
      return session.support.linkTooltips ? links : links.map(({ range, target }) => ({ range, target }));
    }, []),
  );
  connection.onPrepareRename(
    answer(
      ({ textDocument, position }, session) =>
        on(session, textDocument.uri, null, (scene) => prepareRename(scene, position) ?? null),
      null,
    ),
  );
  connection.onRenameRequest(
    answer(({ textDocument, position, newName }, session) => {
      const renamed = on(session, textDocument.uri, undefined, (scene) =>
        rename(scene, position, newName, session.editSupport),
      );
      if (renamed === undefined) return null;
      if (!renamed.ok) return new ResponseError<void>(LSPErrorCodes.RequestFailed, renamed.message) as never;
      if (renamed.note) session.tell(MessageType.Info, renamed.note);
      return renamed.edit;
    }, null),
  );
  connection.onDocumentSymbol(
    answer(
      ({ textDocument: { uri } }, session) =>
        session.support.hierarchicalSymbols
          ? on(session, uri, [], documentSymbols)
          : on(session, uri, [], (scene) => symbolList(scene, uri)),
      [],
    ),
  );
  connection.onWorkspaceSymbol(
    answer(
      ({ query }, session) =>
        session.workspace.all.flatMap(({ project, root }) => {
          const files = new Locator((path) => session.workspace.textOf(join(root, path)));
          const uriOf = (path: string): string => session.uris.uriOf(join(root, path));
          return workspaceSymbols({ project, fileAt: (path) => files.file(path), uriOf }, query);
        }),
      [],
    ),
  );
  connection.onFoldingRanges(
    answer(({ textDocument }, session) => {
      return on(session, textDocument.uri, [], (scene) => foldingRanges(scene, session.support.foldingLimit));
    }, []),
  );
  connection.onSelectionRanges(
    answer(({ textDocument, positions }, session) => {
      return on(session, textDocument.uri, [], (scene) => selectionRanges(scene, positions));
    }, []),
  );
  connection.onDocumentFormatting(
    answer(({ textDocument }, session) => {
      const hasMark = session.documents.get(textDocument.uri)?.hasMark;
      return on(session, textDocument.uri, [], (scene) => formatting(scene, hasMark));
    }, []),
  );
}
