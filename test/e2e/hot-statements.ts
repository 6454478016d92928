import type { TestUser } from '#testing';
import type { KeyedStatement } from './shard-keys.js';
import type { Statement } from './sharding.js';

/** Whatever runs with each message, each read of a log, each sync or each mark: the one list, which docs/scaling.md shows. */
export const HOT_STATEMENTS: readonly KeyedStatement[] = [
  { name: 'append', key: 'conversation_id', reach: 'one shard', is: /FROM append_to_conversation\(/ },
  { name: 'who receives', key: 'conversation_id', reach: 'one shard', is: /SELECT c\.roster_seq, m\.account_id/ },
  { name: 'page: entries', key: 'conversation_id', reach: 'one shard', is: /FROM entries WHERE conversation_id = \$1/ },
  { name: 'page: gaps', key: 'conversation_id', reach: 'one shard', is: /FROM gaps WHERE conversation_id = \$1/ },
  { name: 'page: names of senders', key: 'id', reach: 'coordinator', is: /^SELECT id, username FROM accounts/ },
  { name: 'mark: members and stored marks', key: 'conversation_id', reach: 'one shard', is: /INSERT INTO receipts/ },
  { name: 'mark: whose messages', key: 'conversation_id', reach: 'one shard', is: /SELECT m\.account_id AS sender/ },
  { name: 'mark: account changes', key: 'account_id', reach: 'coordinator', is: /FROM note_changes\(/ },
  { name: 'sync: changes', key: 'account_id', reach: 'coordinator', is: /FROM account_changes WHERE account_id = \$1/ },
  { name: 'sync: welcomes', key: 'device_id', reach: 'coordinator', is: /FROM welcome_recipients/ },
  { name: 'sync: incarnation', key: 'none', reach: 'coordinator', is: /SELECT incarnation FROM relay/ },
  { name: 'sync: cursors', key: 'conversation_id', reach: 'all shards', is: /INSERT INTO cursors/ },
  {
    name: 'sync: stays and heads',
    key: 'account_id',
    reach: 'all shards',
    is: /SELECT m\.conversation_id, m\.joined_seq/,
  },
  {
    name: 'sync: marks of conversations',
    key: 'conversation_id',
    reach: 'all shards',
    is: /SELECT DISTINCT ON \(conversation_id/,
  },
  { name: 'session', key: 'id', reach: 'coordinator', is: /FROM sessions s JOIN/ },
];

export function hotStatement({ text }: Statement): KeyedStatement | undefined {
  return HOT_STATEMENTS.find(({ is }) => is.test(text));
}

/** Sends into two logs, reads one, marks it, and syncs both. */
export async function sendReadAndSync(ada: TestUser, bob: TestUser, [first, second]: [string, string]): Promise<void> {
  const sent = await ada.send(first, 'hello');
  await ada.send(second, 'hello');
  await bob.request('GET', `/conversations/${first}/messages`);
  await bob.request('PUT', `/conversations/${first}/receipts`, { delivered: sent.body.seq });
  const { body } = await ada.request('POST', '/sync', { revision: 0, cursors: {} });
  const cursors = { [first]: 1, [second]: 1 };
  await ada.request('POST', '/sync', { revision: 0, cursors, incarnation: body.incarnation });
}
