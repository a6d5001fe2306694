import type { CodeAction, Range } from 'vscode-languageserver-types';
import type { ActionSupport } from './action';
import { kinds } from './action-kinds';
import { documentOf, isInKsnGroup, type JudgedScene } from './scene';
import { dataNotice, switchApplies, switchEdits, switches, type Switch } from './switches';
import { sceneEdit } from './workspace-edit';

/** The switches of the KSN group, offered inside it whether or not something is wrong. */
export function rewriteActions(scene: JudgedScene, range: Range, support: ActionSupport): CodeAction[] {
  const document = documentOf(scene);
  if (!document || !isInKsnGroup(scene, range.start)) return [];
  return switches
    .filter((each) => switchApplies(document, each))
    .flatMap((each): CodeAction[] => {
      const edit = sceneEdit(scene, switchEdits(scene.file.parsed, each), support, warning(each, support));
      return edit ? [{ title: titleOf(each, support), kind: `${kinds.rewrite}.${each.id}`, edit }] : [];
    });
}

// Whoever is about to enable KSN is told what that means for data: by the client's confirmation, or in the title.
function warning(each: Switch, support: ActionSupport) {
  if (each.id !== 'enable' || !support.annotations) return undefined;
  return { label: each.title, needsConfirmation: true, description: dataNotice };
}

function titleOf(each: Switch, support: ActionSupport): string {
  if (each.id !== 'enable' || support.annotations) return each.title;
  return `${each.title} (sends statistics, and may send files, to the vendor: see the KSN Statement)`;
}
