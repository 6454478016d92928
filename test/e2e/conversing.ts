import { type Reply, type TestRelay, TestUser } from '#testing';

/** An entry as the database has it. */
export interface StoredEntry {
  readonly seq: number;
  readonly kind: number;
  readonly sender: string | null;
  readonly change: Record<string, unknown>;
}

export const startDirect = (user: TestUser, other: TestUser): Promise<Reply> =>
  user.request('POST', '/conversations', { kind: 'direct', with: other.username });

export const add = (user: TestUser, id: string, ...members: TestUser[]): Promise<Reply> =>
  user.request('POST', `/conversations/${id}/members`, { members: names(members) });

export const remove = (user: TestUser, id: string, ...members: TestUser[]): Promise<Reply> =>
  user.request('DELETE', `/conversations/${id}/members`, { members: names(members) });

export const leave = (user: TestUser, id: string): Promise<Reply> => user.request('POST', `/conversations/${id}/leave`);

export const accept = (user: TestUser, id: string): Promise<Reply> =>
  user.request('POST', `/conversations/${id}/accept`);

export const giveRole = (user: TestUser, id: string, member: TestUser, role: string): Promise<Reply> =>
  user.request('PUT', `/conversations/${id}/members/${member.username}/role`, { role });

export async function view(user: TestUser, id: string): Promise<Reply['body']> {
  return (await user.request('GET', `/conversations/${id}`)).body;
}

export async function listed(user: TestUser): Promise<{ id: string; state: string }[]> {
  const { body } = await user.request('GET', '/conversations?limit=200');
  return body.items;
}

export async function rolesOf(user: TestUser, id: string): Promise<Record<string, string>> {
  const { members } = (await view(user, id)) as { members: { username: string; role: string }[] };
  return Object.fromEntries(members.map(({ username, role }) => [username, role]));
}

/** Somebody whom only contacts reach without asking. */
export async function reserved(relay: TestRelay): Promise<TestUser> {
  const user = await TestUser.register(relay);
  await user.request('PATCH', '/auth/me', { privacy: 'contacts' });
  return user;
}

export async function logOf(relay: TestRelay, id: string): Promise<StoredEntry[]> {
  const rows = await relay.query<{ seq: string; kind: number; sender: string | null; body: Buffer }>(
    'SELECT seq, kind, sender_account AS sender, body FROM entries WHERE conversation_id = $1 ORDER BY seq',
    [id],
  );
  return rows.map(({ seq, kind, sender, body }) => ({
    seq: Number(seq),
    kind,
    sender,
    change: kind === 1 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {},
  }));
}

/** What the devices of a user were told about a conversation. */
export async function changesOf(relay: TestRelay, user: TestUser, subject: string): Promise<string[]> {
  const rows = await relay.query<{ what: string }>(
    'SELECT what FROM account_changes WHERE account_id = $1 AND subject = $2',
    [user.accountId, subject],
  );
  return rows.map(({ what }) => what);
}

export const names = (users: readonly TestUser[]): string[] => users.map(({ username }) => username);
