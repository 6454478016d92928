import { everyRow, sortableNumber, type Store } from '#sdk';
import { IndexedDbStore } from '#sdk/browser';
import { codeOf, row } from '../../../libs/sdk/src/store/store-contract.fixture.js';

/** One device, in each tab that opens it. */
const NAME = 'one device';

let store: Store | undefined;
let writing: Promise<{ readonly written: number[]; readonly code: unknown }> | undefined;

function open(): Store {
  if (store === undefined) throw new Error('this tab has no store');
  return store;
}

/** The next state of the group, and the message that made it. */
async function writeNext(tab: string): Promise<number> {
  const version = ((await open().get('groups', 'g'))?.version ?? 0) + 1;
  await open().write({ put: [row('groups', 'g', version, tab), row('messages', sortableNumber(version), 1, tab)] });
  return version;
}

async function writeUntilRefused(tab: string): Promise<{ written: number[]; code: unknown }> {
  const written: number[] = [];
  for (;;) {
    const next = writeNext(tab);
    const refusal = await next.then(
      () => undefined,
      () => codeOf(next),
    );
    if (refusal !== undefined) return { written, code: refusal };
    written.push(await next);
  }
}

export const twoTabs = {
  take: async ({ steal }: { readonly steal: boolean }) => {
    const opened = IndexedDbStore.open(NAME, { steal });
    return opened.then(
      (taken) => {
        store = taken;
        return 'taken';
      },
      () => codeOf(opened),
    );
  },

  write: async ({ tab }: { readonly tab: string }) => {
    const written = writeNext(tab);
    return written.catch(() => codeOf(written));
  },

  startWriting: ({ tab }: { readonly tab: string }) => {
    writing = writeUntilRefused(tab);
  },

  whatWasWritten: () => writing,

  release: () => open().close(),

  /** By whom each message is, in order, and which state stands. */
  history: async () => {
    const rows: string[] = [];
    for await (const { value } of everyRow((range) => open().scan('messages', range)))
      rows.push(new TextDecoder().decode(value));
    return { rows, version: (await open().get('groups', 'g'))?.version };
  },
};
