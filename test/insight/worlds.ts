import fc from 'fast-check';
import type { Json, World } from './oracle';

// Few names, so that policies meet: the same group, one above the other, `A` and `AB` beside each other.
const part = fc.constantFrom('A', 'B', 'AB');
const group = fc
  .array(part, { minLength: 1, maxLength: 6 })
  .map((parts) => ['M', ...parts.slice(1)].join('/'));
const statement = fc.constantFrom('S1', 'S2');
const version = fc.constantFrom('3.9', '3.16', '4.0');

/** Sometimes a value that nothing can be made of. */
const odd = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | number> =>
  fc.oneof({ weight: 40, arbitrary: value }, { weight: 1, arbitrary: fc.constant(7) });
const boolean = odd(fc.boolean());

const recorded = fc.record(
  { version: odd(statement), accepted: odd(fc.constantFrom(true, true, true, false)) },
  { requiredKeys: [] },
);
const whole = fc.record({ version: statement, accepted: fc.constantFrom(true, true, false) });

const ksn = (switches: readonly string[]) =>
  odd(
    fc.record(
      {
        ...(switches.length > 0 && { enforcement: odd(fc.constantFrom(...switches)) }),
        enabled: odd(fc.constantFrom(true, true, false)),
        useKscAsKsnProxy: boolean,
        statement: fc.oneof({ weight: 5, arbitrary: whole }, { weight: 1, arbitrary: odd(recorded) }),
      },
      { requiredKeys: [] },
    ),
  );

const plugin = fc.record({ version, statementVersion: statement }, { requiredKeys: ['version'] });

const policy = fc.record(
  {
    kind: fc.constant('policy'),
    name: fc.constantFrom('one', 'other'),
    administrationGroup: odd(group),
    status: odd(fc.constantFrom('active', 'active', 'active', 'inactive', 'outOfOffice')),
    inheritance: odd(
      fc.record({ inheritFromParent: boolean, forceInChildren: boolean }, { requiredKeys: [] }),
    ),
    plugin: odd(plugin),
    ksn: ksn(['enforce', 'enforce', 'undefined']),
  },
  { requiredKeys: ['kind', 'name', 'administrationGroup', 'ksn'] },
);

const device = fc.record({
  kind: fc.constant('device'),
  name: fc.constantFrom('host', 'other'),
  administrationGroup: odd(group),
  agent: odd(fc.record({ version, statementVersion: odd(statement) }, { requiredKeys: ['version'] })),
  ksn: ksn([]),
});

const neither = fc.constantFrom<Json>(
  { kind: 'group', administrationGroup: 'M' },
  { administrationGroup: 'M/A' },
  {},
);

const agents = fc.array(
  fc.record(
    {
      version,
      statementVersion: statement,
      hosts: fc.constantFrom(0, 1, 40, 1200),
      administrationGroups: fc.array(fc.oneof(group, fc.constantFrom('M', 'M/A/New', 'Elsewhere')), {
        minLength: 1,
        maxLength: 3,
      }),
    },
    { requiredKeys: ['version'] },
  ),
  { maxLength: 4 },
);

const override = fc.record(
  { files: fc.constantFrom(['left/**'], ['right/**'], ['left/0.kea-policy.json']), plugin, agents },
  { requiredKeys: ['files'] },
);

const config = fc.record(
  { plugin, agents, overrides: fc.array(override, { maxLength: 2 }) },
  { requiredKeys: [] },
);

const document: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: policy },
  { weight: 4, arbitrary: device },
  { weight: 1, arbitrary: neither },
);

/** A project of policies and devices in any order, some of them faulty. */
export const worlds: fc.Arbitrary<World> = fc.record({
  documents: fc
    .array(fc.tuple(fc.constantFrom('left', 'right'), document), { maxLength: 14 })
    .map((list) =>
      Object.fromEntries(list.map(([folder, value], i) => [`${folder}/${i}.kea-policy.json`, value])),
    ),
  config,
});

/** Chains of groups up to a depth, a policy in most of them: what is forced far above comes down all the way. */
export const deepWorlds: fc.Arbitrary<World> = fc
  .tuple(fc.array(fc.option(policy, { freq: 8 }), { minLength: 5, maxLength: 25 }), device, config)
  .map(([chain, host, settings]) => {
    const documents: Record<string, Json> = {};
    let at = 'M';
    chain.forEach((value, i) => {
      if (value) documents[`left/${i}.kea-policy.json`] = { ...value, administrationGroup: at };
      documents[`right/${i}.kea-policy.json`] = { ...host, administrationGroup: at };
      at += '/A';
    });
    return { documents, config: settings };
  });
