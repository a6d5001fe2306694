/** A version of a product and the Statement that it carries; `undefined`: not known. */
export interface Update {
  readonly version: string;
  readonly statementVersion?: string;
}

/** What is to be updated. */
export interface PlanRequest {
  readonly plugin?: Update;
  /** Each updates the agents of version `from`, or all. */
  readonly agents: readonly (Update & { readonly from?: string })[];
}

/** One step of an update. `accept`: the Statement of the new plug-in is accepted in the policies that need it. */
export type Step =
  | { readonly step: 'plugin'; readonly update: Update }
  | { readonly step: 'agents'; readonly update: Update & { readonly from?: string } }
  | { readonly step: 'accept'; readonly statementVersion: string; readonly documents: number };

/** The steps of an update. @param documents how many need the Statement to be accepted */
export function stepsOf(request: PlanRequest, documents: number): Step[] {
  const { plugin } = request;
  return [
    ...(plugin ? [{ step: 'plugin', update: plugin } as const] : []),
    ...(plugin?.statementVersion !== undefined && documents > 0
      ? [{ step: 'accept', statementVersion: plugin.statementVersion, documents } as const]
      : []),
    ...request.agents.map((update) => ({ step: 'agents', update }) as const),
  ];
}

/** All orders of steps, as indexes; the new Statement can be accepted only once the plug-in carries it. */
export function permutations(steps: readonly Step[]): number[][] {
  const plugin = steps.findIndex(({ step }) => step === 'plugin');
  const accept = steps.findIndex(({ step }) => step === 'accept');
  const extend = (order: readonly number[]): number[][] => {
    if (order.length === steps.length) return [[...order]];
    return steps.flatMap((_, i) => {
      if (order.includes(i) || (i === accept && !order.includes(plugin))) return [];
      return extend([...order, i]);
    });
  };
  return steps.length === 0 ? [] : extend([]);
}
