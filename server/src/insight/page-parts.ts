import type { Outcome } from '../project/outcome';
import { html, Html, text } from './html';
import { inThousands } from '../syntax/shown';

export const stateWords: Record<Outcome | 'none', string> = {
  on: 'On',
  'switched-off': 'Switched off on hosts',
  blocked: 'Blocked: Statement not accepted',
  unknown: 'Not known',
  device: 'Undefined: each device decides',
  off: 'Off',
  none: 'No policy reaches them',
};

/** What a table is, beside its rows. */
interface TableHead {
  /** Of its heading, which links lead to. */
  readonly id: string;
  readonly title: string;
  /** What is said where it has no rows. */
  readonly none: string;
  readonly heads: readonly string[];
  /** So many rows are shown, of a table or of each of its groups; the others are counted. */
  readonly most: number;
}

type Rows = readonly (readonly Html[])[];

/** A table under its heading, or a sentence where it has no rows. */
export function table(head: TableHead, rows: Rows): Html {
  return framed(
    head,
    rows.length,
    html`<tbody>
      ${rowsOf(rows, head)}
    </tbody>`,
  );
}

/** A table whose rows come in groups, each with a heading that links lead to. */
export function groupedTable(
  head: TableHead,
  groups: readonly { readonly id: string; readonly title: string; readonly rows: Rows }[],
): Html {
  const filled = groups.filter(({ rows }) => rows.length > 0);
  const bodies = filled.map(
    ({ id, title, rows }) =>
      html`<tbody>
        <tr>
          <th scope="rowgroup" colspan="${head.heads.length}" id="${id}">
            ${title} (${number(rows.length)})
          </th>
        </tr>
        ${rowsOf(rows, head)}
      </tbody>`,
  );
  const count = filled.reduce((sum, { rows }) => sum + rows.length, 0);
  return framed(head, count, html`${bodies}`);
}

/** The id of a group of a table, such as the policies in one state. */
export function groupName(kind: string, state: string): string {
  return `${kind}-${state}`;
}

function rowsOf(rows: Rows, { most, heads }: TableHead): Html {
  const more = rows.length - most;
  return html`${rows.slice(0, most).map(rowOf)}${
    more > 0
      ? html`<tr>
          <td colspan="${heads.length}">
            and ${number(more)} more, which the view “KEA Policies” and a report in a file list
          </td>
        </tr>`
      : null
  }`;
}

// A large estate has tens of thousands of rows: they are put together without a template for each cell.
const rowOf = (cells: readonly Html[]): Html =>
  new Html(`<tr>${cells.map(({ source }) => `<td>${source}</td>`).join('')}</tr>\n`);

function framed({ id, title, none, heads }: TableHead, count: number, bodies: Html): Html {
  if (count === 0)
    return html`<h3 id="${id}">${title}</h3>
      <p>${none}</p>`;
  return html`<h3 id="${id}">${title} <span class="count">(${number(count)})</span></h3>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        ${bodies}
      </table>
    </div>`;
}

/** A text, as a link where one leads anywhere. */
export function place(words: string, href: string | undefined): Html {
  return href === undefined ? text(words) : html`<a href="${href}">${words}</a>`;
}

/** The items with commas. A root policy reaches thousands: the page names a few and counts the rest. */
export function listed(items: readonly Html[]): Html {
  const shown = items.slice(0, 5).map((item, i) => html`${i > 0 ? ', ' : ''}${item}`);
  return html`${shown}${items.length > 5 ? ` and ${number(items.length - 5)} more` : ''}`;
}

export const number = inThousands;
