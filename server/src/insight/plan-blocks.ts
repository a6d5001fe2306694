import type { Block, Item } from './blocks';
import type { Order, PlanAnswer, PlannedStep } from './plan';
import type { Step } from './plan-steps';
import { isNobody } from '../project/hosts';
import { counted, hostsInWords } from './words';

// Other orders are only worth showing where they differ in what is lost.
const mostOrders = 3;
const mostPaths = 20;

/** A plan for reading. @param shown a path within the project as the user sees it */
export function planBlocks(plan: PlanAnswer, shown: (path: string) => string = (path) => path): Block[] {
  const blocks: Block[] = [
    { heading: 'What the update would do', level: 1 },
    { text: 'Derived from the policy files and the config of the project. Nothing was changed.' },
    { items: stepsAsked(plan) },
    ...plan.unmatched.map((version) => ({
      text: `No agent of version ${version} is in the config or in a device document: updating it changes nothing here.`,
    })),
    { heading: 'Acceptance of the KSN Statement', level: 2 },
    ...dueBlocks(plan, shown),
    { heading: 'Hosts that would lose KSN', level: 2 },
    ...orderBlocks(plan, shown),
  ];
  if (plan.kmp.length > 0) {
    blocks.push({ heading: 'Kaspersky Managed Protection', level: 2 });
    blocks.push({
      text: 'KMP is on in these policies. It goes on running after the update and can then be disabled only with a plug-in earlier than 3.10: disable it before the plug-in is updated, if it is not wanted.',
    });
    blocks.push({ items: paths(plan.kmp, shown) });
  }
  return blocks;
}

function stepsAsked({ request }: PlanAnswer): string[] {
  const carrying = (statement: string | undefined): string =>
    statement === undefined ? '; which Statement it carries was not given' : ` with Statement ${statement}`;
  return [
    ...(request.plugin
      ? [`Plug-in to ${request.plugin.version}${carrying(request.plugin.statementVersion)}`]
      : []),
    ...request.agents.map(
      ({ from, version, statementVersion }) =>
        `${from === undefined ? 'All agents' : `Agents ${from}`} to ${version}${carrying(statementVersion)}`,
    ),
  ];
}

function dueBlocks({ due }: PlanAnswer, shown: (path: string) => string): Block[] {
  if (due.length === 0) return [{ text: 'No policy or device needs a new acceptance.' }];
  const unknown = due.filter(({ required }) => required === null);
  const blocks: Block[] = [];
  if (due.length > unknown.length) {
    blocks.push({
      text: `${counted(due.length - unknown.length, 'document needs an acceptance of the Statement before it can be saved again', 'documents need an acceptance of the Statement before they can be saved again')}:`,
    });
    blocks.push({
      heads: ['File', 'Accepted so far', 'Required then', 'Due already'],
      rows: due
        .filter(({ required }) => required !== null)
        .map(({ path, accepted, required, before }) => [
          shown(path),
          accepted ?? 'nothing',
          required!,
          before ? 'yes' : 'no',
        ]),
    });
  }
  if (unknown.length > 0) {
    blocks.push({
      text: `Of ${counted(unknown.length, 'document', 'documents')} it can’t be told, since the Statement that their plug-in would carry is not known:`,
    });
    blocks.push({
      items: paths(
        unknown.map(({ path }) => path),
        shown,
      ),
    });
  }
  return blocks;
}

function orderBlocks(plan: PlanAnswer, shown: (path: string) => string): Block[] {
  const { orders, lostBefore } = plan;
  const blocks: Block[] = [];
  if (lostBefore.hosts + lostBefore.uncounted > 0) {
    blocks.push({
      text: `Before any step, KSN is switched off already under some policies, on ${hostsInWords(lostBefore)}: only what is lost beyond that is counted below.`,
    });
  }
  const best = orders[0];
  if (!best) return [...blocks, { text: 'There is no step to take.' }];
  const isUnknown = best.steps.some(({ unknown }) => unknown.hosts + unknown.uncounted > 0);
  blocks.push({
    text: plan.lossless
      ? 'In this order no host loses KSN:'
      : best.lost.hosts + best.lost.uncounted === 0
        ? 'In this order no host is known to lose KSN, but not all can be judged:'
        : `No order of these steps keeps KSN on everywhere. In this order the fewest lose it, ${hostsInWords(best.lost)}:`,
  });
  blocks.push(orderItems(best, shown));
  if (isUnknown)
    blocks.push({
      text: 'Hosts can’t be judged where a Statement version is not known (give it with =STATEMENT, or in the config), or where it can’t be told which settings are in force (the effective settings say why).',
    });
  if (plan.unreached.length > 0) {
    const { length } = plan.unreached;
    blocks.push({
      text: `${counted(length, 'document that turns KSN on reaches', 'documents that turn KSN on reach')} no agent that is known, so that it can’t be told what becomes of KSN there (list agents in the config):`,
    });
    blocks.push({ items: paths(plan.unreached, shown) });
  }
  const others = orders.filter((order) => order !== best && differs(order, best)).slice(0, mostOrders);
  if (others.length > 0) {
    blocks.push({ heading: 'Other orders', level: 3 });
    for (const order of others) {
      blocks.push({
        text: `${order.steps.map(({ step }) => stepWords(step)).join(', then ')}: ${hostsInWords(order.lost)} would lose KSN.`,
      });
    }
  }
  return blocks;
}

const differs = (a: Order, b: Order): boolean =>
  a.lost.hosts !== b.lost.hosts || a.lost.uncounted !== b.lost.uncounted;

function orderItems({ steps }: Order, shown: (path: string) => string): Block {
  return {
    numbered: true,
    items: steps.map((planned): Item => ({
      text: `${stepWords(planned.step)}: ${whatFollows(planned)}`,
      items: paths(planned.losing, shown),
    })),
  };
}

function whatFollows({ lost, atRisk, unknown }: PlannedStep): string {
  const parts = isNobody(lost)
    ? ['no host loses KSN']
    : [`KSN is switched off on ${hostsInWords(lost)}, and in the policies that reach them`];
  if (!isNobody(atRisk)) {
    parts.push(`${hostsInWords(atRisk)} beside them would then probably lose KSN, too`);
  }
  if (!isNobody(unknown)) parts.push(`not known for ${hostsInWords(unknown)}`);
  return parts.join('; ');
}

function stepWords(step: Step): string {
  switch (step.step) {
    case 'plugin':
      return `update the plug-in to ${step.update.version}`;
    case 'accept':
      return `accept Statement ${step.statementVersion} in ${counted(step.documents, 'document', 'documents')}`;
    case 'agents':
      return `update ${step.update.from === undefined ? 'all agents' : `agents ${step.update.from}`} to ${step.update.version}`;
  }
}

function paths(all: readonly string[], shown: (path: string) => string): string[] {
  const some = all.slice(0, mostPaths).map(shown);
  return all.length > mostPaths ? [...some, `and ${all.length - mostPaths} more`] : some;
}
