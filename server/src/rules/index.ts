import { administrationGroupUnknown } from './compliance/administration-group-unknown';
import { configNested } from './compliance/config-nested';
import { configTextMissing } from './compliance/config-text-missing';
import { exceptionExpired } from './compliance/exception-expired';
import { exceptionUnknownRule } from './compliance/exception-unknown-rule';
import { exceptionUnused } from './compliance/exception-unused';
import { ksnRegionRestricted } from './compliance/ksn-region-restricted';
import { documentLimits } from './document/document-limits';
import { documentUnreadable } from './document/document-unreadable';
import { duplicateKey } from './document/duplicate-key';
import { invalidValue } from './document/invalid-value';
import { jsonSyntax } from './document/json-syntax';
import { missingProperty } from './document/missing-property';
import { nameDuplicate } from './document/name-duplicate';
import { notAKeaSetting } from './document/not-a-kea-setting';
import { unknownProperty } from './document/unknown-property';
import { kmpNotConfigurable } from './plugin/kmp-not-configurable';
import { kmpStillRunning } from './plugin/kmp-still-running';
import { pluginOutdated } from './plugin/plugin-outdated';
import { ksnProxyWithoutKsn } from './proxy/ksn-proxy-without-ksn';
import type { Rule } from './rule';

const document: readonly Rule[] = [
  jsonSyntax,
  duplicateKey,
  documentUnreadable,
  documentLimits,
  unknownProperty,
  missingProperty,
  invalidValue,
  notAKeaSetting,
  nameDuplicate,
];
const statement: readonly Rule[] = [];
const enforcement: readonly Rule[] = [];
const proxy: readonly Rule[] = [ksnProxyWithoutKsn];
const plugin: readonly Rule[] = [kmpNotConfigurable, kmpStillRunning, pluginOutdated];
const compliance: readonly Rule[] = [
  ksnRegionRestricted,
  exceptionUnknownRule,
  exceptionExpired,
  exceptionUnused,
  administrationGroupUnknown,
  configNested,
  configTextMissing,
];

/** All rules, by category and in the order of the documentation. */
export const rules: readonly Rule[] = [
  ...document,
  ...statement,
  ...enforcement,
  ...proxy,
  ...plugin,
  ...compliance,
];

/** All rules by id. */
export const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
