import { call, documentedFetch, draftOf, people, type TestRelay, type TestUser } from '#testing';
import { generateSync } from 'otplib';
import { v7 } from 'uuid';
import { Attacher, metadata } from '../e2e/attaching.js';
import { add, remove, reserved } from '../e2e/conversing.js';
import { firstList, keyPackagesOf, signed } from '../e2e/device-lists.js';
import { encode, newKey } from '../e2e/identity-key.js';
import { mfaBodies } from '../e2e/mfa-bodies.js';
import { PUSH_TARGET, requestBodies } from '../e2e/outsider-scene.js';
import { groupOf } from '../e2e/sending.js';
import { secret } from '../e2e/signing-in.js';
import { filled, type Operation } from '../operations.js';

/** Who may ask, from those with the least to those with the most: what is refused is tried before anything is changed. */
export const ROLES = ['anonymous', 'stranger', 'former', 'invited', 'member', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody with a second device, and everybody who may try to reach what is theirs. */
export interface Acquaintances {
  readonly users: Readonly<Record<Exclude<Role, 'anonymous'>, TestUser>>;
  /** The owner's second device, with a session of its own. */
  readonly device: { readonly id: string; readonly name: string; readonly sessionId: string };
  /** How the owner derives keys, as everybody is told. */
  readonly kdf: object;
  readonly publicKey: string;
  /** An authenticator app that the owner has begun to add. */
  readonly totp: { readonly id: string; readonly secret: string };
  /** What the owner's first device has uploaded: the account's list, and a key package. */
  readonly list: object;
  readonly keyPackage: string;
}

/** The owner's objects, and everybody who may try to reach them. */
export interface Callers extends Acquaintances {
  readonly conversationId: string;
  readonly messageId: string;
  /** What was said before the former member was removed, and after. */
  readonly sealed: { readonly early: string; readonly late: string };
  /** What the owner has uploaded to the conversation. */
  readonly file: { readonly id: string; readonly sealed: string };
  /** A blob of the owner's vault, of version 1. */
  readonly blob: { readonly name: string; readonly body: string };
  /** A linking slot that the owner has answered. */
  readonly slotId: string;
}

/** An answer as it came: its bytes, and everything about it that is not of this one request. */
export interface RawReply {
  readonly status: number;
  readonly text: string;
  readonly fingerprint: string;
}

export async function acquaintances(relay: TestRelay): Promise<Acquaintances> {
  const [[owner, member, former, stranger], invited] = await Promise.all([people(relay, 4), reserved(relay)]);
  const { device, sessionId } = (await owner.onNewDevice(`of the owner ${secret().slice(0, 20)}`)).signedIn;
  const [key, mls] = [newKey(), newKey()];
  const publicKey = encode(key.raw);
  await owner.request('PUT', '/keys/me', { algorithm: 'ed25519', publicKey });
  const list = signed(firstList({ user: owner, mls }), key);
  await owner.request('PUT', '/devices/list', list);
  const { body: totp } = await owner.request('POST', '/auth/mfa/totp', { authKey: owner.authKey, name: 'Phone' });
  return {
    users: { owner, member, former, invited, stranger },
    device: { id: device.id, name: device.name, sessionId },
    kdf: (await call(relay, 'GET', `/v1/auth/kdf?username=${owner.username}`)).body as object,
    publicKey,
    totp: { id: totp.id, secret: totp.secret },
    list,
    keyPackage: keyPackagesOf(relay, { user: owner, mls })[0]!,
  };
}

/**
 * A new group of the owner and the member, with somebody invited who has not answered, and a former member who was removed
 * before the last message.
 */
export async function callersAmong(relay: TestRelay, known: Acquaintances): Promise<Callers> {
  const { owner, member, former, invited } = known.users;
  const conversationId = await groupOf(owner, [member, former]);
  const [early, late] = [draftOf(`early ${secret()}`), draftOf(`late ${secret()}`)];
  await owner.request('POST', `/conversations/${conversationId}/messages`, early);
  await remove(owner, conversationId, former);
  await add(owner, conversationId, invited);
  await owner.request('POST', `/conversations/${conversationId}/messages`, late);
  await owner.request('PUT', `/contacts/${member.username}`, { state: 'accepted' });
  const sealed = { early: early.ciphertext, late: late.ciphertext };
  const blob = { name: v7(), body: secret() };
  const headers = { 'if-none-match': '*' };
  await call(relay, 'PUT', `/v1/vault/${blob.name}`, { token: owner.token, headers, body: { body: blob.body } });
  const { body: slot } = await call(relay, 'POST', '/v1/linking', { body: { offer: 'AAAA' } });
  await owner.request('PUT', `/linking/${slot.slotId}/answer`, { answer: 'AAAA' });
  await owner.request('PUT', '/push', { target: PUSH_TARGET });
  const sealedFile = secret();
  const fileId = await new Attacher(relay, owner).upload(conversationId, Buffer.from(sealedFile));
  const file = { id: fileId, sealed: sealedFile };
  return { ...known, conversationId, messageId: late.id, sealed, file, blob, slotId: slot.slotId };
}

/** What a path names: the owner's objects. */
export function objectsOf(callers: Callers, path: string): Record<string, string> {
  const { users, device, conversationId, messageId, file, blob, slotId, totp } = callers;
  const { username } = path.includes('/keys/') ? users.owner : users.member;
  if (path.includes('/mfa/')) return { id: totp.id, deviceId: device.id };
  if (path.includes('/devices/')) return { id: device.id, username };
  if (path.includes('/sessions/')) return { id: device.sessionId };
  const attachmentId = file.id;
  return { id: conversationId, conversationId, messageId, attachmentId, username, name: blob.name, slotId };
}

/** What a caller sends along: well formed, with their own secrets, and about the owner's objects. */
function bodyOf(callers: Callers, operationId: string, caller: TestUser | undefined): unknown {
  const { owner, member, stranger } = callers.users;
  const { authKey, username } = caller ?? { authKey: secret(), username: stranger.username };
  const general = requestBodies({
    eve: caller ?? stranger,
    grace: member,
    conversationId: callers.conversationId,
  });
  const own: Record<string, unknown> = {
    register: { ...general.register, username: owner.username, kdf: callers.kdf },
    login: { username, authKey, deviceId: callers.device.id },
    refresh: { refreshToken: caller?.signedIn.refreshToken ?? secret() },
    ...mfaBodies(authKey),
    // Of the owner's app.
    confirmTotp: { code: generateSync({ secret: callers.totp.secret }) },
    deleteMe: { authKey },
    changePassword: { ...general.changePassword, authKey },
    uploadIdentityKey: { algorithm: 'ed25519', publicKey: callers.publicKey },
    putDeviceList: callers.list,
    uploadKeyPackages: { keyPackages: [{ body: callers.keyPackage }] },
    setRecovery: { ...general.setRecovery, authKey },
    removeRecovery: { authKey },
    openRecovery: { ...general.openRecovery, username: owner.username },
    completeRecovery: { ...general.completeRecovery, username: owner.username },
    readLinking: { readKey: secret() },
    fileReport: { ...general.fileReport, conversationId: callers.conversationId },
    addMembers: { id: v7(), members: [stranger.username], role: 'member' },
    sync: { revision: 0, cursors: { [callers.conversationId]: 0 } },
  };
  return own[operationId] ?? general[operationId];
}

/** What routes of attachments want beside a body. @param offset how far the upload has come */
export function uploadHeaders(conversationId: string, offset: number): Record<string, Record<string, string>> {
  const tus = { 'tus-resumable': '1.0.0' };
  return {
    createAttachment: { ...tus, 'upload-length': '1', 'upload-metadata': metadata({ conversationId }) },
    getUpload: tus,
    continueUpload: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    deleteAttachment: tus,
  };
}

/** What a route wants beside a body, about the owner's objects. */
function headersOf({ conversationId, file }: Callers, operationId: string): Record<string, string> {
  const own: Record<string, Record<string, string>> = {
    putVaultItem: { 'if-match': '"1"' },
    deleteVaultItem: { 'if-match': '"1"' },
    ...uploadHeaders(conversationId, file.sealed.length),
  };
  return own[operationId] ?? {};
}

/** Asks as somebody, or as nobody, and keeps what came byte for byte. */
export async function ask(
  relay: TestRelay,
  { method, path, operationId }: Operation,
  asked: { callers: Callers; role: Role; objects: Readonly<Record<string, string>> },
): Promise<RawReply> {
  const { callers, role, objects } = asked;
  const user = role === 'anonymous' ? undefined : callers.users[role];
  const body = bodyOf(callers, operationId, user);
  const query = operationId === 'getKdf' ? `?username=${callers.users.owner.username}` : '';
  const response = await documentedFetch(`${relay.url}${filled(path, objects)}${query}`, {
    method,
    headers: {
      ...(user === undefined ? {} : { authorization: `Bearer ${user.token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headersOf(callers, operationId),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return rawReply(response, await response.text());
}

/** Status, headers and bytes, without the time and the id of this one request. */
function rawReply({ status, headers }: Response, text: string): RawReply {
  const requestId = headers.get('x-request-id') ?? '';
  const shown = [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id');
  return { status, text, fingerprint: JSON.stringify([status, shown, text.replaceAll(requestId, '')]) };
}

/** Everything of the owner and the conversation that a request could change, for telling whether one did. */
export async function stateOf(relay: TestRelay, { users, conversationId }: Callers): Promise<unknown> {
  const inConversation = ['entries', 'members', 'receipts', 'attachments'].map((table) =>
    stateSql(table, 'conversation_id = $1'),
  );
  const ofOwner = [
    'devices',
    'device_lists',
    'key_packages',
    'contacts',
    'identity_keys',
    'vault_items',
    'mfa_factors',
    'mfa_recovery_codes',
    'push_registrations',
  ].map((table) => stateSql(table, 'account_id = $2'));
  const sql = [
    ...inConversation,
    ...ofOwner,
    stateSql('conversations', 'id = $1'),
    stateSql('accounts', 'id = $2'),
    `SELECT 'sessions', jsonb_agg(jsonb_build_array(id, revoked_at) ORDER BY id) FROM sessions WHERE account_id = $2`,
  ].join(' UNION ALL ');
  return relay.query(sql, [conversationId, users.owner.accountId]);
}

const stateSql = (table: string, condition: string): string =>
  `SELECT '${table}', jsonb_agg(to_jsonb(t) ORDER BY to_jsonb(t)::text) FROM ${table} t WHERE ${condition}`;
