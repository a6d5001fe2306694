import type { ExampleFile } from './rule';

/** Objects and arrays that fit stand in one line, so that an example is seen at a glance. */
const width = 90;

/** An example's file as it would stand on the disk: bytes only where the encoding is the point. */
export function exampleText({ content }: ExampleFile): string | Uint8Array {
  if (typeof content === 'string' || content instanceof Uint8Array) return content;
  return `${laidOut(content, '')}\n`;
}

function laidOut(value: unknown, indent: string, before = 0): string {
  const line = inline(value);
  const isDocument = indent === '' && before === 0;
  if (typeof value !== 'object' || value === null) return line;
  if (!isDocument && indent.length + before + line.length < width) return line;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => inner + laidOut(item, inner))
    : Object.entries(value).map(([name, member]) => {
        const key = `${JSON.stringify(name)}: `;
        return inner + key + laidOut(member, inner, key.length);
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return lines.length ? `${open}\n${lines.join(',\n')}\n${indent}${close}` : `${open}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inline(member)}`);
  return members.length ? `{ ${members.join(', ')} }` : '{}';
}
