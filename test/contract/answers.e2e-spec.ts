import { generateKeyPairSync } from 'node:crypto';
import { call, ContractDocument, draftOf, people, type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { CheckpointsService } from '../../apps/relay/src/audit/index.js';
import { MlsGroup } from '../e2e/mls-group.js';
import { adminOf } from '../e2e/admins.js';
import { Attacher, ciphertext } from '../e2e/attaching.js';
import { AuthenticatorApp, letFactorAge, ORIGIN, PASSKEY_HOST, withTotp } from '../e2e/second-factors.js';
import { SoftPasskey } from '../e2e/soft-passkey.js';
import { PUSH_TARGET } from '../e2e/outsider-scene.js';
import { completion, withRecovery } from '../e2e/recovering.js';
import { SCRAPE_TOKEN } from '../scraping.js';
import { keyPackagesOf, listed, signed } from '../e2e/device-lists.js';

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN, METRICS_TOKEN: SCRAPE_TOKEN } });
const contract = ContractDocument.committed();
const answered = new Set<string>();

/** Asks, and notes what succeeded. That the answer is the documented one sees to `call`. */
async function ask(
  person: TestUser | undefined,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const token = person === undefined ? {} : { token: person.token };
  const reply = await call(relay, method, path, { body, headers, ...token });
  const operation = contract.operation(method, path.split('?')[0]!);
  if (operation === undefined) throw new Error(`the document has no ${method} ${path}`);
  if (reply.status < 400) answered.add(operation.operationId);
  return reply;
}

function publicKey(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return x!;
}

