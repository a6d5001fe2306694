import type { CodeAction } from 'vscode-languageserver-types';
import { documentationUrl } from '../rules/documentation';
import { commandFor, type ActionSupport, type Shown } from './action';
import { kinds } from './action-kinds';

/** Opens the page of a finding's rule; `undefined` where neither client nor server can. */
export function documentationAction(
  { finding, diagnostics }: Shown,
  support: ActionSupport,
): CodeAction | undefined {
  const title = `Show the documentation of ${finding.rule}`;
  const command = commandFor(
    title,
    { name: 'keaPolicy.showRule', arguments: [finding.rule, documentationUrl(finding.rule)] },
    { name: 'keaPolicy.server.showRule', arguments: [finding.rule], works: support.showsDocuments },
    support,
  );
  return command && { title, kind: kinds.documentation, diagnostics, command };
}
