import { draftOf, people, type TestRelay, type TestUser } from '#testing';
import { v7 } from 'uuid';
import { type Operation, operationsOf } from '../operations.js';
import { firstList, keyPackagesOf, REAL_TIME, signed } from './device-lists.js';
import { newKey } from './identity-key.js';
import { mfaBodies } from './mfa-bodies.js';
import { commitFrame, groupInfoFrame } from './mls-frames.js';
import { groupOf } from './sending.js';

type Bodies = Record<string, Record<string, unknown>>;

/** A group of ada and grace, and eve, who is in no conversation of theirs. */
export interface OutsiderScene {
  readonly operations: readonly Operation[];
  readonly ada: TestUser;
  readonly grace: TestUser;
  readonly eve: TestUser;
  readonly conversationId: string;
  readonly messageId: string;
}

export async function outsiderScene(relay: TestRelay): Promise<OutsiderScene> {
  const operations = await operationsOf(relay);
  const [ada, grace, eve] = await people(relay, 3);
  const conversationId = await groupOf(ada, [grace]);
  const messageId = draftOf('sealed').id;
  await ada.send(conversationId, 'sealed', { id: messageId });
  return { operations, ada, grace, eve, conversationId, messageId };
}

/** A body for every operation that takes one, good enough to pass as a request of eve. */
/** A subscription at a push service that there is nowhere. */
export const PUSH_TARGET = {
  kind: 'webpush',
  endpoint: 'https://push.invalid/wake',
  p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
} as const;

export function requestBodies(scene: Pick<OutsiderScene, 'eve' | 'grace' | 'conversationId'>): Bodies {
  const { eve, grace, conversationId } = scene;
  const { authKey } = eve;
  const device = { name: 'Laptop' };
  const kdf = { algorithm: 'pbkdf2-sha256', salt: 'A'.repeat(22), iterations: 600_000 };
  const draft = draftOf('sealed');
  const lister = { user: eve, mls: newKey() };
  const members = [grace.username];
  const vaultRoot = { body: 'AAAA' };
  const recovery = { recoveryKey: authKey, vaultRoot };
  return {
    register: { username: `x${v7().slice(-12)}`, displayName: 'X', authKey, kdf, device, transport: 'body' },
    login: { username: eve.username, authKey, device, transport: 'body' },
    refresh: { refreshToken: authKey },
    changeMe: { displayName: 'Eve', privacy: 'everyone' },
    deleteMe: { authKey: 'A'.repeat(43) },
    changePassword: {
      authKey: 'A'.repeat(43),
      newAuthKey: authKey,
      newKdf: kdf,
      keepOtherSessions: true,
      vaultRoot: { ...vaultRoot, version: 0 },
    },
    setRecovery: { authKey: 'A'.repeat(43), ...recovery },
    removeRecovery: { authKey: 'A'.repeat(43) },
    openRecovery: { username: eve.username, recoveryKey: authKey },
    completeRecovery: { username: eve.username, authKey, kdf, ...recovery, recovery, device, transport: 'body' },
    ...mfaBodies('A'.repeat(43)),
    adminSetQuotas: { attachmentBytes: 1_000_000, attachmentBytesPerDay: null },
    adminSetLimits: { percent: 100, expiresIn: 3_600 },
    adminSetRegistration: { registration: 'open' },
    adminSetRetention: { maxDays: 365 },
    adminMakeInvitation: { note: 'The choir', uses: 20, expiresIn: 86_400 },
    adminAnnounce: {
      severity: 'info',
      text: 'Update on Sunday.',
      textEn: 'Update on Sunday.',
      textDe: 'Am Sonntag ein Update.',
      expiresIn: 86_400,
    },
    adminSuspendUser: { reason: 'Sends advertisements.' },
    adminAskMfaReset: { username: grace.username },
    putVaultItem: vaultRoot,
    openLinking: { offer: 'AAAA' },
    answerLinking: { answer: 'AAAA' },
    provideLinking: { provisioning: 'AAAA' },
    readLinking: { readKey: authKey },
    registerPush: { target: PUSH_TARGET },
    mutePush: { until: '2036-11-22T09:30:00.000Z' },
    addDevice: device,
    renameDevice: device,
    putDeviceList: signed(firstList(lister), newKey()),
    uploadKeyPackages: { keyPackages: [{ body: keyPackagesOf(REAL_TIME, lister)[0], lastResort: true }] },
    claimKeyPackages: { suite: 83, deviceIds: [v7()] },
    uploadIdentityKey: { algorithm: 'x25519', publicKey: authKey, version: 9 },
    decideContact: { state: 'accepted' },
    fileReport: { id: v7(), username: grace.username, reason: 'spam', text: 'sealed' },
    createConversation: { kind: 'group', members, id: v7(), metadata: 'AAAA' },
    addMembers: { id: v7(), members, role: 'member' },
    removeMembers: { id: v7(), members },
    changeRole: { role: 'member' },
    setMetadata: { id: v7(), metadata: 'AAAA' },
    setRetention: { id: v7(), expireAfter: 3_600, afterDelivery: true },
    sendCommit: commitRequest(conversationId, eve),
    repairGroupInfo: { groupInfo: groupInfoOf(conversationId) },
    sendDirectMessage: { ...draft, to: grace.username, expiresIn: 60 },
    sendMessage: { ...draft, expiresIn: 60 },
    updateReceipts: { delivered: 1, read: 1 },
    sync: { incarnation: v7(), revision: 0, cursors: { [v7()]: 0 } },
  };
}

/** The first commit of a group, as far as anybody but its members can tell. */
function commitRequest(conversationId: string, by: TestUser): Record<string, unknown> {
  const id = v7();
  const commit = commitFrame({ id, conversationId, generation: 1, epoch: 0, committer: by, senderLeaf: 0 });
  return { id, commit, groupInfo: groupInfoOf(conversationId) };
}

function groupInfoOf(conversationId: string): string {
  return groupInfoFrame({ conversationId, generation: 1, epoch: 1 });
}

/** A body for each event, as good, and about the conversation of the others. */
export function eventBodies({ eve, conversationId }: Pick<OutsiderScene, 'eve' | 'conversationId'>): Bodies {
  return {
    'message:send': { conversationId, ...draftOf('sealed') },
    'receipt:update': { conversationId, delivered: 1, read: 1 },
    sync: { revision: 0, cursors: {} },
    typing: { conversationId, active: true },
    'auth:renew': { token: eve.token },
  };
}
