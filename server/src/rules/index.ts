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
import { ksnDeviceSettingOverridden } from './enforcement/ksn-device-setting-overridden';
import { ksnDeviceSettingWins } from './enforcement/ksn-device-setting-wins';
import { ksnEnforcementOnDevice } from './enforcement/ksn-enforcement-on-device';
import { ksnEnforcementUndefined } from './enforcement/ksn-enforcement-undefined';
import { ksnOverriddenByParent } from './enforcement/ksn-overridden-by-parent';
import { policyDuplicateActive } from './enforcement/policy-duplicate-active';
import { policyInactive } from './enforcement/policy-inactive';
import { policyInheritanceForced } from './enforcement/policy-inheritance-forced';
import { kmpNotConfigurable } from './plugin/kmp-not-configurable';
import { kmpStillRunning } from './plugin/kmp-still-running';
import { pluginOutdated } from './plugin/plugin-outdated';
import { ksnProxyWithoutKsn } from './proxy/ksn-proxy-without-ksn';
import type { Rule } from './rule';
import { ksnAcceptanceEvidence } from './statement/ksn-acceptance-evidence';
import { ksnAcceptanceInFuture } from './statement/ksn-acceptance-in-future';
import { ksnAcceptanceRequired } from './statement/ksn-acceptance-required';
import { ksnAcceptorNotApproved } from './statement/ksn-acceptor-not-approved';
import { ksnAgentStatementMismatch } from './statement/ksn-agent-statement-mismatch';
import { ksnStatementDigestMismatch } from './statement/ksn-statement-digest-mismatch';
import { ksnStatementVersionMismatch } from './statement/ksn-statement-version-mismatch';
import { ksnStatementVersionUnknown } from './statement/ksn-statement-version-unknown';

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
const statement: readonly Rule[] = [
  ksnAcceptanceRequired,
  ksnStatementVersionMismatch,
  ksnStatementVersionUnknown,
  ksnAgentStatementMismatch,
  ksnAcceptanceEvidence,
  ksnAcceptanceInFuture,
  ksnAcceptorNotApproved,
  ksnStatementDigestMismatch,
];
const enforcement: readonly Rule[] = [
  ksnEnforcementUndefined,
  ksnEnforcementOnDevice,
  ksnOverriddenByParent,
  policyInheritanceForced,
  ksnDeviceSettingOverridden,
  ksnDeviceSettingWins,
  policyDuplicateActive,
  policyInactive,
];
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
