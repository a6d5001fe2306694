/** A change to what guards the policies rather than to a policy: how a gate is switched off. */
export interface GuardChange {
  readonly path: string;
  readonly what:
    'exception' | 'severity' | 'approvers' | 'evidence' | 'ignore' | 'config' | 'surroundings' | 'overrides';
  /** A sentence. */
  readonly message: string;
  /** It makes less be found, or lets more people accept. */
  readonly weakens: boolean;
}
