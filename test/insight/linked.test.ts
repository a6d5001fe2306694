import { expect, test } from 'vitest';
import { linkedMarkdown } from '../../server/src/insight/linked';

const uriOf = (path: string): string | undefined => (path.startsWith('gone') ? undefined : `file:///${path}`);

test('files are links wherever they are named, with their names escaped', () => {
  const markdown = linkedMarkdown(
    (shown) => [
      { text: `error in ${shown('a[1]|b.json')}: x` },
      { heads: ['File'], rows: [[shown('c*.json')]] },
      { items: [{ text: `from ${shown('gone_by.json')}`, items: [shown('d.json')] }] },
    ],
    (path) => uriOf(path) && `file:///${encodeURIComponent(path)}`,
  );
  expect(markdown).toBe(
    [
      'error in [a\\[1\\]\\|b.json](file:///a%5B1%5D%7Cb.json): x',
      '| File |\n| --- |\n| [c\\*.json](file:///c*.json) |',
      '- from gone\\_by.json\n  - [d.json](file:///d.json)\n',
    ].join('\n\n'),
  );
});

test.each(['\ue000', '\ue0000\ue000', '\ue000\ue0000\ue000\ue000'])(
  'a text that looks like a mark becomes no link: %j',
  (text) => {
    const markdown = linkedMarkdown(
      (shown) => [{ text: `${text}${shown('a.json')}${text}` }, { text }],
      uriOf,
    );
    expect(markdown).toBe(`${text}[a.json](file:///a.json)${text}\n\n${text}\n`);
  },
);
