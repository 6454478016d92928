import { commitmentTo, frankedFrame } from '#crypto';
import {
  canonicalBytes,
  commitContextBytes,
  type DeviceList,
  deviceIdentityBytes,
  deviceListBytes,
  encodeContent,
  frankedBytes,
  frankedContextBytes,
  groupIdBytes,
  identityLinkBytes,
  type MessageContent,
  messageContextBytes,
  MLS_SUITES,
} from '#protocol';
import { hex, hexOf, KEYS, numbered, sha256, signed, uuid } from './material.js';

/** Bytes that need no key: what they are made of, and what they are. */
export function encodings() {
  return {
    mlsSuites: MLS_SUITES,
    canonicalBytes: canonical(),
    deviceInGroup: [1, 2].map((n) => {
      const device = { accountId: uuid('a', n), deviceId: uuid('d', n) };
      return { ...device, bytes: hexOf(deviceIdentityBytes(device)) };
    }),
    groupId: [1, 12, 2 ** 40].map((generation) => {
      const name = { conversationId: uuid('c', 1), generation };
      return { ...name, bytes: hexOf(groupIdBytes(name)) };
    }),
    identityLinks: identityLinks(),
    deviceLists: deviceLists(),
    commitContext: commitContexts(),
    messageContext: [1, 2].map((n) => {
      const context = { conversationId: uuid('c', n), senderDeviceId: uuid('d', n), messageId: uuid('e', n) };
      return { ...context, bytes: hexOf(messageContextBytes(context)) };
    }),
    franking: frankings(),
    messageContent: contents(),
    ...vaultIdentities(),
  };
}

function vaultIdentities() {
  const pairOf = ({ publicKey, pkcs8 }: (typeof KEYS)['ada']) => ({
    publicKey: hexOf(publicKey),
    privateKey: hexOf(pkcs8),
  });
  const fieldsOf = ({ publicKey, pkcs8 }: (typeof KEYS)['ada']) => [publicKey, pkcs8];
  const both = [...fieldsOf(KEYS.ada), ...fieldsOf(KEYS.bob)];
  return {
    vaultIdentity: {
      ...pairOf(KEYS.ada),
      bytes: hexOf(canonicalBytes('sealpost vault identity 1', fieldsOf(KEYS.ada))),
    },
    vaultIdentityInRotation: {
      present: pairOf(KEYS.ada),
      next: pairOf(KEYS.bob),
      bytes: hexOf(canonicalBytes('sealpost vault identity in rotation 1', both)),
    },
  };
}

function canonical() {
  const cases: [string, (string | number | Uint8Array)[]][] = [
    ['', []],
    ['sealpost example 1', []],
    ['sealpost example 1', ['', 0, new Uint8Array()]],
    ['sealpost example 1', ['é', 'ab', Number.MAX_SAFE_INTEGER, numbered(3)]],
    ['sealpost example 1', ['éa', 'b', 1, hex('00')]],
  ];
  return cases.map(([label, fields]) => ({
    label,
    fields: fields.map((field) => {
      if (field instanceof Uint8Array) return { hex: hexOf(field) };
      return typeof field === 'number' ? { number: field } : { text: field };
    }),
    bytes: hexOf(canonicalBytes(label, fields)),
  }));
}

function identityLinks() {
  const accountId = uuid('a', 1);
  const first = {
    accountId,
    version: 1,
    algorithm: 'ed25519',
    publicKey: KEYS.ada.publicKey,
    prevHash: new Uint8Array(32),
  } as const;
  const second = { ...first, version: 2, publicKey: KEYS.bob.publicKey, prevHash: sha256(identityLinkBytes(first)) };
  return [first, second].map((link) => {
    const bytes = identityLinkBytes(link);
    // Each link but the first is signed by the key before it.
    const signature = link.version === 1 ? null : hexOf(signed(bytes, KEYS.ada.pkcs8));
    const [publicKey, prevHash] = [hexOf(link.publicKey), hexOf(link.prevHash)];
    const hashes = { sha256: hexOf(sha256(bytes)), fingerprint: hexOf(sha256(link.publicKey)) };
    return { ...link, publicKey, prevHash, bytes: hexOf(bytes), ...hashes, signature };
  });
}

function deviceLists() {
  const laptop = { deviceId: uuid('d', 1), mlsSigningKey: KEYS.bob.publicKey, addedAtMs: 1_795_338_000_000 };
  const phone = { deviceId: uuid('d', 2), mlsSigningKey: KEYS.ada.publicKey, addedAtMs: 1_795_338_600_000 };
  const first: DeviceList = {
    accountId: uuid('a', 1),
    version: 1,
    keyVersion: 1,
    prevHash: new Uint8Array(32),
    devices: [laptop],
  };
  const second = { ...first, version: 2, prevHash: sha256(deviceListBytes(first)), devices: [laptop, phone] };
  const third = { ...second, version: 3, prevHash: sha256(deviceListBytes(second)), devices: [] };
  return [first, second, third].map((list) => {
    const bytes = deviceListBytes(list);
    const devices = list.devices.map((device) => ({ ...device, mlsSigningKey: hexOf(device.mlsSigningKey) }));
    const [prevHash, signature] = [hexOf(list.prevHash), hexOf(signed(bytes, KEYS.ada.pkcs8))];
    return {
      ...list,
      devices,
      prevHash,
      bytes: hexOf(bytes),
      sha256: hexOf(sha256(bytes)),
      identityKey: hexOf(KEYS.ada.publicKey),
      signature,
    };
  });
}

