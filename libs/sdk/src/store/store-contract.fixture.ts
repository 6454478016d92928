import {
  type Batch,
  everyRow,
  type Put,
  type Row,
  sortableNumber,
  startingWith,
  type Store,
  STORE_LIMITS,
} from './store.js';

/**
 * What every store promises. It stands on nothing of a test runner, because one of the stores runs in a browser.
 */

export interface StoreBench {
  /** The same place each time: what was written is there again. */
  open(): Promise<Store>;
}

export const storePromises: Readonly<Record<string, (bench: StoreBench) => Promise<void>>> = {
  'has nothing at first': async (bench) => {
    const store = await bench.open();
    same(await store.get('messages', 'a'), undefined);
    same(await store.scan('messages'), []);
  },

  'gives back what was written, from its own table only, and after it was opened again': async (bench) => {
    const store = await bench.open();
    await store.write({ put: [row('messages', 'a', 1, 'one'), row('groups', 'a', 1, 'two')] });
    same(await texts(store, 'messages'), ['a=one v1']);
    await store.close();
    const again = await bench.open();
    same(await texts(again, 'messages'), ['a=one v1']);
    same(await texts(again, 'groups'), ['a=two v1']);
    same(await texts(again, 'peers'), []);
  },

  'keeps every byte, also of an empty value': async (bench) => {
    const store = await bench.open();
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const put = [
      { table: 'groups', key: 'all', version: 1, value: bytes } as const,
      { table: 'groups', key: 'none', version: 1, value: new Uint8Array() } as const,
    ];
    await store.write({ put });
    same([...((await store.get('groups', 'all'))?.value ?? [])], [...bytes]);
    same((await store.get('groups', 'none'))?.value.length, 0);
  },

  'is not changed by who changes what was given or taken': async (bench) => {
    const store = await bench.open();
    const given = row('groups', 'a', 1, 'state');
    await store.write({ put: [given] });
    given.value.fill(0);
    (await store.get('groups', 'a'))?.value.fill(0);
    same(await texts(store, 'groups'), ['a=state v1']);
  },

  'scans in the order of keys, from, to, backwards, and so many': async (bench) => {
    const store = await bench.open();
    const keys = ['b/2', 'a', 'b/10', 'c', 'B', 'b', 'b/1', 'b~', ' ', '~'];
    await store.write({ put: keys.map((key) => row('messages', key, 1, '')) });
    const found = async (range?: Parameters<Store['scan']>[1]) =>
      (await store.scan('messages', range)).map(({ key }) => key);
    same(await found(), [' ', 'B', 'a', 'b', 'b/1', 'b/10', 'b/2', 'b~', 'c', '~']);
    same(await found({ from: 'b', to: 'b/2' }), ['b', 'b/1', 'b/10']);
    same(await found({ from: 'b', reverse: true, limit: 3 }), ['~', 'c', 'b~']);
    same(await found({ to: 'b', reverse: true, limit: 2 }), ['a', 'B']);
    same(await found(startingWith('b/')), ['b/1', 'b/10', 'b/2']);
    same(await found({ limit: 1 }), [' ']);
    same(await found({ from: 'c', to: 'a' }), []);
    same(await found({ from: 'x', to: 'x' }), []);
  },

  'gives every row of a range, page by page, in both directions': async (bench) => {
    const store = await bench.open();
    const keys = ['b', 'b ', 'b  ', 'b!', 'b/1', 'b/2', 'b/3', 'c'];
    await store.write({ put: ['a', ...keys, 'd'].map((key) => row('messages', key, 1, '')) });
    for (const reverse of [false, true]) {
      const found: string[] = [];
      const range = { from: 'b', to: 'd', limit: 2, reverse };
      for await (const { key } of everyRow((page) => store.scan('messages', page), range)) found.push(key);
      same(found, reverse ? keys.toReversed() : keys);
    }
  },

  'takes a key of full length, and starts behind it': async (bench) => {
    const store = await bench.open();
    const key = '~'.repeat(STORE_LIMITS.keyChars);
    await store.write({ put: [row('messages', key, 1, '')] });
    same((await store.scan('messages', startingWith(key))).length, 1);
    same(await store.scan('messages', { from: `${key} ` }), []);
  },

  'has numbers in their order': async (bench) => {
    const store = await bench.open();
    const numbers = [2, 10, 1, Number.MAX_SAFE_INTEGER, 0, 99];
    await store.write({ put: numbers.map((number) => row('messages', `c/${sortableNumber(number)}`, 1, `${number}`)) });
    const found = await store.scan('messages', startingWith('c/'));
    same(
      found.map(({ value }) => text(value)),
      ['0', '1', '2', '10', '99', `${Number.MAX_SAFE_INTEGER}`],
    );
  },

  'refuses a put that is not one version after what stands': async (bench) => {
    const store = await bench.open();
    await refuses(store, { put: [row('groups', 'a', 2, 'x')] }, 'store_conflict');
    await store.write({ put: [row('groups', 'a', 1, 'one')] });
    await store.write({ put: [row('groups', 'a', 2, 'two')] });
    for (const version of [1, 2, 4])
      await refuses(store, { put: [row('groups', 'a', version, 'x')] }, 'store_conflict');
    same(await texts(store, 'groups'), ['a=two v2']);
  },

  'writes nothing of a batch of which one expectation fails': async (bench) => {
    const store = await bench.open();
    await store.write({ put: [row('groups', 'a', 1, 'one'), row('peers', 'p', 1, 'peer')] });
    const rest: Batch = {
      put: [row('messages', 'm', 1, 'x'), row('groups', 'a', 2, 'x')],
      delete: [{ table: 'peers', key: 'p' }],
    };
    for (const expect of [
      [{ table: 'outbox', key: 'o', version: 1 } as const],
      [{ table: 'peers', key: 'p', version: 0 } as const],
      [{ table: 'peers', key: 'p', version: 2 } as const],
    ])
      await refuses(store, { ...rest, expect }, 'store_conflict');
    await refuses(store, { ...rest, put: [...(rest.put ?? []), row('outbox', 'o', 2, 'x')] }, 'store_conflict');
    same(await texts(store, 'groups'), ['a=one v1']);
    same(await texts(store, 'peers'), ['p=peer v1']);
    same([...(await texts(store, 'messages')), ...(await texts(store, 'outbox'))], []);
    await store.write({ ...rest, expect: [{ table: 'peers', key: 'p', version: 1 }] });
    same(await texts(store, 'groups'), ['a=x v2']);
    same(await texts(store, 'peers'), []);
    same(await texts(store, 'messages'), ['m=x v1']);
  },

  'lets one of many writers of the same version win': async (bench) => {
    const store = await bench.open();
    const writers = Array.from({ length: 20 }, (_, n) =>
      store.write({ put: [row('groups', 'a', 1, `${n}`), row('messages', `${n}`, 1, '')] }),
    );
    const outcomes = await Promise.allSettled(writers);
    same(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    same(await texts(store, 'groups'), [`a=${winner} v1`]);
    same(await texts(store, 'messages'), [`${winner}= v1`]);
  },

  'counts a row that was deleted from 1 again, and deletes what is not there': async (bench) => {
    const store = await bench.open();
    await store.write({ put: [row('peers', 'p', 1, 'one')] });
    await store.write({
      delete: [
        { table: 'peers', key: 'p' },
        { table: 'peers', key: 'q' },
      ],
    });
    same(await store.get('peers', 'p'), undefined);
    await store.write({ put: [row('peers', 'p', 1, 'two')] });
    same(await texts(store, 'peers'), ['p=two v1']);
    await store.write({});
  },

  'refuses what is out of bounds, whole': async (bench) => {
    const store = await bench.open();
    const good = row('messages', 'm', 1, 'x');
    const wrong: Batch[] = [
      ...['', 'a'.repeat(STORE_LIMITS.keyChars + 1), 'é', 'a\n', '\u007f'].map((key) => ({
        put: [row('peers', key, 1, '')],
      })),
      ...[0, -1, 1.5, Number.NaN, 2 ** 53 + 2].map((version) => ({ put: [row('peers', 'p', version, '')] })),
      { put: [{ ...good, value: new Uint8Array(STORE_LIMITS.valueBytes + 1) }] },
      { put: [row('peers', 'p', 1, ''), row('peers', 'p', 1, '')] },
      { put: [row('peers', 'p', 1, '')], delete: [{ table: 'peers', key: 'p' }] },
      { expect: [{ table: 'peers', key: 'p', version: -1 }] },
      { delete: Array.from({ length: STORE_LIMITS.batchRows + 1 }, (_, n) => ({ table: 'peers', key: `${n}` })) },
    ];
    for (const batch of wrong)
      await refuses(store, { ...batch, put: [good, ...(batch.put ?? [])] }, 'store_out_of_bounds');
    same(await store.scan('messages'), []);
    same(await codeOf(store.get('peers', '')), 'store_out_of_bounds');
    for (const range of [{ limit: 0 }, { limit: STORE_LIMITS.scanRows + 1 }, { from: 'é' }, { to: '\u0000' }])
      same(await codeOf(store.scan('peers', range)), 'store_out_of_bounds');
  },

  'has one writer, until it is closed': async (bench) => {
    const store = await bench.open();
    await store.write({ put: [row('groups', 'a', 1, 'one')] });
    for (let n = 0; n < 3; n++) same(await codeOf(bench.open()), 'store_in_use');
    await store.write({ put: [row('groups', 'a', 2, 'two')] });
    await store.close();
    same(await texts(await bench.open(), 'groups'), ['a=two v2']);
  },

  'does nothing once it is closed': async (bench) => {
    const store = await bench.open();
    await store.close();
    await store.close();
    const next = await bench.open();
    same(await codeOf(store.get('groups', 'a')), 'store_closed');
    same(await codeOf(store.scan('groups')), 'store_closed');
    await refuses(store, { put: [row('groups', 'a', 1, 'x')] }, 'store_closed');
    same(await next.scan('groups'), []);
  },

  'has nothing left when it was destroyed': async (bench) => {
    const store = await bench.open();
    await store.write({ put: [row('groups', 'a', 1, 'one'), row('messages', 'm', 1, 'one')] });
    await store.destroy();
    same(await codeOf(store.get('groups', 'a')), 'store_closed');
    const next = await bench.open();
    same([...(await next.scan('groups')), ...(await next.scan('messages'))], []);
  },
};

const utf8 = new TextEncoder();

export function row(table: Put['table'], key: string, version: number, value: string): Put {
  return { table, key, version, value: utf8.encode(value) };
}

export async function codeOf(outcome: Promise<unknown>): Promise<unknown> {
  try {
    await outcome;
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
  }
  return 'not refused';
}

function text(value: Row['value']): string {
  return new TextDecoder().decode(value);
}

async function texts(store: Store, table: Put['table']): Promise<string[]> {
  return (await store.scan(table)).map(({ key, version, value }) => `${key}=${text(value)} v${version}`);
}

async function refuses(store: Store, batch: Batch, code: string): Promise<void> {
  same(await codeOf(store.write(batch)), code);
}

function same(actual: unknown, expected: unknown): void {
  const [is, should] = [actual, expected].map((value) => JSON.stringify([value]));
  if (is !== should) throw new Error(`it is ${is}, and should be ${should}`);
}
