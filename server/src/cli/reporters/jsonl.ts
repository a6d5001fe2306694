import type { Reporter } from '../report';
import { asJson } from './json';

/** One finding a line, each as in `findings` of the JSON report. */
export const report: Reporter = function* ({ findings }) {
  for (const finding of findings) yield `${JSON.stringify(asJson(finding))}\n`;
};
