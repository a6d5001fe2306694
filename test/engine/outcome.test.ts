import { expect, test } from 'vitest';
import { agentsOf } from '../../server/src/project/outcome';
import type { PolicyDocument } from '../../server/src/project/document';
import { config, file, managedBy, on, policy } from '../rules/documents';
import { projectOf } from '../rules/harness';
import { isCollected } from './garbage';

test('the agents of a policy are remembered, those of all policies are not', async () => {
  const project = projectOf({
    [file('one')]: policy('M', on('S1')),
    [file('two')]: policy('N', on('S1')),
    [config]: managedBy('S1', { agents: [{ version: '3.16', hosts: 1 }] }),
  });
  const agents = (name: string) => agentsOf(project, project.document(file(name)) as PolicyDocument);
  const first = new WeakRef(agents('one'));
  expect(agents('one')).toBe(first.deref());
  expect(agents('two')).toHaveLength(1);
  expect(await isCollected(first)).toBe(true);
});
