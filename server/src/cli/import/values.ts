/** A value out of a cell, or in words why the cell has none. */
export type Value<T> = { readonly value: T } | { readonly wrong: string };

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  enabled: true,
  false: false,
  no: false,
  off: false,
  '0': false,
  disabled: false,
};

export function truth(cell: string): Value<boolean> {
  const value = truths[cell.toLowerCase()];
  return value === undefined ? { wrong: `"${cell}", which is neither yes nor no` } : { value };
}

const statuses: Readonly<Record<string, 'active' | 'inactive' | 'outOfOffice'>> = {
  active: 'active',
  activepolicy: 'active',
  inactive: 'inactive',
  inactivepolicy: 'inactive',
  outofoffice: 'outOfOffice',
  outofofficepolicy: 'outOfOffice',
};

export function status(cell: string): Value<'active' | 'inactive' | 'outOfOffice'> {
  const value = statuses[cell.toLowerCase().replace(/[^a-z]/g, '')];
  return value ? { value } : { wrong: `"${cell}", which is not active, inactive or out-of-office` };
}

export function enforcement(cell: string): Value<'enforce' | 'undefined'> {
  const word = cell.toLowerCase();
  if (/^(enforce|enforced|locked)$/.test(word)) return { value: 'enforce' };
  if (/^(undefined|unlocked)$/.test(word)) return { value: 'undefined' };
  const known = truth(cell);
  if ('wrong' in known) return { wrong: `"${cell}", which is neither Enforce nor Undefined` };
  return { value: known.value ? 'enforce' : 'undefined' };
}

/** A path of a group; consoles write its parts with `/`, `\` or `>` between them. */
export function group(cell: string): string {
  return cell
    .split(/[\\/>]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');
}

/** The items of a cell that lists several. */
export function items(cell: string): string[] {
  return cell
    .split(/[,;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export function wholeNumber(cell: string): Value<number> {
  // Thousands may be set apart.
  const digits = cell.replace(/(?<=\d)[ \u00a0\u202f.,'](?=\d{3}(?!\d))/g, '');
  return /^\d{1,9}$/.test(digits)
    ? { value: Number(digits) }
    : { wrong: `"${cell}", which is not a number of hosts` };
}
