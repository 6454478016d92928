import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importSigningKey, MlsEngine, type MlsGroup, unpad } from '#crypto';
import { canonicalBytes, decodeContent, MLS_SUITES, readGroupId, readKeyPackage } from '#protocol';
import { failures } from '../../libs/crypto/src/mls/vectors/checks.fixture.js';
import { hex, hexOf, pkcs8 } from './golden/material.js';
import { type GoldenGroup, recordGroup } from './golden/record-groups.js';

const groups = JSON.parse(
  readFileSync(join(__dirname, '../../libs/protocol/golden-groups.json'), 'utf8'),
) as GoldenGroup[];

const reading = (group: GoldenGroup) => ({ judge: () => Promise.resolve(true), nowSeconds: group.now_seconds });

/** Ben, with what he had when the group was recorded. */
async function engineOf(group: GoldenGroup): Promise<{ engine: MlsEngine; secrets: Uint8Array }> {
  const keyPackage = hex(group.key_package).subarray(4);
  const { leaf } = readKeyPackage(keyPackage);
  const signingKey = await importSigningKey(pkcs8('ed25519', hex(group.signature_priv)));
  const engine = new MlsEngine({ ...leaf.identity, signatureKey: Uint8Array.from(leaf.signatureKey), signingKey });
  const fields = [keyPackage, hex(group.init_priv), hex(group.encryption_priv)];
  return { engine, secrets: canonicalBytes('sealpost mls key package 1', fields) };
}

async function hears(engine: MlsEngine, group: MlsGroup, messages: GoldenGroup['messages']): Promise<MlsGroup> {
  let after = group;
  for (const { message, authenticated_data: context, content } of messages) {
    const opened = await engine.open(after, hex(message));
    expect(hexOf(opened.authenticatedData)).toBe(context);
    expect(hexOf(unpad(opened.content))).toBe(content);
    expect(decodeContent(unpad(opened.content))).toMatchObject({ kind: 'text' });
    after = opened.group;
  }
  return after;
}

async function livesThrough(recorded: GoldenGroup): Promise<void> {
  const { engine, secrets } = await engineOf(recorded);
  const { conversationId } = readGroupId(hex(recorded.group_id))!;
  let group = await engine.join(hex(recorded.welcome), secrets, { conversationId, ...reading(recorded) });
  expect(hexOf(group.epochAuthenticator)).toBe(recorded.initial_epoch_authenticator);
  group = await hears(engine, group, recorded.messages);
  for (const { commit, epoch_authenticator: authenticator, messages } of recorded.epochs) {
    const followed = await engine.follow(group, hex(commit), reading(recorded));
    expect(hexOf(followed.group!.epochAuthenticator)).toBe(authenticator);
    group = await hears(engine, followed.group!, messages);
  }
}

describe('the golden groups', () => {
  it('are one of each suite', () => {
    expect(groups.map(({ cipher_suite: suite }) => suite)).toEqual([MLS_SUITES.xWing, MLS_SUITES.x25519]);
  });

  it('are what a passive client of the MLS working group can follow', async () => {
    expect(await failures('passive-client-random', groups)).toEqual([]);
    const [first] = groups;
    const turned = { ...first, initial_epoch_authenticator: '00' };
    expect(await failures('passive-client-random', [turned])).toHaveLength(1);
  });

  it.each(groups.map((group) => [group.cipher_suite, group] as const))(
    'of suite %d are followed, message by message, as they were when they were recorded',
    async (_suite, group) => {
      await livesThrough(group);
    },
  );

  it('can be recorded anew, and followed', async () => {
    for (const suite of Object.values(MLS_SUITES)) await livesThrough(await recordGroup(suite));
  });
});
