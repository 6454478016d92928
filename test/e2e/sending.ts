import { draftOf, type Reply, type TestSocket, type TestUser, until } from '#testing';

export type Draft = ReturnType<typeof draftOf>;

/** Where a message ended up, however often it had to be sent. */
export interface Placed {
  readonly id: string;
  readonly seq: number;
}

/** Messages with numbered texts. */
export function draftsOf(count: number, text = 'message'): Draft[] {
  return Array.from({ length: count }, (_none, index) => draftOf(`${text} ${index}`));
}

/** Sends over HTTP until it is acknowledged, as a client does that lost the connection: with the same id each time. */
export async function sendUntilPlaced(user: TestUser, conversationId: string, draft: Draft): Promise<Placed> {
  const path = `/conversations/${conversationId}/messages`;
  const reply = await until(async () => {
    const tried = await user.request('POST', path, draft).catch(() => undefined);
    return tried?.status === 201 ? tried : undefined;
  }, 'the message was acknowledged');
  return placedOf(reply);
}

/** Sends many over one socket at once, and waits for all acknowledgements. */
export async function sendBurst(
  socket: TestSocket,
  conversationId: string,
  drafts: readonly Draft[],
): Promise<Placed[]> {
  const replies = await Promise.all(drafts.map((draft) => socket.emit('message:send', { conversationId, ...draft })));
  return replies.map((reply, index) => {
    if (!reply.ok) throw new Error(`message ${index} was refused: ${JSON.stringify(reply.error)}`);
    return { id: String(reply.id), seq: Number(reply.seq) };
  });
}

/** Everything that was pushed so far has arrived once a later push has. */
export async function sentinel(from: TestUser, to: TestUser, listener: TestSocket): Promise<void> {
  const draft = draftOf('sentinel');
  await from.request('POST', '/messages', { ...draft, to: to.username });
  await until(() => listener.payloads<{ id: string }>('entry').some(({ id }) => id === draft.id), 'the sentinel came');
}

/** Makes a group of its owner and the others. */
export async function groupOf(owner: TestUser, others: readonly TestUser[]): Promise<string> {
  const reply = await owner.request('POST', '/conversations', {
    kind: 'group',
    members: others.map(({ username }) => username),
  });
  if (reply.status !== 201) throw new Error(`making a group answered ${reply.status}: ${JSON.stringify(reply.body)}`);
  return (reply.body as { id: string }).id;
}

function placedOf({ body }: Reply): Placed {
  return { id: (body as Placed).id, seq: (body as Placed).seq };
}
