import { versionPattern } from '../../model/version';
import type { Io } from '../io';
import { visible } from '../visible';

/** What a first config and a first policy say; what nobody said is not in them. */
export interface First {
  readonly plugin?: { readonly kind?: string; readonly version: string; readonly statementVersion?: string };
  readonly name: string;
  readonly administrationGroup: string;
}

export const defaults: First = { name: 'Baseline', administrationGroup: 'Managed devices' };

/** Asks for what the first files are to say; `undefined` where the terminal gives no answer any more. */
export async function asked(io: Io): Promise<First | undefined> {
  const version = await question(
    io,
    'Version of the plug-in that manages the policies, such as 3.16 (empty: not known)? ',
    (answer) => answer === '' || versionPattern.test(answer),
    'two to four numbers with dots',
  );
  if (version === undefined) return undefined;
  let plugin: First['plugin'];
  if (version !== '') {
    const kind = await question(
      io,
      'Is it the administration plug-in or the web plug-in (administration, web, empty: not known)? ',
      (answer) => ['', 'administration', 'web'].includes(answer),
      'administration or web',
    );
    if (kind === undefined) return undefined;
    const statementVersion = await question(
      io,
      'Version of the KSN Statement that it carries (empty: not known)? ',
      (answer) => answer.length <= 100,
      'at most 100 characters',
    );
    if (statementVersion === undefined) return undefined;
    plugin = { ...(kind && { kind }), version, ...(statementVersion && { statementVersion }) };
  }
  const name = await question(
    io,
    `Name of the first policy (${defaults.name})? `,
    (answer) => answer.length <= 100,
    'at most 100 characters',
  );
  if (name === undefined) return undefined;
  const group = await question(
    io,
    `Its administration group, from the top (${defaults.administrationGroup})? `,
    (answer) => answer === '' || answer.split('/').every((part) => part !== '' && part.trim() === part),
    'names of groups with / between them, such as Managed devices/EMEA',
  );
  if (group === undefined) return undefined;
  return {
    ...(plugin && { plugin }),
    name: name || defaults.name,
    administrationGroup: group || defaults.administrationGroup,
  };
}

async function question(
  io: Io,
  text: string,
  fits: (answer: string) => boolean,
  form: string,
): Promise<string | undefined> {
  for (;;) {
    const answer = (await io.ask(text))?.trim();
    if (answer === undefined || fits(answer)) return answer;
    io.stdout.write(`"${visible(answer)}" does not fit: ${form}.\n`);
  }
}
