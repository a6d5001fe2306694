import type { DiagnosticReports } from './diagnostic-reports';
import type { Session } from './session';

const dayLength = 24 * 60 * 60 * 1000;

/** Judges again, every minute, what time changes: acceptances come of age and exceptions expire while nobody types. */
export function judgeEveryMinute({ runtime, workspace }: Session, reports: DiagnosticReports): void {
  let day = Math.floor(runtime.now() / dayLength);
  const look = (): void => {
    const today = Math.floor(runtime.now() / dayLength);
    if (today !== day) workspace.judgeAgain();
    else workspace.judgeTimely();
    day = today;
    reports.judgeSoon();
    runtime.after(60_000, look);
  };
  runtime.after(60_000, look);
}
