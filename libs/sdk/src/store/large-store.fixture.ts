import { compactCodec } from './codec.js';
import { RecordKind, SealedStore } from './sealed-store.js';
import { everyRow, sortableNumber, startingWith, type Store } from './store.js';

const CONVERSATIONS = 100;
const MESSAGES_EACH = 100;

const anything = compactCodec((stored) => stored);
const conversations = new RecordKind('conversations', anything);
const messages = new RecordKind('messages', anything);

const wrapping = { accountId: 'ada', deviceId: 'phone', wrapKey: new Uint8Array(32).fill(7) };

const messageIn = (conversation: number, seq: number) => ({
  id: crypto.randomUUID(),
  seq,
  senderId: crypto.randomUUID(),
  deviceId: crypto.randomUUID(),
  at: 1_796_000_000_000 + seq,
  text: `Message ${seq} of conversation ${conversation}, about as long as people write to each other when they are in no hurry.`,
  receipts: { delivered: seq, read: seq - 1 },
});

/** A device that is no longer new: 10,000 messages in 100 conversations. */
export async function fillLargeStore(store: Store): Promise<void> {
  const sealed = await SealedStore.open(store, wrapping);
  for (let n = 0; n < CONVERSATIONS; n++) {
    const sent = Array.from({ length: MESSAGES_EACH }, (_, index) => messageIn(n, index + 1));
    await sealed.write({
      put: [
        conversations.put(sortableNumber(n), { title: `Conversation ${n}`, seq: MESSAGES_EACH, last: sent.at(-1) }),
        ...sent.map((message) => messages.put(`${sortableNumber(n)}/${sortableNumber(message.seq)}`, message)),
      ],
    });
  }
  await sealed.close();
}

/** As an application does when it starts, timed in milliseconds. */
export async function startOnLargeStore(open: () => Promise<Store>) {
  const startedAt = performance.now();
  const sealed = await SealedStore.open(await open(), wrapping);
  const listed = await sealed.scan(conversations);
  const newest = await sealed.scan(messages, { ...startingWith(sortableNumber(7)), reverse: true, limit: 50 });
  const startMs = performance.now() - startedAt;
  const all = await countAll(sealed);
  const allMs = performance.now() - startedAt;
  await sealed.close();
  return { conversations: listed.length, newest: newest.length, messages: all, startMs, allMs };
}

async function countAll(sealed: SealedStore): Promise<number> {
  const keys = new Set<string>();
  for await (const { key } of everyRow((range) => sealed.scan(messages, range))) keys.add(key);
  return keys.size;
}
