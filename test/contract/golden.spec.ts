import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import {
  attachmentLayout,
  AttachmentOpener,
  checkDeviceList,
  checkIdentityHistory,
  isCommitment,
  linkAsOldDevice,
  openProvisioning,
  openVaultItem,
  pad,
  readFrankedFrame,
  readLinkingCode,
  readRecoveryCode,
  unpad,
  unwrapRecoveredRoot,
  unwrapVaultRoot,
} from '#crypto';
import {
  decodeContent,
  readCanonicalBytes,
  readCommitContext,
  readDeviceIdentity,
  readDeviceList,
  readGroupId,
  readMessageContext,
} from '#protocol';
import { readVerificationCode } from '../../libs/sdk/src/peers/verification-code.js';
import * as node from './golden/by-node.js';
import { type Golden, makeGolden } from './golden/make.js';
import { hex, hexOf } from './golden/material.js';
import { fileOf, linkingKeys } from './golden/secrets.js';

const golden = JSON.parse(readFileSync(join(__dirname, '../../libs/protocol/golden.json'), 'utf8')) as Golden;

const bytesOf = (field: Golden['canonicalBytes'][number]['fields'][number]): node.Field => {
  if ('hex' in field) return hex(field.hex);
  return 'number' in field ? field.number : field.text;
};

describe('the golden encodings', () => {
  it('are made as they always were: what stands in the file may grow, and never change', async () => {
    expect(JSON.parse(JSON.stringify(await makeGolden()))).toEqual(golden);
  });
});

describe('the golden encodings are read back', () => {
  it('as canonical bytes', () => {
    for (const { label, fields, bytes } of golden.canonicalBytes) {
      const written = fields
        .map(bytesOf)
        .map((field) => (typeof field === 'object' ? field : Buffer.from(String(field))));
      expect(readCanonicalBytes(label, hex(bytes))?.map(hexOf)).toEqual(written.map(hexOf));
    }
  });

  it('as devices, groups, commits and contents', () => {
    for (const { bytes, ...device } of golden.deviceInGroup) expect(readDeviceIdentity(hex(bytes))).toEqual(device);
    for (const { bytes, ...name } of golden.groupId) expect(readGroupId(hex(bytes))).toEqual(name);
    for (const { bytes, conversationId, commitId, ...delta } of golden.commitContext)
      expect(readCommitContext(hex(bytes))).toEqual({ conversationId, commitId, delta });
    for (const { bytes, content } of golden.messageContent) expect(decodeContent(hex(bytes))).toEqual(content);
  });

  it('as commitments, from what a reader sees', () => {
    for (const { context, frame, key, content, commitment, senderAccountId } of golden.franking) {
      const read = readMessageContext(hex(context))!;
      expect(hexOf(read.commitment!)).toBe(commitment);
      const opened = readFrankedFrame(hex(frame))!;
      expect([hexOf(opened.key), hexOf(opened.content)]).toEqual([key, content]);
      const franked = { ...read, senderAccountId, content: opened.content };
      expect(isCommitment(read.commitment!, franked, opened.key)).toBe(true);
    }
    for (const { bytes, ...place } of golden.messageContext) expect(readMessageContext(hex(bytes))).toEqual(place);
  });

  it('as a history of identity keys', async () => {
    const history = golden.identityLinks.map(({ accountId, version, algorithm, publicKey, prevHash, signature }) => ({
      link: { accountId, version, algorithm, publicKey: hex(publicKey), prevHash: hex(prevHash) },
      signature: signature === null ? null : hex(signature),
    }));
    await checkIdentityHistory(history, golden.identityLinks[0]!.accountId);
    await expect(checkIdentityHistory(history.slice(1), golden.identityLinks[0]!.accountId)).rejects.toThrow();
  });

  it('as lists of devices, each going on from the one before', async () => {
    let known = {};
    for (const { bytes, identityKey, signature, accountId, keyVersion } of golden.deviceLists) {
      const list = readDeviceList(hex(bytes))!;
      const reader = { accountId, identityKey: { version: keyVersion, publicKey: hex(identityKey) }, ...known };
      await checkDeviceList({ list, signature: hex(signature) }, reader);
      known = { known: list };
    }
  });

  it('as what is sealed in a vault', async () => {
    for (const { accountId, kdf, key, sealed, content } of golden.vaultRoots)
      expect(hexOf(await unwrapVaultRoot(hex(sealed), { accountId, kdf, wrapKey: hex(key) }))).toBe(content);
    for (const { root, accountId, name, version, sealed, content } of golden.vaultItems) {
      const place = { root: hex(root), accountId, name, version };
      expect(hexOf(await openVaultItem(hex(sealed), place, version))).toBe(content);
    }
    const { code, written, wrapKey, root } = golden.recovery;
    expect(hexOf(await readRecoveryCode(written))).toBe(code);
    const wrapping = { accountId: root.accountId, wrapKey: hex(wrapKey) };
    expect(hexOf(await unwrapRecoveredRoot(hex(root.sealed), wrapping))).toBe(root.content);
  });

  it('as a linking, from the other side', async () => {
    const { slotId, code, oldPrivateKey, oldPublicKey, newPublicKey, words, handedOver } = golden.linking;
    const read = readLinkingCode(code);
    expect(read.slotId).toBe(slotId);
    const own = await linkingKeys(hex(oldPrivateKey), hex(oldPublicKey));
    const link = await linkAsOldDevice(own, read, hex(newPublicKey));
    expect(link.words).toEqual(words);
    expect(hexOf(await openProvisioning(hex(handedOver.sealed), link))).toBe(handedOver.content);
  });

  it('as codes and padding', () => {
    for (const { accountId, publicKey, code } of golden.verificationCodes)
      expect(readVerificationCode(code)).toEqual({
        accountId,
        fingerprint: hexOf(node.digest('sha256', hex(publicKey))),
      });
    for (const { content, padded } of golden.padding.whole) expect(hexOf(unpad(hex(padded)))).toBe(content);
    for (const { contentLength } of golden.padding.lengthOf)
      expect(unpad(pad(new Uint8Array(contentLength)))).toHaveLength(contentLength);
  });

  it('as files of attachments', async () => {
    const short = golden.attachments.filter(({ sealed }) => sealed !== undefined);
    expect(short.map(({ bytes }) => bytes)).toEqual([0, 1, 1024]);
    for (const { key, bytes, sealed = '', sha256 } of short) {
      const opener = await AttachmentOpener.of(hex(key), attachmentLayout(bytes));
      expect(hexOf(await opener.open(hex(sealed)))).toBe(hexOf(fileOf(bytes)));
      expect(() => opener.finish(hex(sha256))).not.toThrow();
    }
  });
});

