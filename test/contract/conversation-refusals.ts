import { draftOf, type TestUser } from '#testing';
import { v7 } from 'uuid';
import type { Ask } from './group-refusals.js';

type People = Readonly<Record<'ada' | 'grace' | 'eve', TestUser>>;

export async function refuseAtConversations(ask: Ask, { ada, grace, eve }: People): Promise<void> {
  await ask(ada, 'GET', `/conversations/${v7()}`);
  await ask(ada, 'POST', `/conversations/${v7()}/leave`);
  await ask(ada, 'POST', `/conversations/${v7()}/accept`);
  await ask(ada, 'POST', '/conversations', { body: { kind: 'direct', with: 'nobody-here' } });
  const id = v7();
  await ask(grace, 'POST', '/conversations', { body: { kind: 'group', id, members: [] } });
  await ask(ada, 'POST', '/conversations', { body: { kind: 'group', id, members: [] } });
  await ask(ada, 'PUT', `/contacts/${eve.username}`, { body: { state: 'blocked' } });
  await ask(ada, 'POST', '/conversations', { body: { kind: 'direct', with: eve.username } });
  await ask(ada, 'POST', '/messages', { body: { ...draftOf('x'), to: eve.username } });
}

export async function refuseAtMembers(ask: Ask, { ada, grace }: People): Promise<void> {
  const { body: group } = await ask(ada, 'POST', '/conversations', {
    body: { kind: 'group', members: [grace.username] },
  });
  const path = `/conversations/${group.id}`;
  const used = draftOf('first');
  await grace.request('POST', `${path}/messages`, used);
  const members = [grace.username];
  const metadata = 'AAAA';
  const requests: [string, string, Record<string, unknown>][] = [
    ['POST', 'members', { members }],
    ['DELETE', 'members', { members }],
    ['PUT', `members/${grace.username}/role`, { role: 'admin' }],
    ['PUT', 'metadata', { id: v7(), metadata }],
    ['PUT', 'retention', { id: v7(), expireAfter: 3_600, afterDelivery: false }],
  ];
  for (const [method, what, body] of requests) {
    await ask(ada, method, `/conversations/${v7()}/${what}`, { body });
    await ask(grace, method, `${path}/${what}`, { body });
    if (!('role' in body)) await ask(ada, method, `${path}/${what}`, { body: { ...body, id: used.id } });
  }
  await ask(ada, 'GET', `/conversations/${v7()}/retention`);
  await ask(ada, 'POST', `${path}/members`, { body: { members } });
  await ask(ada, 'PUT', `${path}/members/${ada.username}/role`, { body: { role: 'admin' } });
}

export async function refuseAtMessages(ask: Ask, { ada, grace }: People): Promise<void> {
  const direct = await ada.directWith(grace);
  const used = draftOf('first');
  await ada.request('POST', `/conversations/${direct}/messages`, used);
  await ask(grace, 'POST', `/conversations/${direct}/messages`, { body: used });
  await ask(grace, 'POST', '/messages', { body: { ...used, to: ada.username } });
  await ask(grace, 'POST', '/messages', { body: { ...used, to: 'nobody-here' } });
  const elsewhere = `/conversations/${v7()}`;
  await ask(ada, 'POST', `${elsewhere}/messages`, { body: draftOf('x') });
  await ask(ada, 'GET', `${elsewhere}/messages`);
  await ask(ada, 'GET', `${elsewhere}/messages/${v7()}`);
  await ask(ada, 'POST', `${elsewhere}/messages/${v7()}/delivered`);
  await ask(ada, 'POST', `${elsewhere}/messages/${v7()}/read`);
  await ask(ada, 'GET', `${elsewhere}/receipts`);
  await ask(ada, 'PUT', `${elsewhere}/receipts`, { body: { read: 1 } });
}
