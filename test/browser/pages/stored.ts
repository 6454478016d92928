/** Everything that a browser has stored for a page's site, each byte as a character: what is searched must not be encoded anew. */
export async function everythingStored(): Promise<string> {
  const lines: string[] = [];
  for (const { name = '' } of await indexedDB.databases()) lines.push(...(await linesOfDatabase(name)));
  for (const storage of [localStorage, sessionStorage])
    lines.push(...Object.entries(storage).map(([key, value]) => `${key} ${asText(value)}`));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      lines.push(`${name} ${request.url}`, asText(await (await cache.match(request))?.arrayBuffer()));
  }
  return lines.join('\n');
}

async function linesOfDatabase(name: string): Promise<string[]> {
  const database = await answer(indexedDB.open(name));
  const lines: string[] = [];
  for (const table of database.objectStoreNames) {
    const store = database.transaction(table).objectStore(table);
    const [keys, rows] = await Promise.all([answer(store.getAllKeys()), answer<unknown[]>(store.getAll())]);
    lines.push(`${name} ${table}`, ...keys.map(asText), ...rows.map(asText));
  }
  database.close();
  return lines;
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(new Error('the database cannot be read', { cause: request.error }));
  });
}

function asText(value: unknown): string {
  if (value instanceof CryptoKey) return `CryptoKey ${value.type} ${value.extractable ? 'extractable' : 'kept'}`;
  if (value instanceof ArrayBuffer) return asText(new Uint8Array(value));
  if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  }
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, one]) => `${name} ${asText(one)}`)
      .join('\n');
  return asText(new TextEncoder().encode(String(value)));
}

/** What a site has stored, by its names alone. */
export async function placesStored(): Promise<string[]> {
  const databases = await indexedDB.databases();
  const registrations = await navigator.serviceWorker.getRegistrations();
  return [
    ...databases.map(({ name = '' }) => `database ${name}`),
    ...Object.keys(localStorage).map((key) => `local ${key}`),
    ...Object.keys(sessionStorage).map((key) => `session ${key}`),
    ...(await caches.keys()).map((name) => `cache ${name}`),
    ...registrations.map(({ scope }) => `service worker ${scope}`),
  ];
}

/** Of each cache its files, and the policies that they came with. */
export async function cachedFiles(): Promise<Record<string, Record<string, string>>> {
  const all: Record<string, Record<string, string>> = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    const files: Record<string, string> = {};
    for (const request of await cache.keys()) {
      const kept = await cache.match(request);
      files[new URL(request.url).pathname] = kept?.headers.get('content-security-policy') ?? 'none';
    }
    all[name] = files;
  }
  return all;
}
