/** A plug-in or agent version: two to four numbers with dots, each of at most nine digits. */
export const versionPattern = /^\d{1,9}(\.\d{1,9}){1,3}$/;

/** Compares two versions number by number, missing ones as 0: negative where `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < 4; i++) {
    const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The first plug-in with which Kaspersky Managed Protection can no longer be configured. */
export const kmpNotConfigurableFrom = '3.10';
