import type { Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';

/** What people agree on: by default, to keep everything. */
export interface Wish {
  readonly id?: string;
  readonly expireAfter?: unknown;
  readonly afterDelivery?: unknown;
}

export function agree(user: TestUser, conversationId: string, wish: Wish): Promise<Reply> {
  const body = { id: v7(), expireAfter: null, afterDelivery: false, ...wish };
  return user.request('PUT', `/conversations/${conversationId}/retention`, body);
}

export function sweep(relay: TestRelay): Promise<void> {
  return relay.part(Janitor).sweep();
}

interface Item {
  readonly seq?: number;
  readonly kind?: string;
  readonly gap?: { readonly from: number; readonly to: number; readonly reason: string };
}

/** A log as its reader is shown it: positions of messages, other kinds by their name, and gaps. */
export async function shown(user: TestUser, conversationId: string): Promise<unknown[]> {
  const { body } = await user.request('GET', `/conversations/${conversationId}/messages?after=0`);
  return (body.items as Item[]).map(({ seq, kind, gap }) => {
    if (gap !== undefined) return [gap.from, gap.to, gap.reason];
    return kind === 'message' ? seq : kind;
  });
}

/** A device says that it has stored everything of a conversation up to a position, as a client does by its next sync. */
export async function stores(user: TestUser, conversationId: string, upTo: number): Promise<void> {
  const first = await user.request('POST', '/sync', { revision: 0, cursors: {} });
  const { incarnation } = first.body as { incarnation: string };
  const cursors = { [conversationId]: upTo };
  const { status } = await user.request('POST', '/sync', { revision: 0, incarnation, cursors });
  if (status !== 200) throw new Error(`the sync answered ${String(status)}`);
}
