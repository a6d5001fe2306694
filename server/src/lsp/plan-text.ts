import { code, escaped } from '../engine/markdown';
import type { HostCount, Order, PlanAnswer, PlannedStep, Step } from '../insight/plan';
import { plural } from '../features/names';
import { counted } from '../features/outcome-words';

/** What an update would do, as Markdown. */
export function planMarkdown(answer: PlanAnswer): string {
  const { due, orders, lossless, lostBefore, kmp } = answer;
  const best = orders[0];
  const lines = ['# Plan of an update', ''];
  if (lostBefore.hosts + lostBefore.uncounted > 0) {
    lines.push(`Before any step, KSN is already switched off on ${hosts(lostBefore)}.`, '');
  }
  if (best)
    lines.push(
      lossless ? 'In this order no host loses KSN:' : 'The order that loses the fewest hosts:',
      '',
      ...orderLines(best),
      '',
    );
  if (orders.length > 1) {
    const worst = orders.at(-1)!;
    lines.push(`The worst order would switch KSN off on ${hosts(worst.lost)}.`, '');
  }
  lines.push('## Acceptance', '');
  if (due.length === 0) lines.push('No policy needs acceptance of the Statement again.');
  for (const each of due) {
    const required =
      each.required === null
        ? 'the Statement of the new plug-in is not given'
        : `Statement ${code(each.required)}`;
    lines.push(
      `- ${escaped(each.name ?? each.path)} (${code(each.path)}): ${required}${each.before ? ', due already' : ''}`,
    );
  }
  if (kmp.length > 0) {
    lines.push(
      '',
      '## Kaspersky Managed Protection',
      '',
      'Goes on running after the update, and only a plug-in earlier than 3.10 can disable it:',
      '',
    );
    lines.push(...kmp.map((path) => `- ${code(path)}`));
  }
  return `${lines.join('\n')}\n`;
}

function orderLines({ steps }: Order): string[] {
  return steps.map((step, i) => `${i + 1}. ${stepText(step.step)}${effect(step)}`);
}

function stepText(step: Step): string {
  switch (step.step) {
    case 'plugin':
      return `Update the plug-in to ${code(step.update.version)}${carrying(step.update.statementVersion)}`;
    case 'agents':
      return `Update ${step.update.from ? `the agents of version ${code(step.update.from)}` : 'all agents'} to ${code(step.update.version)}${carrying(step.update.statementVersion)}`;
    case 'accept':
      return `Accept Statement ${code(step.statementVersion)} in ${plural(step.documents, 'policy', 'policies')}`;
  }
}

const carrying = (statement: string | undefined): string =>
  statement === undefined ? ' (its Statement is not given)' : `, which carries Statement ${code(statement)}`;

function effect({ lost, unknown, losing }: PlannedStep): string {
  const parts: string[] = [];
  if (lost.hosts + lost.uncounted > 0) {
    parts.push(
      `KSN is switched off on ${hosts(lost)} (${losing
        .slice(0, 5)
        .map((path) => code(path))
        .join(', ')}${losing.length > 5 ? ', …' : ''})`,
    );
  }
  if (unknown.hosts + unknown.uncounted > 0) parts.push(`${hosts(unknown)} can’t be judged`);
  return parts.length === 0 ? '' : `: **${parts.join('; ')}**`;
}

const hosts = (count: HostCount): string => counted(count);
