import { printParseErrorCode, type ParseError } from 'jsonc-parser';
import { comment } from './comment';
import type { Problem } from './problem';
import type { Range } from './range';
import type { Repair } from './repair';
import { escapeInvisible } from './shown';
import { strayWord } from './stray-word';
import type { Parsed } from './tree';

/**
 * Every place where a text is not strict JSON, one problem for each cause: the parser stumbles on after a
 * fault and complains again about what follows from it.
 */
export function syntaxErrors({ text, errors }: Parsed): Problem[] {
  if (errors.length === 0) return refusedByJson(text);
  const walk = new Walk(text);
  for (const [i, error] of errors.entries()) walk.next(error, errors, i);
  return walk.problems;
}

/** Whether the tree of a text may be taken at its word beside this problem: nothing is missing from it. */
export function leavesTreeWhole(problem: Problem): boolean {
  return problem.rule !== 'json-syntax' || problem.repairs !== undefined;
}

class Walk {
  readonly problems: Problem[] = [];
  private readonly comments: Range[] = [];
  /** Where the last fault ends from which the next complaint would follow, if it comes right behind. */
  private chain = -1;
  /** The same for a name without a value, which a missing comma makes of a value. */
  private name = -1;
  private complained = -1;
  private comma = -1;
  private skipping = false;
  /** Brackets don't match any more: what the parser says of the structure is guesswork. */
  private lost = false;
  private symbolStart = -1;

  constructor(private readonly text: string) {}

  next(error: ParseError, errors: readonly ParseError[], i: number): void {
    const { offset, length } = error;
    const what = printParseErrorCode(error.error);
    switch (what) {
      case 'InvalidCommentToken':
        // The parser counts past the end of the text in a comment that is never closed.
        return this.comment({ start: offset, end: Math.min(offset + length, this.text.length) });
      case 'InvalidSymbol':
        return this.symbol(offset, offset + length);
      case 'UnexpectedEndOfString':
        this.report('The text has no closing quote on its line: a line end in a text is written \\n.', error);
        this.chain = offset + length;
        return;
      case 'UnexpectedEndOfNumber':
        this.report('The number breaks off: digits are missing behind it.', error);
        this.chain = offset + length;
        return;
      case 'InvalidEscapeCharacter':
        return this.report(
          'The text has an escape that JSON does not know: a backslash itself is written \\\\.',
          error,
        );
      case 'InvalidUnicode':
        return this.report('The text has a \\u escape without four hex digits.', error);
      case 'InvalidCharacter':
        return this.report(
          'The text has a control character in it: a tab is written \\t, others as \\u escapes.',
          error,
        );
      default:
        return this.structural(what, error, errors, i);
    }
  }

  private comment(range: Range): void {
    this.comments.push(range);
    if (this.chain >= 0 && this.isBlank(this.chain, range.start)) this.chain = range.end;
    this.problems.push(comment(this.text, range));
  }

  private symbol(start: number, end: number): void {
    const merges = this.chain >= 0 && this.symbolStart >= 0 && this.isBlankOnLine(this.chain, start);
    if (merges) {
      start = this.symbolStart;
      this.problems.pop();
    } else if (/[\w.]/.test(this.text[start]!)) while (/\d/.test(this.text[start - 1] ?? '')) start--;
    this.report(strayWord(this.text.slice(start, Math.min(end, start + 200))), { start, end });
    this.chain = end;
    this.symbolStart = start;
  }

  private structural(what: string, error: ParseError, errors: readonly ParseError[], i: number): void {
    const { offset, length } = error;
    this.symbolStart = -1;
    const artefact = what === 'ValueExpected' && this.skipping;
    this.skipping = what === 'PropertyNameExpected';
    if (this.lost || artefact || offset === this.complained) return;
    const token = this.text.slice(offset, offset + length);
    if (this.chain >= 0 && this.isBlank(this.chain, offset)) {
      // The parser takes a text that a comma should precede for a name, and misses its colon next.
      this.chain = what === 'CommaExpected' ? offset + length : -1;
      this.lost ||= what.startsWith('Close');
      return;
    }
    this.chain = -1;
    this.complained = offset;
    const closes = token === '}' || token === ']';
    const [before, at] = this.before(offset);

    if (offset >= this.text.length) return this.atEnd(errors, i);
    if (what === 'EndOfFileExpected' || (closes && before === '')) {
      this.lost = true;
      return this.report(
        closes
          ? `This ${token} closes nothing that is open.`
          : 'The document is complete before this: a file holds one value.',
        error,
      );
    }
    if (token === ',' && (before === ',' || before === '{' || before === '[')) {
      const counted = at === this.comma;
      this.comma = offset;
      return counted ? undefined : this.report('A comma with nothing before it.', error);
    }
    // In an array the parser misses a value behind a comma, in an object a name: the other bracket closes neither.
    const closesThis = token === (what === 'ValueExpected' ? ']' : '}');
    if (closesThis && before === ',') return at === this.comma ? undefined : this.trailingComma(at);
    if (closes && before !== ':' && what !== 'ColonExpected') {
      this.lost = true;
      const [opened, expected] = token === '}' ? ['array', ']'] : ['object', '}'];
      return this.report(
        `This ${token} closes an ${opened} that is open here: ${expected} is expected.`,
        error,
      );
    }
    if (what === 'CommaExpected') return this.commaMissing(error, token);
    if (what === 'ColonExpected') {
      if (offset === this.name && (closes || token === ',')) return;
      return this.report(
        closes || token === ','
          ? 'A name without a value: ":" and a value are missing before this.'
          : `":" is missing before ${quoted(token)}.`,
        error,
      );
    }
    this.report(
      what === 'PropertyNameExpected'
        ? `The name of a member is expected here, in double quotes, not ${quoted(token)}.`
        : `A value is missing before ${quoted(token)}.`,
      error,
    );
  }

