import { malformed, wellFormed } from '../model/facts';
import { requiredStatement } from '../project/effective';
import { rulesById } from '../rules';
import { isDate, isDateTime } from '../schema/formats';
import { acceptanceEdit, timeOf } from './consent-action';
import { exceptionEdits } from './exception-action';
import type { EditAction, EditAnswer } from './protocol';
import { documentOf, type Scene } from './scene';
import { switchChange, switchEdits, switchOf } from './switches';
import { sceneEdit, type EditSupport } from './workspace-edit';

/** The edit that carries out what the user asked for, or why there is none. */
export function editFor(scene: Scene, action: EditAction, support: EditSupport): EditAnswer {
  const document = documentOf(scene);
  if (!document?.facts) return refused('This file is neither a policy nor a device that can be read.');
  switch (action.do) {
    case 'accept':
      return accept(scene, action, support);
    case 'exception':
      return exception(scene, action, support);
    default: {
      const each = switchOf(action.do);
      if (!each) return refused('There is no such action.');
      if (!each.kinds.includes(document.facts.kind))
        return refused('A device has no Undefined / Enforce switch.');
      const edit = sceneEdit(scene, switchEdits(scene.file.parsed, each), support);
      return edit
        ? { ok: true, edit }
        : refused('The file says so already, or has no place for it: see its findings.');
    }
  }
}

function accept(
  scene: Scene,
  { enable = false, ...record }: Extract<EditAction, { do: 'accept' }>,
  support: EditSupport,
): EditAnswer {
  const required = wellFormed(requiredStatement(scene.project, documentOf(scene)!));
  if (required === undefined) {
    return refused('Which Statement is required is not known: nothing can be accepted.');
  }
  if (record.version !== required) {
    return refused(`The Statement required now is ${required}, not ${record.version}: nothing was recorded.`);
  }
  const { enabled } = documentOf(scene)!.facts!.ksn;
  if (enable && enabled === malformed) {
    return refused('Whether KSN is enabled can’t be read: mend the value first. Nothing was recorded.');
  }
  const { version, acceptedBy, acceptedAt, language, sha256, reference } = record;
  if (acceptedAt !== undefined && !isDateTime(acceptedAt)) {
    return refused('When it was accepted must be a date and time with offset: nothing was recorded.');
  }
  const acceptance = {
    version,
    acceptedAt: acceptedAt ?? timeOf(scene.now),
    ...(acceptedBy && { acceptedBy }),
    ...(language && { language }),
    ...(sha256 && { sha256 }),
    ...(reference && { reference }),
  };
  const also = enable && enabled !== true ? [switchChange(switchOf('enable'))] : [];
  const edit = acceptanceEdit(scene, acceptance, support, false, also);
  return edit ? { ok: true, edit } : refused('The file has no KSN group to record it in: see its findings.');
}

function exception(
  scene: Scene,
  { rule, reason, expires }: Extract<EditAction, { do: 'exception' }>,
  support: EditSupport,
): EditAnswer {
  const known = rulesById.get(rule);
  if (!known || known.always || known.notExceptable) return refused(`There can be no exception for ${rule}.`);
  if (reason.trim().length < 10) return refused('The reason must have at least 10 characters.');
  if (expires && !isDate(expires)) return refused('It expires on a day, such as 2027-01-31, or never.');
  const edits = exceptionEdits(scene.file.parsed, { rule, reason, ...(expires && { expires }) });
  const edit = sceneEdit(scene, edits, support);
  return edit ? { ok: true, edit } : refused('The file has no place for an exception: see its findings.');
}

const refused = (message: string): EditAnswer => ({ ok: false, message });
