import { defaultSettings, type ConfigFacts, type Settings } from '../model/config';
import { glob, type Glob } from './glob';

/** Which settings hold for which document of a project: the config's, with its overrides merged in order. */
export class SettingsTable {
  private readonly base: Settings;
  private readonly overrides: readonly (readonly Glob[])[];
  private readonly merged = new Map<string, Settings>();

  constructor(private readonly config: ConfigFacts | undefined) {
    this.base = { ...defaultSettings, ...(config && pick(config)) };
    this.overrides = (config?.overrides ?? []).map((override) => override.files.map(glob));
  }

  /** Whether any document's settings differ from the others'. */
  get hasOverrides(): boolean {
    return this.overrides.length > 0;
  }

  /** The settings for a document at `path` (within the project). The same object for the same overrides. */
  for(path: string): Settings {
    if (this.overrides.length === 0) return this.base;
    const applying = this.overrides.flatMap((globs, i) => (globs.some((g) => g.matches(path)) ? [i] : []));
    const id = applying.join();
    let settings = this.merged.get(id);
    if (!settings) {
      settings = applying.reduce<Settings>((before, i) => {
        const override = pick(this.config!.overrides[i]!);
        const rules = override.rules ? new Map([...before.rules, ...override.rules]) : before.rules;
        return { ...before, ...override, rules };
      }, this.base);
      this.merged.set(id, settings);
    }
    return settings;
  }
}

function pick(from: Partial<Settings>): Partial<Settings> {
  const { plugin, agents, acceptance, restrictedRegions, rules } = from;
  return {
    ...(plugin && { plugin }),
    ...(agents && { agents }),
    ...(acceptance && { acceptance }),
    ...(restrictedRegions && { restrictedRegions }),
    ...(rules && { rules }),
  };
}
