import { people, type Reply, type TestRelay, type TestUser } from '#testing';
import { v7 } from 'uuid';
import { type Doing, MlsGroup } from '../e2e/mls-group.js';

interface Request {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly at?: TestRelay;
}

/** Asks, and notes the code of the refusal. */
export type Ask = (person: TestUser | undefined, method: string, path: string, request?: Request) => Promise<Reply>;

/** Everything that is refused about MLS groups, but for want of room. */
export async function askOfGroup(
  ask: Ask,
  { ada, grace, eve }: Readonly<Record<'ada' | 'grace' | 'eve', TestUser>>,
): Promise<void> {
  const group = await MlsGroup.with(ada, grace);
  const path = `/conversations/${group.id}`;
  const commit = async (by: TestUser, doing: Doing): Promise<unknown> =>
    ask(by, 'POST', `${path}/commits`, { body: group.request(by, doing) });
  await commit(eve, {});
  await commit(grace, {});
  await commit(ada, { add: [eve] });
  await commit(ada, { at: { generation: 1, epoch: 9 } });
  await commit(ada, { add: [eve], joining: [grace] });
  await commit(ada, { roles: [{ accountId: ada.accountId, role: 'admin' }] });
  const used = group.request(ada);
  await ask(ada, 'POST', `${path}/commits`, { body: used });
  await ask(grace, 'POST', `${path}/commits`, { body: group.request(grace, { id: used.id }) });
  const members = [eve.username];
  await ask(ada, 'POST', `${path}/members`, { body: { members } });
  await ask(ada, 'DELETE', `${path}/members`, { body: { members: [grace.username] } });
  await ask(ada, 'PUT', `${path}/members/${grace.username}/role`, { body: { role: 'admin' } });
  const groupInfoAt = (epoch: number): { body: unknown } => ({
    body: { groupInfo: group.request(ada, { at: { generation: 1, epoch } }).groupInfo },
  });
  await ask(eve, 'GET', `${path}/group-info`);
  await ask(eve, 'PUT', `${path}/group-info`, groupInfoAt(2));
  await ask(ada, 'PUT', `${path}/group-info`, groupInfoAt(9));
  await ask(await ada.onNewDevice(), 'PUT', `${path}/group-info`, groupInfoAt(2));
  await ask(ada, 'PUT', `${path}/group-info`, { body: { groupInfo: 'AAAA' } });
  await ask(ada, 'DELETE', `/welcomes/${v7()}`);
  const send = async (by: TestUser, epoch: number): Promise<unknown> =>
    ask(by, 'POST', `${path}/messages`, { body: group.message(by, { generation: 1, epoch }) });
  await send(ada, 9);
  await send(await ada.onNewDevice(), 3);
  await grace.request('POST', `${path}/leave`);
  await send(ada, 3);
  await commit(ada, { add: [await ada.onNewDevice()], at: { generation: 1, epoch: 3 } });
}

/** Where a conversation has room for two, and an account for one conversation. */
export async function askOfFullGroup(ask: Ask, at: TestRelay): Promise<void> {
  const [owner, second, third] = await people(at, 3);
  const group = await MlsGroup.with(owner, second);
  const path = `/conversations/${group.id}/commits`;
  await ask(owner, 'POST', path, { at, body: group.request(owner, { add: [third], joining: [third] }) });
  const other = await MlsGroup.of(third);
  const adding = other.request(third, { add: [second], joining: [second] });
  await ask(third, 'POST', `/conversations/${other.id}/commits`, { at, body: adding });
}