describe('another implementation makes the golden encodings alike', () => {
  const canonical = (label: string, ...fields: node.Field[]) => node.canonical(label, ...fields).toString('hex');

  it('of canonical bytes', () => {
    for (const { label, fields, bytes } of golden.canonicalBytes)
      expect(canonical(label, ...fields.map(bytesOf))).toBe(bytes);
    for (const { accountId, deviceId, bytes } of golden.deviceInGroup)
      expect(canonical('sealpost device 1', accountId, deviceId)).toBe(bytes);
    for (const { conversationId, generation, bytes } of golden.groupId)
      expect(canonical('sealpost group 1', conversationId, generation)).toBe(bytes);
    for (const { conversationId, senderDeviceId, messageId, bytes } of golden.messageContext)
      expect(canonical('sealpost message 1', conversationId, senderDeviceId, messageId)).toBe(bytes);
    for (const { conversationId, commitId, added, removed, roles, bytes } of golden.commitContext) {
      const lists = [added.length, ...added, removed.length, ...removed, roles.length];
      const given = roles.flatMap(({ accountId, role }) => [accountId, role]);
      expect(canonical('sealpost commit 1', conversationId, commitId, ...lists, ...given)).toBe(bytes);
    }
    for (const {
      conversationId,
      messageId,
      senderAccountId,
      senderDeviceId,
      content,
      key,
      ...made
    } of golden.franking) {
      const fields = [conversationId, messageId, senderAccountId, senderDeviceId, hex(content)];
      expect(canonical('sealpost franking 1', ...fields)).toBe(made.bytes);
      expect(node.hmac(hex(key), hex(made.bytes)).toString('hex')).toBe(made.commitment);
      const context = [conversationId, senderDeviceId, messageId, hex(made.commitment)];
      expect(canonical('sealpost message 2', ...context)).toBe(made.context);
      expect(key + content).toBe(made.frame);
    }
    const { publicKey, privateKey, bytes } = golden.vaultIdentity;
    expect(canonical('sealpost vault identity 1', hex(publicKey), hex(privateKey))).toBe(bytes);
    const { present, next, ...rotation } = golden.vaultIdentityInRotation;
    const pairs = [present, next].flatMap((pair) => [hex(pair.publicKey), hex(pair.privateKey)]);
    expect(canonical('sealpost vault identity in rotation 1', ...pairs)).toBe(rotation.bytes);
  });

  it('of what is hashed and signed', () => {
    let before = '';
    for (const { accountId, version, algorithm, publicKey, prevHash, bytes, ...its } of golden.identityLinks) {
      const fields = [accountId, version, algorithm, hex(publicKey), hex(prevHash)];
      expect(canonical('sealpost identity link 1', ...fields)).toBe(bytes);
      expect(its.sha256).toBe(hexOf(node.digest('sha256', hex(bytes))));
      if (its.signature !== null) expect(node.isSignedBy(before, bytes, its.signature)).toBe(true);
      before = publicKey;
    }
    for (const { accountId, version, keyVersion, prevHash, devices, bytes, ...its } of golden.deviceLists) {
      const listed = devices.flatMap((one) => [one.deviceId, hex(one.mlsSigningKey), one.addedAtMs]);
      const fields = [accountId, version, keyVersion, hex(prevHash), devices.length, ...listed];
      expect(canonical('sealpost device list 1', ...fields)).toBe(bytes);
      expect(its.sha256).toBe(hexOf(node.digest('sha256', hex(bytes))));
      expect(node.isSignedBy(its.identityKey, bytes, its.signature)).toBe(true);
    }
  });

  it('of keys and what is sealed with them', async () => {
    for (const { password, kdf, ...keys } of golden.accountKeys)
      expect(await node.accountKeys(password, kdf)).toEqual(keys);
    const { recovery, linking, vaultItems, vaultRoots, sealed } = golden;
    for (const one of [...sealed, ...vaultItems, ...vaultRoots, recovery.root, linking.handedOver])
      expect(node.opened(one)).toBe(one.content);
    for (const { root, key, additionalData } of vaultItems)
      expect(hexOf(node.derived(hex(root), hex(additionalData)))).toBe(key);
    expect(node.recoveryCode(hex(recovery.code))).toBe(recovery.written);
    for (const [name, use] of [
      ['recoveryKey', 'auth'],
      ['wrapKey', 'wrap'],
    ] as const)
      expect(hexOf(node.derived(hex(recovery.code), `sealpost recovery ${use} 1`))).toBe(recovery[name]);
  });

  it('of a linking', () => {
    const { slotId, newPrivateKey, newPublicKey, oldPublicKey, code, transcript, words, handedOver } = golden.linking;
    expect(canonical('sealpost linking 1', slotId, hex(newPublicKey), hex(oldPublicKey))).toBe(transcript);
    const secret = node.agreed(newPrivateKey, oldPublicKey);
    const of = (use: string) => node.derived(secret, node.canonical(`sealpost linking ${use} 1`, hex(transcript)));
    expect(hexOf(of('key'))).toBe(handedOver.key);
    expect(
      node
        .bitsOf(of('words'), 11)
        .slice(0, 6)
        .map((n) => wordlist[n]),
    ).toEqual(words);
    const offer = node.digest('sha256', node.canonical('sealpost linking offer 1', slotId, hex(newPublicKey)));
    expect(code).toBe(`sealpost-link:1.${slotId}.${offer.subarray(0, 16).toString('base64url')}`);
  });

  it('of what people compare', () => {
    for (const { one, other, digits } of golden.safetyNumbers)
      expect([one, other].map(node.safetyDigits).sort().join(' ')).toBe(digits);
    for (const { accountId, publicKey, code } of golden.verificationCodes) {
      const bytes = Buffer.concat([hex(accountId.replaceAll('-', '')), node.digest('sha256', hex(publicKey))]);
      expect(code).toBe(`sealpost-verify:1.${bytes.toString('base64url')}`);
    }
  });

  it('of padding', () => {
    const { lengths, whole, lengthOf } = golden.padding;
    for (const { content, padded } of whole) expect(`${content}80`.padEnd(512, '0')).toBe(padded);
    for (const { contentLength, paddedLength } of lengthOf)
      expect(lengths.find((length) => length > contentLength)).toBe(paddedLength);
  });

  it('of files of attachments', () => {
    for (const { key, bytes, sealedBytes, sha256, sealed } of golden.attachments) {
      const file = node.sealedFile(hex(key), fileOf(bytes));
      expect([file.length, hexOf(node.digest('sha256', file))]).toEqual([sealedBytes, sha256]);
      if (sealed !== undefined) expect(hexOf(file)).toBe(sealed);
    }
  });
});
