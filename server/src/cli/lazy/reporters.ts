import { rules } from '../../rules';
import type { Format } from '../formats';
import type { Reporter } from '../report';
import { report as checkstyle } from '../reporters/checkstyle';
import { report as compact } from '../reporters/compact';
import { jobSummary, report as github } from '../reporters/github';
import { report as gitlab } from '../reporters/gitlab';
import { report as json } from '../reporters/json';
import { report as jsonl } from '../reporters/jsonl';
import { report as junit } from '../reporters/junit';
import { report as markdown } from '../reporters/markdown';
import { report as pretty } from '../reporters/pretty';
import { report as sarif } from '../reporters/sarif';

export { jobSummary };

export const reporters: Readonly<Record<Format, Reporter>> = {
  pretty,
  compact,
  json,
  jsonl,
  // The rules of the bundle that made the report come without their documentation.
  sarif: (report, options) => sarif({ ...report, rules }, options),
  junit,
  github,
  gitlab,
  checkstyle,
  markdown,
};