  private trailingComma(at: number): void {
    const range = { start: at, end: at + 1 };
    this.report('A trailing comma, which strict JSON does not have: other readers refuse the file.', range, {
      title: 'Remove the trailing comma',
      kind: 'safe',
      changes: [{ op: 'text', edits: [{ ...range, text: '' }] }],
    });
  }

  private commaMissing({ offset, length }: ParseError, token: string): void {
    let start = offset;
    while (/[\d-]/.test(this.text[start - 1] ?? '')) start--;
    if (start < offset && /^\d/.test(token)) {
      this.chain = offset + length;
      return this.report('A number has no leading zeros in JSON.', { start, end: offset + length });
    }
    this.report(`A comma is missing before ${quoted(token)}.`, { start: offset, end: offset + length });
    // The parser takes the value for a name now, and will miss the colon behind it.
    this.name = this.skipBlank(offset + length);
  }

  private atEnd(errors: readonly ParseError[], i: number): void {
    const end = this.text.trimEnd().length;
    const closers = errors.slice(i).flatMap((error) => {
      const what = printParseErrorCode(error.error);
      return what === 'CloseBraceExpected' ? ['}'] : what === 'CloseBracketExpected' ? [']'] : [];
    });
    this.lost = true;
    this.report(
      closers.length
        ? `The file ends too early: ${closers.join('')} ${closers.length > 1 ? 'are' : 'is'} missing.`
        : end === 0
          ? 'The file is empty.'
          : 'The file holds no value.',
      { start: end, end },
    );
  }

  private report(message: string, place: Range | ParseError, repair?: Repair): void {
    const range =
      'offset' in place
        ? { start: place.offset, end: place.offset + place.length }
        : { start: place.start, end: place.end };
    this.problems.push({
      rule: 'json-syntax',
      message,
      anchor: { range },
      ...(repair && { repairs: [repair] }),
    });
  }

  /** The character before an offset that is neither blank nor part of a comment, and where it is. */
  private before(offset: number): [string, number] {
    let at = offset - 1;
    for (let i = this.comments.length - 1; at >= 0;) {
      if (isBlankCode(this.text.charCodeAt(at))) at--;
      else if (i >= 0 && this.comments[i]!.end === at + 1) at = this.comments[i--]!.start - 1;
      else break;
    }
    return [this.text[at] ?? '', at];
  }

  private skipBlank(offset: number): number {
    while (isBlankCode(this.text.charCodeAt(offset))) offset++;
    return offset;
  }

  private isBlank(start: number, end: number): boolean {
    return this.skipBlank(start) >= end;
  }

  private isBlankOnLine(start: number, end: number): boolean {
    return this.isBlank(start, end) && !/[\r\n]/.test(this.text.slice(start, end));
  }
}

const isBlankCode = (c: number): boolean => c === 32 || c === 10 || c === 13 || c === 9;

function quoted(token: string): string {
  const short = escapeInvisible(token.length > 40 ? `${token.slice(0, 37)}…` : token);
  return token.startsWith('"') ? short : `"${short}"`;
}

// The tolerant parser and JSON.parse agree on all that is known; if ever they don't, JSON.parse is right.
function refusedByJson(text: string): Problem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const start = Math.min(Number(position ?? 0), text.length);
    const anchor = { range: { start, end: Math.min(start + 1, text.length) } };
    return [{ rule: 'json-syntax', message: 'The text is not strict JSON here.', anchor }];
  }
}
