import type { PluginFacts, Stated } from './facts';

export type Severity = 'error' | 'warning' | 'info';
export type Level = Severity | 'off';

export const evidenceMembers = ['acceptedBy', 'acceptedAt', 'language', 'sha256', 'reference'] as const;
export type EvidenceMember = (typeof evidenceMembers)[number];

/** Agents in the field, as the config counts them. */
export interface AgentEntry {
  readonly version: Stated<string>;
  readonly statementVersion: Stated<string>;
  /** How many hosts; `undefined` where the config does not say. */
  readonly hosts: Stated<number>;
  /** Where they are; `undefined`: anywhere. Malformed groups are left out. */
  readonly administrationGroups: readonly string[] | undefined;
  /** The entry's pointer in the config, `/agents/0` or `/overrides/1/agents/0`. */
  readonly pointer: string;
}

export interface Acceptance {
  readonly evidence: readonly EvidenceMember[];
  /** Who may accept; empty: anyone. */
  readonly approvers: readonly string[];
}

/** A Statement text of the catalogue, as the config names it. */
export interface CatalogueEntry {
  readonly version: Stated<string>;
  readonly texts: readonly CatalogueText[];
  readonly pointer: string;
}

export interface CatalogueText {
  readonly language: Stated<string>;
  readonly file: Stated<string>;
  readonly sha256: Stated<string>;
  readonly pointer: string;
}

/** What an override may set; an absent member leaves the setting as it was. */
export interface OverridableSettings {
  readonly plugin?: PluginFacts;
  readonly agents?: readonly AgentEntry[];
  readonly acceptance?: Acceptance;
  readonly restrictedRegions?: readonly string[];
  readonly rules?: ReadonlyMap<string, Level>;
}

export interface Override extends OverridableSettings {
  readonly files: readonly string[];
}

/** The well-formed part of a `kea-policy.config.json`. */
export interface ConfigFacts extends OverridableSettings {
  readonly kind: 'config';
  readonly statements: readonly CatalogueEntry[];
  /** The groups that exist; `undefined` where the config does not say. */
  readonly administrationGroups: readonly string[] | undefined;
  readonly ignore: readonly string[];
  readonly overrides: readonly Override[];
}

/** The settings that hold for one document, overrides merged and defaults filled in. */
export interface Settings {
  readonly plugin: PluginFacts | undefined;
  readonly agents: readonly AgentEntry[];
  readonly acceptance: Acceptance;
  readonly restrictedRegions: readonly string[];
  readonly rules: ReadonlyMap<string, Level>;
}

export const defaultSettings: Settings = {
  plugin: undefined,
  agents: [],
  acceptance: { evidence: ['acceptedBy', 'acceptedAt'], approvers: [] },
  restrictedRegions: ['US'],
  rules: new Map(),
};
