import { openDB } from 'idb';
import { compactCodec, RecordKind, SealedStore } from '#sdk';
import { IndexedDbStore } from '#sdk/browser';
import { codeOf } from '../../../libs/sdk/src/store/store-contract.fixture.js';
import { addHopsToCrypto } from './crypto-hops.js';

const wrapping = { accountId: 'ada', deviceId: 'phone', wrapKey: new Uint8Array(32).fill(7) };
const anything = compactCodec((stored) => stored);
const GROUPS = new RecordKind('groups', anything);
const CURSORS = new RecordKind('conversations', anything);
const MESSAGES = new RecordKind('messages', anything);

/** What a device writes before it acknowledges: the state of the group, how far it has read, and the message. */
const received = (replaces: number) => [
  GROUPS.put('c', { epoch: replaces + 1 }, replaces),
  CURSORS.put('c', { seq: replaces + 1 }, replaces),
  MESSAGES.put(`c/${replaces + 1}`, { text: 'hello' }),
];

/** Versions of the state and the cursor, and how many messages there are: alike, or something is half. */
async function standing(sealed: SealedStore): Promise<number[]> {
  const [state, cursor] = await Promise.all([sealed.get(GROUPS, 'c'), sealed.get(CURSORS, 'c')]);
  return [state?.version ?? 0, cursor?.version ?? 0, (await sealed.scan(MESSAGES)).length];
}

async function within<T>(name: string, use: (sealed: SealedStore) => Promise<T>): Promise<T> {
  const sealed = await SealedStore.open(await IndexedDbStore.open(name), wrapping);
  try {
    return await use(sealed);
  } finally {
    await sealed.close();
  }
}

/** The n-th request of a transaction goes wrong, in the way that requests do. */
function failAt(request: number, how: 'throws' | 'aborts'): () => void {
  const { put } = IDBObjectStore.prototype;
  let count = 0;
  IDBObjectStore.prototype.put = function (...given) {
    if (++count !== request) return put.apply(this, given);
    if (how === 'throws') throw new DOMException('as if it could not be cloned', 'DataCloneError');
    const last = put.apply(this, given);
    this.transaction.abort();
    return last;
  };
  return () => void (IDBObjectStore.prototype.put = put);
}

export const writeOrder = {
  addHopsToCrypto,

  writesTogether: () =>
    within('together', async (sealed) => {
      await sealed.write({ put: received(0) });
      await sealed.write({ put: received(1) });
      return standing(sealed);
    }),

  stillStandsTogether: () => within('together', standing),

  refusesTogether: () =>
    within('refused', async (sealed) => {
      await sealed.write({ put: received(0) });
      const [state, cursor, message] = received(1);
      const stale = CURSORS.put('c', { seq: 9 }, 5);
      const codes = [
        await codeOf(sealed.write({ put: [state!, stale, message!] })),
        await codeOf(sealed.write({ put: [state!, cursor!, ...received(0).slice(2)] })),
      ];
      return { codes, standing: await standing(sealed) };
    }),

  failsTogether: ({ request, how }: { readonly request: number; readonly how: 'throws' | 'aborts' }) =>
    within(`failed ${how} ${request}`, async (sealed) => {
      await sealed.write({ put: received(0) });
      const repair = failAt(request, how);
      const code = await codeOf(sealed.write({ put: received(1) }));
      repair();
      const before = await standing(sealed);
      await sealed.write({ put: received(1) });
      return { code, before, after: await standing(sealed) };
    }),

  /** What must not be done: seal inside the transaction. */
  sealsInside: async () => {
    const database = await openDB('wrong order', 1, {
      upgrade: (upgraded) => ['state', 'message'].forEach((table) => upgraded.createObjectStore(table)),
    });
    const key = await crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', false, ['encrypt']);
    const transaction = database.transaction(['state', 'message'], 'readwrite');
    const failure = await (async () => {
      await transaction.objectStore('state').put('state', 'c');
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: new Uint8Array(12) }, key, new Uint8Array(9));
      await transaction.objectStore('message').put(sealed, 'c');
      await transaction.done;
    })().catch((error: unknown) => (error instanceof DOMException ? error.name : String(error)));
    return {
      failure: failure ?? 'none',
      state: (await database.count('state')) === 1,
      message: (await database.count('message')) === 1,
    };
  },
};
