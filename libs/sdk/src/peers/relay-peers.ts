import type { components } from '#api-client';
import { decodeBase64Url } from '#crypto';
import { LIMITS } from '#protocol';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';
import { PEER_LIMITS, type PeerSource, type ServedKey, type ServedList } from './peer-source.js';
import { PeerError } from './peers.errors.js';

type KeyPage = components['schemas']['KeyHistoryDto'];

type PeerRelay = Pick<RelayClient, 'call'>;

/**
 * Asks a relay about people, over HTTP.
 *
 * Its methods throw {@link PeerError} `malformed` or `too_large`, and as `RelayClient.call` does.
 */
export function relayPeers(relay: PeerRelay): PeerSource {
  return {
    identityHistory: (username) => identityHistory(relay, username),
    devices: (username, known) => devices(relay, username, known),
  };
}

async function identityHistory(relay: PeerRelay, username: string): Promise<ServedKey[]> {
  const keys: ServedKey[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: KeyPage = await keyPage(relay, username, cursor);
    keys.push(...page.items.map(servedKey));
    if (keys.length > PEER_LIMITS.identityKeys || (page.items.length === 0 && page.nextCursor !== null))
      throw new PeerError('too_large', 'The relay gives a history without end.');
    cursor = page.nextCursor;
  }
  return keys;
}

async function keyPage(relay: PeerRelay, username: string, cursor: string | undefined): Promise<KeyPage> {
  const query = { limit: LIMITS.pageItems, ...(cursor === undefined ? {} : { cursor }) };
  try {
    return await relay.call((api) => api.GET('/v1/keys/{username}/history', { params: { path: { username }, query } }));
  } catch (error) {
    // No such person, and none with a key, are one answer.
    if (isRefusal(error, 'not_found')) return { items: [], nextCursor: null };
    throw error;
  }
}

async function devices(relay: PeerRelay, username: string, known: number): Promise<ServedList | null> {
  try {
    const params = { path: { username }, query: { listsAfter: known } };
    const { list, earlierLists } = await relay.call((api) => api.GET('/v1/users/{username}/devices', { params }));
    const earlier = earlierLists.map(({ body }) => bytesOf(body));
    return list && { body: bytesOf(list.body), signature: bytesOf(list.signature), earlier };
  } catch (error) {
    if (isRefusal(error, 'not_found')) return null;
    throw error;
  }
}

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
