import { listed } from '../../syntax/shown';
import type { Io } from '../io';
import { visible } from '../visible';
import { declined, refused, Review } from './outcome';
import type { StatementText } from './statement-texts';

/** An answer without blanks around it; ends everything where the terminal gives none any more. */
export async function answer(io: Io, question: string): Promise<string | Review> {
  const given = await io.ask(visible(question));
  return given === undefined ? new Review('aborted', 'nothing recorded: no answer') : given.trim();
}

/** Which text was read: the one in the language that was given, the only one there is, or the one chosen. */
export async function whichText(
  io: Io,
  texts: readonly StatementText[],
  language: string | undefined,
): Promise<StatementText | undefined | Review> {
  const languages = texts.map((text) => text.language);
  const of = (tag: string): StatementText | undefined =>
    texts.find((text) => text.language.toLowerCase() === tag.toLowerCase());
  if (language !== undefined) {
    const there =
      languages.length > 0
        ? `has the text only in ${listed(languages, 'and')}, not in ${language}`
        : `has no text of this version, so none in ${language}`;
    return of(language) ?? refused(`nothing recorded: the catalogue ${there}`);
  }
  if (texts.length < 2) return texts[0];
  const chosen = await answer(io, `In which language did you read it (${languages.join(', ')})? `);
  return chosen instanceof Review ? chosen : (of(chosen) ?? declined('no text was chosen'));
}

/** Who accepts: given beforehand, or asked for where the project wants to know; `''` where it does not. */
export async function whoAccepts(
  io: Io,
  given: string | undefined,
  needed: boolean,
  approvers: readonly string[],
): Promise<string | Review> {
  const few = approvers.length > 0;
  if (!given && !needed && !few) return '';
  const by = given || (await answer(io, `Who accepts${few ? ` (${listed(approvers)})` : ''}? `));
  if (by instanceof Review) return by;
  if (by === '') return declined('nobody was named');
  return few && !approvers.includes(by)
    ? refused(`nothing recorded: ${by} may not accept in this project, but ${listed(approvers)} may`)
    : by;
}
