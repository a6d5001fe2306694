const date = /^(\d{4})-(\d\d)-(\d\d)$/;
const dateTime =
  /^(\d{4}-\d\d-\d\d)[Tt](?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Whether a text is a day of the calendar, `2027-01-31`. */
export function isDate(text: string): boolean {
  const match = date.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** Whether a text is a date and time with offset as RFC 3339 has it, `2026-11-01T09:30:00+01:00`. */
export function isDateTime(text: string): boolean {
  // An acceptance is mostly recorded in many files at once.
  if (text !== lastAsked) {
    const match = dateTime.exec(text);
    lastAnswer = match !== null && isDate(match[1]!);
    lastAsked = text;
  }
  return lastAnswer;
}

let lastAsked = '';
let lastAnswer = false;

/** The length of a text as a person counts it, in code points: what `minLength` and `maxLength` mean. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) count--;
  }
  return count;
}

/** The formats that the schemas name. */
export const formats = { date: isDate, 'date-time': isDateTime };

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
