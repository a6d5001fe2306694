import type { Outcome } from '../project/outcome';
import { html, type Html } from './html';

export const stateWords: Record<Outcome, string> = {
  on: 'On',
  'switched-off': 'Switched off on hosts',
  blocked: 'Blocked: Statement not accepted',
  unknown: 'Not known',
  device: 'Undefined: each device decides',
  off: 'Off',
};

/** A table under its heading, or a sentence where it has no rows. @param none that sentence */
export function table(
  title: string,
  none: string,
  heads: readonly string[],
  rows: readonly (readonly Html[])[],
): Html {
  if (rows.length === 0)
    return html`<h3>${title}</h3>
      <p>${none}</p>`;
  return html`<h3>${title} <span class="count">(${number(rows.length)})</span></h3>
    <div class="scroll" tabindex="0" role="region" aria-label="${title}">
      <table>
        <thead>
          <tr>
            ${heads.map((head) => html`<th scope="col">${head}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`;
}

/** A text, as a link where one leads anywhere. */
export function place(text: string, href: string | undefined): Html {
  return href === undefined ? html`${text}` : html`<a href="${href}">${text}</a>`;
}

/** The items with commas. A root policy reaches thousands: the page names a few and counts the rest. */
export function listed(items: readonly Html[]): Html {
  const shown = items.slice(0, 5).map((item, i) => html`${i > 0 ? ', ' : ''}${item}`);
  return html`${shown}${items.length > 5 ? ` and ${number(items.length - 5)} more` : ''}`;
}

export const number = (value: number): string => value.toLocaleString('en');
