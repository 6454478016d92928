import { draftOf, type TestUser } from '#testing';
import { v7 } from 'uuid';
import type { Ask } from './group-refusals.js';

export async function refuseAtReports(
  ask: Ask,
  { ada, grace, eve }: Readonly<Record<'ada' | 'grace' | 'eve', TestUser>>,
): Promise<void> {
  const report = { id: v7(), username: grace.username, reason: 'spam' };
  await ask(ada, 'POST', '/reports', { body: { ...report, username: 'nobody-here' } });
  const { body: group } = await ask(ada, 'POST', '/conversations', {
    body: { kind: 'group', members: [grace.username] },
  });
  const draft = draftOf('of ada herself');
  await ada.request('POST', `/conversations/${group.id as string}/messages`, draft);
  const messages = [{ messageId: draft.id, content: 'AAAA' }];
  await ask(ada, 'POST', '/reports', { body: { ...report, conversationId: group.id as string, messages } });
  await ask(ada, 'POST', '/reports', { body: report });
  await ask(eve, 'POST', '/reports', { body: report });
}
