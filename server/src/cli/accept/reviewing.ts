import { consentQuestion, lacking, recordAcceptance, type Acceptance } from '../../engine/consent';
import { wellFormed } from '../../model/facts';
import { join } from '../../project/discover';
import { memberOrder } from '../../schema/member-order';
import { applyEdits, editsFor } from '../../syntax/change';
import { listed } from '../../syntax/shown';
import { parse } from '../../syntax/tree';
import type { Io } from '../io';
import { absolute, relative } from '../paths';
import { visible } from '../visible';
import { declined, refused, Review } from './outcome';
import { answer, whichText, whoAccepts } from './questions';
import { hashOf, statementTexts, type StatementText } from './statement-texts';
import { contentOf, subjectOf, type Content, type Subject } from './subject';

/** What was given beforehand; none of it answers the question. */
export interface Preset {
  readonly by: string | undefined;
  readonly language: string | undefined;
  readonly reference: string | undefined;
}

/**
 * Reviews the Statement of one file with the person at the terminal, and records the acceptance if it is confirmed
 * by the word itself. What was shown must still be there when it is recorded.
 */
export async function reviewing(io: Io, written: string, preset: Preset): Promise<Review> {
  const path = absolute(io.cwd, written);
  const before = contentOf(io, path);
  if (before instanceof Review) return before;
  const subject = subjectOf(io, path);
  if (subject instanceof Review) return subject;
  const text = await shown(io, written, subject, preset);
  if (text instanceof Review) return text;
  const acceptance = await confirmed(io, subject, text, preset);
  return acceptance instanceof Review ? acceptance : record(io, path, before, subject, acceptance, text);
}

/** Shows what is to be accepted, and returns the text that was read, if the catalogue has it. */
async function shown(
  io: Io,
  written: string,
  { project, facts, version }: Subject,
  { language }: Preset,
): Promise<StatementText | undefined | Review> {
  const { texts, faults } = statementTexts(io.files, project, version);
  const name = wellFormed(facts.name);
  io.stdout.write('\n');
  say(io, `${written}${name === undefined ? '' : ` (${facts.kind} "${name}")`}`);
  say(io, `  KSN Statement, version ${version}`);
  for (const fault of faults) say(io, `  ${fault}`);
  // A text that is not what it should be must not look like one that nobody kept.
  if (texts.length === 0 && faults.length > 0) {
    return refused('nothing recorded: put the catalogue in order first (kea-policy validate)');
  }
  const text = await whichText(io, texts, language);
  if (text instanceof Review) return text;
  if (text) {
    say(io, `  Its text: ${relative(io.cwd, join(project.root, text.file))} (${text.language})`);
    say(io, `  SHA-256: ${text.sha256}`);
  } else say(io, '  The catalogue has no text of it: read it in the console before you confirm.');
  say(io, '  The record documents an acceptance; it does not accept it in Kaspersky Security Center.');
  return text;
}

/** Asks for what the project wants recorded, then for the confirmation itself. */
async function confirmed(
  io: Io,
  { project, document, version }: Subject,
  text: StatementText | undefined,
  preset: Preset,
): Promise<Acceptance | Review> {
  const { evidence, approvers } = project.settings(document).acceptance;
  const unmet = text ? [] : evidence.filter((member) => member === 'language' || member === 'sha256');
  if (unmet.length > 0) {
    return refused(
      `nothing recorded: the project asks for ${listed(unmet, 'and')} of the text that was read, and the catalogue has no text of version ${version} (statements in kea-policy.config.json)`,
    );
  }
  const by = await whoAccepts(io, preset.by, evidence.includes('acceptedBy'), approvers);
  if (by instanceof Review) return by;
  const wanted = evidence.includes('reference');
  const reference = preset.reference || (wanted ? await answer(io, 'Ticket or revision: ') : '');
  if (reference instanceof Review) return reference;
  if (wanted && reference === '') return declined('no reference was given');

  say(io, `  ${consentQuestion(version)}`);
  const word = await answer(io, 'Type "yes" to confirm, anything else to leave the file as it is: ');
  if (word instanceof Review) return word;
  if (word.toLowerCase() !== 'yes') return declined('not confirmed');
  const acceptance: Acceptance = {
    version,
    ...(by && { acceptedBy: by }),
    acceptedAt: new Date(io.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
    ...(text && { language: text.language, sha256: text.sha256 }),
    ...(reference && { reference }),
  };
  const missing = lacking(acceptance, evidence);
  return missing.length > 0 ? refused(`nothing recorded: ${listed(missing, 'and')} is missing`) : acceptance;
}

function record(
  io: Io,
  path: string,
  before: Content,
  { project }: Subject,
  acceptance: Acceptance,
  text: StatementText | undefined,
): Review {
  const now = contentOf(io, path);
  if (now instanceof Review) return now;
  if (now.text !== before.text) {
    return refused('nothing recorded: the file was changed meanwhile; review it again');
  }
  if (text && hashOf(io.files, project, text.file) !== text.sha256) {
    return refused('nothing recorded: the text was changed meanwhile; review it again');
  }
  const edits = editsFor(parse(now.text), [recordAcceptance(acceptance)], memberOrder);
  if (!edits) return refused('nothing recorded: the file has no "ksn" to record it in');
  const after = applyEdits(now.text, edits);
  const failed = io.write(path, now.bom ? `\uFEFF${after}` : after);
  if (failed !== undefined) return refused(`nothing recorded: cannot be written: ${failed}`);
  const { version, acceptedBy } = acceptance;
  return new Review(
    'recorded',
    `recorded: Statement version ${version}${acceptedBy ? `, accepted by ${acceptedBy}` : ''}`,
  );
}

const say = (io: Io, text: string): void => io.stdout.write(`${visible(text)}\n`);
