/** Where the documentation of this release is read; the one place that knows. */
export const documentationBase = 'https://github.com/kea-policy/kea-policy/blob/main/docs';

/** The page that explains a rule. */
export function documentationUrl(rule: string): string {
  return `${documentationBase}/rules/${rule}.md`;
}
