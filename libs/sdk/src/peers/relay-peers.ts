import type { ApiClient, components } from '#api-client';
import { decodeBase64Url } from '#crypto';
import { LIMITS } from '#protocol';
import { PEER_LIMITS, type PeerSource, type ServedKey, type ServedList } from './peer-source.js';
import { PeerError } from './peers.errors.js';

type KeyPage = components['schemas']['KeyHistoryDto'];

/**
 * Asks a relay about people, over HTTP.
 *
 * ```ts
 * const relay = relayPeers(createApiClient('https://relay.example', { headers: { authorization: `Bearer ${token}` } }));
 * ```
 *
 * Its methods throw {@link PeerError} `relay_refused`, `malformed` or `too_large`, and what `fetch` throws.
 */
export function relayPeers(api: ApiClient): PeerSource {
  return {
    identityHistory: (username) => identityHistory(api, username),
    devices: (username) => devices(api, username),
  };
}

async function identityHistory(api: ApiClient, username: string): Promise<ServedKey[]> {
  const keys: ServedKey[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: KeyPage = await keyPage(api, username, cursor);
    keys.push(...page.items.map(servedKey));
    if (keys.length > PEER_LIMITS.identityKeys || (page.items.length === 0 && page.nextCursor !== null))
      throw new PeerError('too_large', 'The relay gives a history without end.');
    cursor = page.nextCursor;
  }
  return keys;
}

async function keyPage(api: ApiClient, username: string, cursor: string | undefined): Promise<KeyPage> {
  const query = { limit: LIMITS.pageItems, ...(cursor === undefined ? {} : { cursor }) };
  const { data, error, response } = await api.GET('/v1/keys/{username}/history', {
    params: { path: { username }, query },
  });
  if (data !== undefined) return data;
  // No such person, and none with a key, are one answer.
  if (response.status === NOT_FOUND) return { items: [], nextCursor: null };
  throw refused(error);
}

async function devices(api: ApiClient, username: string): Promise<ServedList | null> {
  const { data, error, response } = await api.GET('/v1/users/{username}/devices', { params: { path: { username } } });
  if (data === undefined && response.status !== NOT_FOUND) throw refused(error);
  const list = data?.list ?? null;
  return list && { body: bytesOf(list.body), signature: bytesOf(list.signature) };
}

const NOT_FOUND = 404;

function servedKey(key: KeyPage['items'][number]): ServedKey {
  const { accountId, version, algorithm, signature } = key;
  return {
    accountId,
    version,
    algorithm,
    publicKey: bytesOf(key.publicKey),
    prevHash: bytesOf(key.prevHash),
    signature: signature === null ? null : bytesOf(signature),
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    return decodeBase64Url(text);
  } catch (cause) {
    throw new PeerError('malformed', 'The relay has not answered with base64url.', { cause });
  }
}

function refused(problem: unknown): PeerError {
  return new PeerError('relay_refused', 'The relay has refused to answer.', { cause: problem });
}
