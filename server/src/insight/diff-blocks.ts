import type { Block, Item } from './blocks';
import type { DiffAnswer } from './diff';
import type { RecordedAcceptance } from './diff-acceptances';
import type { DocumentChange } from './diff-documents';
import type { Holding } from './effective';
import type { Fate, HostChange } from './diff-hosts';
import { counted, hostsInWords, outcomeWords } from './words';

const mostRows = 50;

/** A comparison for reading, fit for a pull request. @param shown a path within the project as the user sees it */
export function diffBlocks(diff: DiffAnswer, shown: (path: string) => string = (path) => path): Block[] {
  const blocks: Block[] = [{ heading: 'What the change means', level: 1 }, { items: summary(diff) }];
  section(blocks, 'KSN on hosts', hostItems(diff, shown));
  section(
    blocks,
    'Settings in force',
    diff.documents.map((change) => settingItem(change, shown)),
  );
  section(
    blocks,
    'Acceptances of the KSN Statement',
    diff.acceptances.map(({ path, change, before, after }) => ({
      text: `${shown(path)}: acceptance ${change}`,
      items: [
        ...(before ? [`before: ${acceptanceWords(before)}`] : []),
        ...(after ? [`after: ${acceptanceWords(after)}`] : []),
      ],
    })),
  );
  section(
    blocks,
    'Guards changed',
    diff.guards.map(({ path, message, weakens }) => `${weakens ? 'Weaker: ' : ''}${shown(path)}: ${message}`),
  );
  section(
    blocks,
    'New findings',
    diff.newFindings.map((f) => `${f.severity} ${f.rule} in ${shown(f.path)}: ${f.message}`),
  );
  section(
    blocks,
    'Findings gone',
    diff.goneFindings.map((f) => `${f.severity} ${f.rule} in ${shown(f.path)}`),
  );
  return blocks;
}

function section(blocks: Block[], heading: string, items: readonly Item[]): void {
  if (items.length === 0) return;
  const some = items.slice(0, mostRows);
  if (items.length > mostRows) some.push(`and ${items.length - mostRows} more`);
  blocks.push({ heading: `${heading} (${items.length})`, level: 2 }, { items: some });
}

function summary(diff: DiffAnswer): string[] {
  const lost = diff.lost.hosts + diff.lost.uncounted > 0;
  const gained = diff.gained.hosts + diff.gained.uncounted > 0;
  const weaker = diff.guards.filter(({ weakens }) => weakens).length;
  const lines = [
    ...(lost ? [`KSN is lost on ${hostsInWords(diff.lost)}.`] : []),
    ...(gained ? [`KSN is gained on ${hostsInWords(diff.gained)}.`] : []),
    ...(!lost && !gained ? ['No host that is known gains or loses KSN.'] : []),
    ...(diff.acceptances.length > 0
      ? [
          `${counted(diff.acceptances.length, 'acceptance', 'acceptances')} of the KSN Statement added, changed or removed.`,
        ]
      : []),
    ...(weaker > 0 ? [`${counted(weaker, 'change makes', 'changes make')} the checks weaker.`] : []),
    ...(diff.newFindings.length > 0
      ? [`${counted(diff.newFindings.length, 'new finding', 'new findings')}.`]
      : []),
  ];
  return diff.documents.length +
    diff.acceptances.length +
    diff.guards.length +
    diff.newFindings.length +
    diff.goneFindings.length ===
    0
    ? ['Nothing in force, recorded or found has changed.']
    : lines;
}

function hostItems({ documents }: DiffAnswer, shown: (path: string) => string): Item[] {
  return documents.flatMap(({ path, hosts }) =>
    hosts.map((change) => ({
      text: `${effectWord(change)}${agentWords(change)}: ${fateWords(change.before)} → ${fateWords(change.after)}`,
      items: [shown(path)],
    })),
  );
}

function effectWord({ effect }: HostChange): string {
  return effect === 'loss' ? 'LOSS: ' : effect === 'gain' ? 'GAIN: ' : '';
}

function agentWords({ device, hosts, version, statementVersion }: HostChange): string {
  const what = device ?? hostsInWords({ hosts: hosts ?? 0, uncounted: hosts === null ? 1 : 0 });
  return `${what}, agent ${version ?? 'of unknown version'}${statementVersion === null ? '' : ` with Statement ${statementVersion}`}`;
}

function fateWords(fate: Fate): string {
  if (fate === 'none') return 'no policy';
  if (fate === 'as-last-enforced') return 'as last enforced, until something else sets it';
  return outcomeWords[fate];
}

function settingItem(
  { path, from, change, kind, name, before, after }: DocumentChange,
  shown: (path: string) => string,
): Item {
  const title = `${kind} ${name ?? shown(path)} (${shown(path)}) ${change}${from === undefined ? '' : `, moved from ${shown(from)}`}`;
  const gone = before?.enforced
    ? ['What it enforced stays on devices as last enforced, until something else sets it.']
    : [];
  if (!before) return { text: title, items: after ? [`after: ${holdingWords(after)}`] : [] };
  if (!after)
    return { text: title, items: [`before: ${holdingWords(before)}`, ...(kind === 'policy' ? gone : [])] };
  const stops = before.enforced && after.enforced === false;
  return {
    text: title,
    items: [`before: ${holdingWords(before)}`, `after: ${holdingWords(after)}`, ...(stops ? gone : [])],
  };
}

function holdingWords({ settings, enforced, state }: Holding): string {
  const told = (value: boolean | null): string => (value === null ? 'not known' : value ? 'on' : 'off');
  const statement =
    settings.statementVersion === null
      ? 'no Statement'
      : `Statement ${settings.statementVersion}${settings.accepted ? ' accepted' : ' not accepted'}`;
  return `KSN ${told(settings.enabled)}, ${statement}, KSN proxy ${told(settings.useKscAsKsnProxy)}, ${enforced === null ? 'enforcement not known' : enforced ? 'enforced' : 'not enforced'} (${outcomeWords[state]})`;
}

function acceptanceWords({ version, acceptedBy, acceptedAt, sha256 }: RecordedAcceptance): string {
  return [
    `Statement ${version ?? 'not readable'}`,
    acceptedBy === null ? 'by nobody named' : `by ${acceptedBy}`,
    ...(acceptedAt === null ? [] : [`on ${acceptedAt}`]),
    ...(sha256 === null ? [] : [`text ${sha256.slice(0, 12)}…`]),
  ].join(', ');
}
