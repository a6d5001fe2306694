import type { Outcome } from '../project/outcome';
import { states } from './estate';
import { html, type Html } from './html';
import { number, place, stateWords } from './page-parts';

export type Counts = Readonly<Partial<Record<Outcome | 'none', number>>>;

/**
 * A bar for each state, told apart by words, numbers and patterns as well as by colour.
 * @param to where the number of a state leads: to those that it counts
 */
export function chart(title: string, counts: Counts, unit: string, to: (state: string) => string): Html {
  const rows = [...states, 'none' as const].filter((state) => (counts[state] ?? 0) > 0);
  const most = Math.max(1, ...rows.map((state) => counts[state]!));
  const total = rows.reduce((sum, state) => sum + counts[state]!, 0);
  if (total === 0) return html``;
  return html`<figure>
    <figcaption>${title}</figcaption>
    <table class="chart">
      <colgroup>
        <col class="label" />
        <col />
        <col class="amount" />
      </colgroup>
      <thead class="unseen">
        <tr>
          <th scope="col">State</th>
          <th scope="col">Share</th>
          <th scope="col">Number of ${unit}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (state) =>
            html`<tr>
              <th scope="row">${stateWords[state]}</th>
              <td class="bar" aria-hidden="true">
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" class="${state}">
                  <rect width="${Math.max(1, (100 * counts[state]!) / most)}" height="10" />
                </svg>
              </td>
              <td class="number">${place(number(counts[state]!), to(state))}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <td></td>
          <td class="number">${number(total)}</td>
        </tr>
      </tfoot>
    </table>
  </figure>`;
}
