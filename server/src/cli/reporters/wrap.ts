import { widthOf } from '../visible';

/** A text in lines of at most `width` columns, broken at blanks; a longer word has a line of its own. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const word of text.split(' ')) {
    const own = widthOf(word);
    if (line !== '' && columns + 1 + own > width) {
      lines.push(line);
      line = word;
      columns = own;
    } else {
      line = line === '' ? word : `${line} ${word}`;
      columns += (columns === 0 ? 0 : 1) + own;
    }
  }
  return line === '' ? lines : [...lines, line];
}
