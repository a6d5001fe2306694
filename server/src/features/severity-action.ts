import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Level } from '../model/config';
import { configName } from '../project/document';
import { glob } from '../project/glob';
import { rulesById } from '../rules';
import { memberOrder } from '../schema/member-order';
import { editsFor, type Change } from '../syntax/change';
import type { ActionSupport, Shown } from './action';
import { kinds } from './action-kinds';
import { isConfigPath, type Scene, type JudgedScene } from './scene';
import { creationEdit, sceneEdit } from './workspace-edit';

/** As they are offered: what silences most comes last. */
const levels: readonly Level[] = ['error', 'warning', 'info', 'off'];

/** Sets the severity of a finding's rule in the config, where that decides about this file. */
export function severityActions(
  scene: JudgedScene,
  { finding, diagnostics }: Shown,
  support: ActionSupport,
): CodeAction[] {
  const rule = rulesById.get(finding.rule);
  if (!rule || rule.always) return [];
  return levels
    .filter((level) => level !== levelOfFinding(scene, finding.rule, finding.severity))
    .flatMap((level): CodeAction[] => {
      const edit = severityEdit(scene, rule.id, level, support);
      const title =
        level === 'off'
          ? `Turn ${rule.id} off in ${configName}`
          : `Report ${rule.id} as ${level} in ${configName}`;
      return edit ? [{ title, kind: kinds.severity, diagnostics, edit }] : [];
    });
}

function levelOfFinding(scene: Scene, rule: string, severity: Level): Level {
  const document = scene.project.document(scene.path);
  return (document && scene.project.settings(document).rules.get(rule)) ?? severity;
}

/** The edit of the config, or one that creates it; `undefined` where neither is possible. */
function severityEdit(
  scene: Scene,
  rule: string,
  level: Level,
  support: ActionSupport,
): WorkspaceEdit | undefined {
  const { config } = scene.project;
  if (!config) {
    if (!support.create) return undefined;
    return creationEdit(
      scene.uriOf(configName),
      `${JSON.stringify({ rules: { [rule]: level } }, null, 2)}\n`,
    );
  }
  const file = scene.fileAt(config.path);
  const change: Change = { op: 'set', pointer: `${deciding(scene, rule)}/rules/${rule}`, value: level };
  const edits =
    editsFor(file.parsed, [change], memberOrder) ??
    editsFor(
      file.parsed,
      [
        {
          op: 'set',
          pointer: change.pointer.slice(0, change.pointer.lastIndexOf('/')),
          value: { [rule]: level },
        },
      ],
      memberOrder,
    );
  return sceneEdit({ ...scene, path: config.path, file }, edits, support);
}

/** The pointer of the last override that sets the rule for this file, or that of the config itself. */
function deciding(scene: Scene, rule: string): string {
  const overrides = scene.project.config?.facts.overrides ?? [];
  for (let i = overrides.length - 1; i >= 0 && !isConfigPath(scene.path); i--) {
    const { files, rules } = overrides[i]!;
    if (rules?.has(rule) && files.some((file) => glob(file).matches(scene.path))) return `/overrides/${i}`;
  }
  return '';
}