describe('what the relay answers is what the document says', () => {
  it('about accounts, sessions and devices', async () => {
    const ada = await TestUser.register(relay);
    const name = `x${v7().slice(-12)}`;
    const { body: kdf } = await ask(undefined, 'GET', `/v1/auth/kdf?username=${name}`);
    const { authKey } = ada;
    const { body: made } = await ask(undefined, 'POST', '/v1/auth/register', {
      username: name,
      authKey,
      kdf,
      device: { name: 'One' },
    });
    await ask(undefined, 'GET', `/v1/auth/kdf?username=${ada.username}`);
    await ask(undefined, 'POST', '/v1/auth/login', { username: name, authKey, device: { name: 'Two' } });
    await ask(undefined, 'POST', '/v1/auth/login', { username: name, authKey: publicKey(), device: { name: 'Two' } });
    await ask(undefined, 'POST', '/v1/auth/refresh', { refreshToken: made.refreshToken });
    await ask(ada, 'GET', '/v1/auth/me');
    await ask(undefined, 'GET', '/v1/auth/me');
    await ask(ada, 'PATCH', '/v1/auth/me', { displayName: 'Ada', privacy: 'contacts' });
    await ask(ada, 'GET', '/v1/devices');
    const { body: device } = await ask(ada, 'POST', '/v1/devices', { name: 'Three' });
    await ask(ada, 'PATCH', `/v1/devices/${device.id}`, { name: 'Tablet' });
    await ask(ada, 'DELETE', `/v1/devices/${device.id}`);
    await ask(ada, 'GET', `/v1/users/${name}/devices`);
    const second = await ada.onNewDevice();
    await ask(ada, 'GET', '/v1/auth/sessions?limit=1');
    await ask(ada, 'GET', '/v1/audit?limit=2');
    await ask(ada, 'GET', '/v1/audit/export');
    await relay.part(CheckpointsService).signToday();
    await ask(ada, 'GET', '/v1/audit/checkpoints');
    await ask(ada, 'DELETE', `/v1/auth/sessions/${second.signedIn.sessionId}`);
    await ask(ada, 'POST', '/v1/auth/password', { authKey, newAuthKey: authKey, newKdf: kdf });
    const third = await ada.onNewDevice();
    await ask(third, 'POST', '/v1/auth/logout');
    await ask(ada, 'DELETE', '/v1/auth/me', { authKey });
  });

  it('about people and keys', async () => {
    const [ada, grace] = await Promise.all([TestUser.register(relay), TestUser.register(relay)]);
    await ask(ada, 'GET', '/v1/keys/me');
    await ask(ada, 'PUT', '/v1/keys/me', { algorithm: 'ed25519', publicKey: publicKey() });
    const reset = { algorithm: 'ed25519', publicKey: publicKey(), version: 1, reset: true, authKey: ada.authKey };
    await ask(ada, 'PUT', '/v1/keys/me', reset);
    await ask(ada, 'PUT', '/v1/keys/me', { ...reset, publicKey: publicKey() });
    await ask(ada, 'GET', '/v1/keys/me');
    await ask(grace, 'GET', `/v1/keys/${ada.username}`);
    await ask(grace, 'GET', `/v1/keys/${ada.username}/history?limit=1`);
    await ask(grace, 'GET', `/v1/users/${ada.username}`);
    await ask(grace, 'PUT', `/v1/contacts/${ada.username}`, { state: 'accepted' });
    await ask(grace, 'GET', `/v1/contacts/${ada.username}`);
    await ask(grace, 'GET', '/v1/contacts');
    await ask(grace, 'DELETE', `/v1/contacts/${ada.username}`);
  });

  it('about device lists and key packages', async () => {
    const lister = await listed(relay);
    const { user, key, list } = lister;
    await ask(user, 'GET', '/v1/devices/list');
    await ask(user, 'PUT', '/v1/devices/list', signed(list, key));
    const keyPackages = keyPackagesOf(relay, lister).map((body) => ({ body }));
    await ask(user, 'POST', '/v1/devices/me/key-packages', { keyPackages });
    await ask(user, 'GET', '/v1/devices/me/key-packages/count');
    const [grace, bare] = await Promise.all([TestUser.register(relay), TestUser.register(relay)]);
    for (const { username } of [user, user, bare])
      await ask(grace, 'POST', `/v1/users/${username}/key-packages/claim`, {});
    await ask(grace, 'GET', `/v1/users/${user.username}/devices`);
  });

  it('about conversations', async () => {
    const [ada, grace, shy] = await Promise.all([
      TestUser.register(relay),
      TestUser.register(relay),
      TestUser.register(relay),
    ]);
    await shy.request('PATCH', '/auth/me', { privacy: 'contacts' });
    await ask(ada, 'POST', '/v1/conversations', { kind: 'direct', with: grace.username });
    await ask(ada, 'POST', '/v1/conversations', { kind: 'direct', with: grace.username });
    const { body: asked } = await ask(ada, 'POST', '/v1/conversations', { kind: 'direct', with: shy.username });
    await ask(shy, 'GET', `/v1/conversations/${asked.id}`);
    await ask(shy, 'GET', '/v1/conversations');
    await ask(shy, 'POST', `/v1/conversations/${asked.id}/accept`);
    const { body } = await ask(ada, 'POST', '/v1/conversations', { kind: 'group', members: [], metadata: 'AAAA' });
    await ask(ada, 'POST', `/v1/conversations/${body.id}/members`, { members: [grace.username, shy.username] });
    await ask(ada, 'POST', `/v1/conversations/${body.id}/members`, { members: [grace.username] });
    await ask(ada, 'PUT', `/v1/conversations/${body.id}/members/${grace.username}/role`, { role: 'admin' });
    await ask(ada, 'PUT', `/v1/conversations/${body.id}/metadata`, { id: v7(), metadata: 'AAAA' });
    const retention = { id: v7(), expireAfter: 3_600, afterDelivery: true };
    await ask(ada, 'PUT', `/v1/conversations/${body.id}/retention`, retention);
    await ask(grace, 'GET', `/v1/conversations/${body.id}/retention`);
    await ask(ada, 'GET', `/v1/conversations/${body.id}`);
    await ask(ada, 'DELETE', `/v1/conversations/${body.id}/members`, { members: [grace.username] });
    await ask(ada, 'POST', `/v1/conversations/${body.id}/leave`);
    await ask(grace, 'GET', `/v1/conversations/${body.id}`);
    await ask(ada, 'GET', '/v1/conversations?limit=1');
    await ask(grace, 'GET', `/v1/conversations/${body.id}/messages`);
  });

  it('about reports', async () => {
    const [ada, grace] = await Promise.all([TestUser.register(relay), TestUser.register(relay)]);
    const { body: sent } = await ask(grace, 'POST', '/v1/messages', { ...draftOf('one'), to: ada.username });
    const messages = [{ messageId: sent.id, content: 'AAAA' }];
    const where = { conversationId: sent.conversationId, messages };
    await ask(ada, 'POST', '/v1/reports', { id: v7(), username: grace.username, reason: 'spam', ...where });
    await ask(ada, 'GET', '/v1/reports?limit=1');
  });

  it('about messages, receipts and catching up', async () => {
    const [ada, grace] = await Promise.all([TestUser.register(relay), TestUser.register(relay)]);
    const { body: sent } = await ask(ada, 'POST', '/v1/messages', { ...draftOf('one'), to: grace.username });
    const log = `/v1/conversations/${sent.conversationId}`;
    await ask(ada, 'POST', `${log}/messages`, draftOf('two', { expiresIn: 60 }));
    await ask(ada, 'POST', `${log}/messages`, draftOf('three', { expiresIn: 1 }));
    relay.clock.advance(2_000);
    await ask(grace, 'POST', `${log}/messages/${sent.id}/delivered`);
    await ask(grace, 'POST', `${log}/messages/${sent.id}/read`);
    await ask(grace, 'PUT', `${log}/receipts`, { delivered: 2, read: 2 });
    await ask(grace, 'GET', `${log}/receipts`);
    await ask(grace, 'GET', `${log}/messages`);
    await ask(grace, 'GET', `${log}/messages/${sent.id}`);
    await ask(grace, 'GET', '/v1/messages/inbox?limit=1');
    await ask(ada, 'GET', '/v1/messages/sent');
    await ask(ada, 'POST', '/v1/sync', { revision: 0, cursors: {} });
    await ask(grace, 'POST', '/v1/sync', { revision: 0, cursors: { [sent.conversationId]: 1 } });
  });

  it('about MLS groups', async () => {
    const [ada, grace] = await Promise.all([TestUser.register(relay), TestUser.register(relay)]);
    const group = await MlsGroup.of(ada);
    const path = `/v1/conversations/${group.id}`;
    const commit = group.request(ada, { add: [grace], joining: [grace] });
    await ask(ada, 'POST', `${path}/commits`, commit);
    await ask(ada, 'POST', `${path}/commits`, commit);
    await ask(grace, 'GET', path);
    await ask(grace, 'GET', `${path}/group-info`);
    await ask(ada, 'PUT', `${path}/group-info`, { groupInfo: commit.groupInfo });
    await ask(grace, 'POST', '/v1/sync', { revision: 0, cursors: {} });
    const { body } = await ask(grace, 'GET', '/v1/welcomes');
    await ask(grace, 'DELETE', `/v1/welcomes/${body.items[0].id as string}`);
    await ask(grace, 'POST', `${path}/leave`);
    await ask(ada, 'GET', path);
  });

  it('about the vault, recovery and linking', async () => {
    const ada = await TestUser.register(relay);
    const recoveryKey = await withRecovery(ada);
    const headers = { 'if-none-match': '*' };
    await ask(ada, 'PUT', '/v1/vault/x', { body: 'AAAA' }, headers);
    await ask(ada, 'GET', '/v1/vault/x');
    await ask(ada, 'GET', '/v1/vault?limit=1');
    await ask(ada, 'DELETE', '/v1/vault/x', undefined, { 'if-match': '"1"' });
    await ask(undefined, 'POST', '/v1/auth/recovery/open', { username: ada.username, recoveryKey });
    const { authKey } = ada;
    await ask(ada, 'PUT', '/v1/auth/recovery', { authKey, recoveryKey, vaultRoot: { body: 'AAAA' } });
    const { body: slot } = await ask(undefined, 'POST', '/v1/linking', { offer: 'AAAA' });
    const path = `/v1/linking/${slot.slotId}`;
    await ask(ada, 'GET', path);
    await ask(undefined, 'POST', `${path}/read`, { readKey: slot.readKey });
    await ask(ada, 'PUT', `${path}/answer`, { answer: 'AAAA' });
    await ask(ada, 'PUT', `${path}/provisioning`, { provisioning: 'AAAA' });
    await ask(undefined, 'POST', `${path}/read`, { readKey: slot.readKey });
    await ask(undefined, 'POST', '/v1/auth/recovery/complete', completion(ada.username, recoveryKey));
    const bob = await TestUser.register(relay);
    await ask(bob, 'DELETE', '/v1/auth/recovery', { authKey: bob.authKey });
  });

  it('about second factors', async () => {
    const ada = await TestUser.register(relay);
    const { authKey, deviceId, username } = ada;
    const { body: begun } = await ask(ada, 'POST', '/v1/auth/mfa/totp', { authKey, name: 'Phone' });
    const app = new AuthenticatorApp(relay, String(begun.secret));
    await ask(ada, 'POST', `/v1/auth/mfa/totp/${String(begun.id)}/confirm`, { code: app.code() });
    const passkey = new SoftPasskey(ORIGIN, PASSKEY_HOST);
    const { body: options } = await ask(ada, 'POST', '/v1/auth/mfa/passkeys/options', { authKey });
    const made = { name: 'Key', ...passkey.create(String(options.challenge)) };
    await ask(ada, 'POST', '/v1/auth/mfa/passkeys', made);
    await ask(ada, 'POST', '/v1/auth/mfa/recovery-codes', { authKey });
    const { body: refused } = await ask(undefined, 'POST', '/v1/auth/login', { username, authKey, deviceId });
    const answer = { challenge: refused.mfa.challenge, proof: { kind: 'totp', code: app.nextCode() } };
    await ask(undefined, 'POST', '/v1/auth/mfa/sign-in', { ...answer, deviceId, trustDevice: true });
    await ask(ada, 'GET', '/v1/auth/mfa');
    await ask(ada, 'DELETE', `/v1/auth/mfa/trusted-devices/${deviceId}`);
    const { body: asked } = await ask(undefined, 'POST', '/v1/auth/mfa/passkey-sign-in/options', {});
    const assertion = passkey.get(String(asked.challenge));
    const alone = { challenge: asked.challenge, assertion, deviceId };
    await ask(undefined, 'POST', '/v1/auth/mfa/passkey-sign-in', alone);
    letFactorAge(relay);
    const path = `/v1/auth/mfa/factors/${String(begun.id)}`;
    const { body: again } = await ask(ada, 'DELETE', path, { authKey });
    const shown = { challenge: again.mfa.challenge, proof: { kind: 'totp', code: app.nextCode() } };
    await ask(ada, 'POST', '/v1/auth/mfa/step-up', shown);
    await ask(ada, 'DELETE', path, { authKey });
  });

  it('about waking devices', async () => {
    const ada = await TestUser.register(relay);
    await ask(ada, 'PUT', '/v1/push', { target: PUSH_TARGET });
    await ask(ada, 'GET', '/v1/push');
    await ask(ada, 'PUT', '/v1/push/mute', { until: new Date(Date.now() + 60_000).toISOString() });
    await ask(ada, 'PUT', '/v1/push/mute', {});
    await ask(ada, 'DELETE', '/v1/push/mute');
    await ask(ada, 'DELETE', '/v1/push');
  });

  it('about what admins do for the server, and tell everybody', async () => {
    const { user: admin } = await adminOf(relay);
    await ask(admin, 'GET', '/v1/admin/settings');
    await ask(admin, 'PUT', '/v1/admin/settings/registration', { registration: 'open' });
    await ask(admin, 'PUT', '/v1/admin/settings/retention', { maxDays: null });
    const { body: invitation } = await ask(admin, 'POST', '/v1/admin/invitations', { note: 'The choir', uses: 2 });
    await ask(admin, 'GET', '/v1/admin/invitations');
    await ask(admin, 'DELETE', `/v1/admin/invitations/${String(invitation.id)}`);
    await ask(admin, 'GET', '/v1/admin/statistics');
    const user = `/v1/admin/users/${admin.username}`;
    await ask(admin, 'PUT', `${user}/quotas`, { attachmentBytes: 1_000_000, attachmentBytesPerDay: null });
    await ask(admin, 'PUT', `${user}/limits`, { percent: 300 });
    await ask(admin, 'GET', `${user}/allowance`);
    await ask(admin, 'DELETE', `${user}/limits`);
    const news = { severity: 'info', text: 'Update on Sunday.', textDe: 'Am Sonntag ein Update.' };
    const { body: announcement } = await ask(admin, 'POST', '/v1/admin/announcements', news);
    await ask(admin, 'GET', '/v1/announcements');
    await ask(admin, 'DELETE', `/v1/admin/announcements/${String(announcement.id)}`);
  });

  it('about attachments', async () => {
    const [ada, bob] = await people(relay, 2);
    const attacher = new Attacher(relay, ada);
    const id = await attacher.begin({ conversationId: await ada.directWith(bob), length: 10 });
    const answers = {
      getUpload: await attacher.head(id),
      continueUpload: await attacher.send(id, 0, ciphertext(10)),
      downloadAttachment: await attacher.download(id, 'bytes=0-4'),
      deleteAttachment: await attacher.remove(id),
    };
    for (const [operationId, { status }] of Object.entries(answers)) if (status < 400) answered.add(operationId);
    answered.add('createAttachment');
  });

  it('to admins', async () => {
    const [root, other] = [(await adminOf(relay)).user, (await adminOf(relay)).user];
    const { username } = (await withTotp(relay)).user;
    await ask(root, 'GET', `/v1/admin/users?search=${username}`);
    await ask(root, 'PUT', `/v1/admin/users/${username}/suspension`, { reason: 'Sends advertisements.' });
    await ask(root, 'GET', `/v1/admin/users/${username}`);
    await ask(root, 'DELETE', `/v1/admin/users/${username}/suspension`);
    await ask(root, 'DELETE', `/v1/admin/users/${username}/sessions`);
    await ask(root, 'GET', '/v1/admin/audit');
    const { body: first } = await ask(root, 'POST', '/v1/admin/mfa-resets', { username });
    await ask(other, 'GET', '/v1/admin/mfa-resets');
    await ask(other, 'DELETE', `/v1/admin/mfa-resets/${first.id}`);
    const { body: again } = await ask(root, 'POST', '/v1/admin/mfa-resets', { username });
    await ask(other, 'POST', `/v1/admin/mfa-resets/${again.id}/approve`);
  });

  it('about itself and its health', async () => {
    await ask(undefined, 'GET', '/v1/server');
    await ask(undefined, 'GET', '/health/live');
    await ask(undefined, 'GET', '/health/ready');
    await ask(undefined, 'GET', '/metrics', undefined, { authorization: `Bearer ${SCRAPE_TOKEN}` });
  });

  it('for every operation there is: each was asked above, and succeeded', () => {
    const all = contract.operations().map(({ operationId }) => operationId);
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter((id) => !answered.has(id))).toEqual([]);
  });
});