function commitContexts() {
  const place = { conversationId: uuid('c', 1), commitId: uuid('e', 1) };
  const [ada, bob, cid] = [uuid('a', 1), uuid('a', 2), uuid('a', 3)];
  const deltas = [
    { added: [], removed: [], roles: [] },
    { added: [ada], removed: [], roles: [{ accountId: ada, role: 'owner' }] },
    {
      added: [ada, bob],
      removed: [cid],
      roles: [
        { accountId: ada, role: 'admin' },
        { accountId: bob, role: 'member' },
      ],
    },
  ] as const;
  return deltas.map((delta) => ({ ...place, ...delta, bytes: hexOf(commitContextBytes({ ...place, delta })) }));
}

/** Commitments, and the contexts that they stand in. */
function frankings() {
  const contents = ['', '{"v":1,"kind":"text","text":"Hallo"}'];
  return contents.map((content, n) => {
    const place = { conversationId: uuid('c', n), messageId: uuid('e', n), senderAccountId: uuid('a', n) };
    const franked = { ...place, senderDeviceId: uuid('d', n), content: new TextEncoder().encode(content) };
    const key = numbered(32, n);
    const commitment = commitmentTo(franked, key);
    return {
      ...franked,
      content: hexOf(franked.content),
      key: hexOf(key),
      bytes: hexOf(frankedBytes(franked)),
      commitment: hexOf(commitment),
      context: hexOf(frankedContextBytes({ ...franked, commitment })),
      frame: hexOf(frankedFrame({ key, content: franked.content })),
    };
  });
}

/** What is read, of bytes that are to be read alike; nobody has to write JSON in the same order. */
function contents() {
  const id = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d31';
  const file = {
    kind: 'attachment',
    attachmentId: uuid('f', 1),
    name: 'Österreich.jpg',
    mediaType: 'image/jpeg',
    bytes: 3_000_000_000,
    key: 'A'.repeat(43),
    sha256: 'A'.repeat(43),
  } as const;
  const known: MessageContent[] = [
    { kind: 'text', text: 'Hallo\nWelt 👩‍🚀' },
    { kind: 'text', text: 'yes', replyTo: id },
    { kind: 'reaction', to: id, emoji: '👍🏽' },
    { kind: 'reaction', to: id, emoji: null },
    { kind: 'deletion', of: id },
    file,
    { ...file, caption: 'us' },
    { kind: 'read', upTo: 512 },
    { kind: 'title', title: 'Tea' },
    { kind: 'title', title: null },
  ];
  const lasting: MessageContent[] = [
    { kind: 'text', text: 'for a day', expiresIn: 86_400 },
    { kind: 'reaction', to: id, emoji: '👍🏽', expiresIn: 1 },
    { ...file, expiresIn: 31_536_000 },
    { kind: 'lifetime', seconds: 3_600 },
    { kind: 'lifetime', seconds: null },
  ];
  const pictures: MessageContent[] = [
    { ...file, thumbnail: '_9j_4AAQ', width: 4_000, height: 3_000 },
    { ...file, name: 'Lied.mp3', mediaType: 'audio/mpeg', durationMs: 181_500 },
  ];
  const unreadable = [
    ['{"v":2,"kind":"text","text":"hi"}', 'newer'],
    ['{"v":1,"kind":"poll","question":"?"}', 'newer'],
    ['{"v":1,"kind":"text"}', 'malformed'],
    ['{"kind":"text","text":"hi"}', 'malformed'],
    ['hi', 'malformed'],
  ] as const;
  return [
    ...known.map((content) => ({ bytes: hexOf(encodeContent(content)), content })),
    {
      bytes: hexOf(Buffer.from('{"kind":"text","colour":"red","text":"hi","v":1}')),
      content: { kind: 'text', text: 'hi' },
    },
    ...unreadable.map(([text, because]) => ({
      bytes: hexOf(Buffer.from(text)),
      content: { kind: 'unreadable', because },
    })),
    ...lasting.map((content) => ({ bytes: hexOf(encodeContent(content)), content })),
    ...[0, 31_536_001].map((expiresIn) => ({
      bytes: hexOf(Buffer.from(JSON.stringify({ v: 1, kind: 'text', text: 'hi', expiresIn }))),
      content: { kind: 'unreadable', because: 'malformed' },
    })),
    ...pictures.map((content) => ({ bytes: hexOf(encodeContent(content)), content })),
  ];
}
