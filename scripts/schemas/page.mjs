// The reference of all members, as Markdown, from the schemas: they are the one definition of shape.

/** @param schemas the parsed policy and config schemas */
export function memberPage({ policy, config }) {
  return [
    '# All members',
    '',
    'Made from the [JSON Schemas](../schemas) by `npm run docs`. What the members mean together is told in',
    '[The language](language.md).',
    ...objectSections('Policy', '', policy.definitions.policy, policy),
    ...objectSections('Device', '', policy.definitions.device, policy),
    ...objectSections('Config', '', config.definitions?.config ?? config, config),
    '',
  ].join('\n');
}

function objectSections(title, pointer, schema, document, depth = 2) {
  const object = resolved(schema, document);
  const names = Object.keys(object.properties ?? {});
  if (names.length === 0) return [];
  const lines = [
    '',
    `${'#'.repeat(depth)} ${title}${pointer ? ` \`${pointer}\`` : ''}`,
    '',
    object.description ?? '',
    '',
    '| member | type | default | meaning |',
    '| --- | --- | --- | --- |',
  ];
  const inner = [];
  for (const name of names) {
    const member = resolved(object.properties[name], document);
    const required = object.required?.includes(name);
    const fallback =
      member.default === undefined ? (required ? 'required' : '') : code(JSON.stringify(member.default));
    lines.push(`| \`${name}\` | ${typeOf(member, document)} | ${fallback} | ${cell(member)} |`);
    const items = member.type === 'array' ? resolved(member.items ?? {}, document) : member;
    const below = `${pointer}/${name}${member.type === 'array' ? '/*' : ''}`;
    // Severities have their own page; overrides repeat what stands above them.
    if (items.properties && name !== 'rules' && !pointer.startsWith('/overrides')) {
      inner.push(...objectSections(title, below, items, document, 3));
    }
  }
  return [...lines, ...inner];
}

/** A schema with its references and `allOf` folded in; what stands beside a reference goes over it. */
function resolved(schema, document) {
  const { $ref, allOf, ...own } = schema;
  const parts = [...(allOf ?? []), ...($ref ? [{ $ref }] : [])].map((part) =>
    part.$ref ? resolved(at(document, part.$ref), document) : resolved(part, document),
  );
  return Object.assign({}, ...parts, own);
}

function at(document, ref) {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce((value, token) => value[token], document);
}

function typeOf(member, document) {
  if (member.const !== undefined) return code(JSON.stringify(member.const));
  if (member.enum && member.enum.length <= 8)
    return member.enum.map((value) => code(JSON.stringify(value))).join(', ');
  if (member.type === 'array') return `array of ${typeOf(resolved(member.items ?? {}, document), document)}`;
  const limits = [
    ...(member.enum ? [`one of ${member.enum.length}`] : []),
    ...(member.format ? [member.format] : []),
    ...(member.maxLength ? [`${member.minLength ?? 0} to ${member.maxLength} characters`] : []),
    ...(member.minLength > 1 && !member.maxLength ? [`at least ${member.minLength} characters`] : []),
  ];
  return [member.type ?? 'any', ...limits].join(', ');
}

const code = (text) => `\`${text}\``;
const cell = ({ title, description }) =>
  [title && `**${title}.**`, description]
    .filter(Boolean)
    .join(' ')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
