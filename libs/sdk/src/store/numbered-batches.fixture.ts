import { row } from './store-contract.fixture.js';
import { type Batch, everyRow, sortableNumber, type Store } from './store.js';

/** What a device writes at each message: the state of the group, how far it has read, the message; and one waits no longer. */
export function batchOf(n: number): Batch {
  return {
    put: [
      row('groups', 'g', n, `${n} `.repeat(n % 2_000)),
      row('conversations', 'c', n, `${n}`),
      row('messages', sortableNumber(n), 1, `message ${n}`),
      row('outbox', sortableNumber(n), 1, `${n}`),
    ],
    delete: [{ table: 'outbox', key: sortableNumber(n - 1) }],
  };
}

/** How many batches have landed. Nothing is to be half: otherwise it says what is. */
export async function landedBatches(store: Store): Promise<number | string> {
  const [state, cursor] = await Promise.all([store.get('groups', 'g'), store.get('conversations', 'c')]);
  const { version: landed = 0 } = state ?? {};
  const [last] = await store.scan('messages', { reverse: true, limit: 1 });
  const waiting = await store.scan('outbox');
  const isWhole =
    (cursor?.version ?? 0) === landed &&
    last?.key === (landed === 0 ? undefined : sortableNumber(landed)) &&
    waiting.map(({ key }) => key).join() === (landed === 0 ? '' : sortableNumber(landed)) &&
    (await countOf(store, 'messages')) === landed;
  return isWhole ? landed : `half written around ${landed}`;
}

async function countOf(store: Store, table: 'messages'): Promise<number> {
  const keys = new Set<string>();
  for await (const { key } of everyRow((range) => store.scan(table, range))) keys.add(key);
  return keys.size;
}
