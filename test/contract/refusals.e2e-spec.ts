import { generateKeyPairSync } from 'node:crypto';
import { type ErrorCode, LIMITS } from '#protocol';
import {
  call,
  ContractDocument,
  type DocumentedResponse,
  draftOf,
  type Reply,
  startTestPostgres,
  TestRelay,
  TestUser,
} from '#testing';
import { v7 } from 'uuid';
import { keyPackagesOf, listed, nextList, signed } from '../e2e/device-lists.js';
import { newKey } from '../e2e/identity-key.js';
import { completion, withRecovery } from '../e2e/recovering.js';
import { secret } from '../e2e/signing-in.js';
import { codeOf, filled, largestBody, type Operation, operationsOf } from '../operations.js';
import { refuseAtAccount, refuseAtRefresh, refuseAtSignIn } from './account-refusals.js';
import { refuseAtConversations, refuseAtMembers, refuseAtMessages } from './conversation-refusals.js';
import { type Ask, askOfFullGroup, askOfGroup } from './group-refusals.js';
import { SCRAPE_TOKEN } from '../scraping.js';
import { mfaBodies } from '../e2e/mfa-bodies.js';
import { refuseWhatIsToBeDeleted } from './deletion-refusals.js';
import { refuseAtMfa } from './mfa-refusals.js';
import { refuseAtAdmin } from './admin-refusals.js';
import { refuseAtAttachments } from './attachment-refusals.js';
import { refuseAtReports } from './report-refusals.js';
import { refuseAtPush } from './push-refusals.js';
import { type Asking, refuseAtLinking, refuseAtRecovery, refuseAtVault } from './vault-refusals.js';

/**
 * That nothing is answered which is not documented, every end-to-end test shows. Here it is the other way about: whatever
 * is documented is answered, code by code, so that the document promises no refusal that there is not.
 */

const contract = ContractDocument.committed();
const seen = new Set<string>();
/** A fault of the relay, which no test can ask for. */
const NEVER = 'internal';
/** Ask no database. */
const ALWAYS_UP = ['healthLive', 'getServer', 'getMetrics'];

let relay: TestRelay;
let operations: Operation[];
let [ada, grace, eve]: TestUser[] = [];
beforeAll(async () => {
  relay = await TestRelay.start();
  operations = await operationsOf(relay);
  [ada, grace, eve] = await Promise.all([0, 1, 2].map(() => TestUser.register(relay)));
});
afterAll(() => relay.stop());

/** Asks, and notes the code of the refusal. */
const ask: Ask = async (person, method, path, { body, headers = {}, at = relay } = {}) => {
  const token = person === undefined ? {} : { token: person.token };
  const reply = await call(at, method, `/v1${path}`, { body, headers, ...token });
  if (reply.status >= 400) note(method, `/v1${path}`, reply);
  return reply;
};

function note(method: string, path: string, { body }: Pick<Reply, 'body'>): void {
  seen.add(`${contract.operation(method, path.split('?')[0]!)!.operationId} ${body.code}`);
}

/** Every pair of an operation and a code it may answer. */
function documented(): string[] {
  return contract.operations().flatMap(({ operationId, responses }) =>
    Object.values(responses).flatMap((response) => {
      const { 'x-problem-codes': codes = [] } = contract.resolve<DocumentedResponse>(response);
      return codes.map((code) => `${operationId} ${code}`);
    }),
  );
}

const values = (): Record<string, string> => ({
  username: grace!.username,
  id: v7(),
  conversationId: v7(),
  messageId: v7(),
});

/** Nobody's access token opens the metrics: whoever shows one elsewhere shows the operator's there. */
function asScraper<Asked extends { token?: string }>(request: Asked): Asked {
  return request.token === undefined ? request : { ...request, token: SCRAPE_TOKEN };
}

/** Asks every operation of a relay the same, and holds the code of each answer against what it has to be. */
async function askAll(
  at: TestRelay,
  request: { token?: string; headers?: Record<string, string>; body?: unknown },
  expected: (operation: Operation) => ErrorCode | undefined,
): Promise<void> {
  for (const operation of operations) {
    const code = expected(operation);
    if (code === undefined) continue;
    const { method, path, operationId } = operation;
    const { body: _body, ...without } = operationId === 'getMetrics' ? asScraper(request) : request;
    const url = filled(path, values()) + (operationId === 'getKdf' ? '?username=ada' : '');
    const reply = await call(at, method, url, ['GET', 'HEAD'].includes(method) ? without : request);
    expect([operationId, codeOf(method, reply, code)]).toEqual([operationId, code]);
    note(method, url, { body: { code } });
  }
}

describe('every route', () => {
  it('refuses who shows no token', async () => {
    await askAll(relay, {}, ({ isAnonymous }) => (isAnonymous ? undefined : 'invalid_token'));
  });

  it('refuses a version of the protocol that is not spoken', async () => {
    const headers = { 'sealpost-protocol': '2' };
    await askAll(relay, { token: ada!.token, headers }, () => 'unsupported_protocol');
  });

  it('refuses a body that is too large, no JSON, or not called so', async () => {
    const hasBody = ({ method }: Operation): boolean => !['GET', 'HEAD'].includes(method);
    const { token } = ada!;
    for (const bytes of [LIMITS.bodyBytes, LIMITS.commitBodyBytes]) {
      const isTooLarge = (one: Operation): boolean => hasBody(one) && largestBody(one.operationId) === bytes;
      const large = JSON.stringify({ text: 'x'.repeat(bytes) });
      await askAll(relay, { token, body: large }, (one) => (isTooLarge(one) ? 'payload_too_large' : undefined));
    }
    await askAll(relay, { token, body: '{' }, (one) => (hasBody(one) ? 'invalid_request' : undefined));
    const headers = { 'content-type': 'text/plain' };
    await askAll(relay, { token, headers, body: 'x' }, (one) => (hasBody(one) ? 'unsupported_media_type' : undefined));
  });

  it('refuses parameters that are none', async () => {
    for (const { method, path, queries } of operations.filter((one) => one.method === 'GET')) {
      const url = filled(path, {}, 'NO') + (queries.length > 0 ? '?odd=1' : '');
      if (url !== path) note(method, url, await call(relay, method, url, { token: ada!.token }));
    }
  });

  it('refuses who asks too often', async () => {
    const limited = await TestRelay.start({
      environment: { LIMITS: 'anonymous=2/1000000,requests=1/1000000', METRICS_TOKEN: SCRAPE_TOKEN },
    });
    const person = await TestUser.register(limited);
    await person.request('GET', '/auth/me');
    await askAll(limited, { token: person.token }, () => 'rate_limited');
    await limited.stop();
  });

  it('says that it is out of service while the database is', async () => {
    const postgres = await startTestPostgres();
    const cut = await TestRelay.start({ database: { ...postgres, drop: () => Promise.resolve() } });
    const person = await TestUser.register(cut);
    await postgres.stop();
    const { authKey, username, token } = person;
    const kdf = { algorithm: 'pbkdf2-sha256', salt: 'A'.repeat(22), iterations: 600_000 };
    const bodies: Record<string, unknown> = {
      register: { username, authKey, kdf, device: { name: 'x' } },
      login: { username, authKey, device: { name: 'x' } },
      refresh: { refreshToken: authKey },
      openRecovery: { username, recoveryKey: authKey },
      completeRecovery: completion(username, authKey),
      ...mfaBodies(authKey),
      beginPasskeySignIn: {},
      openLinking: { offer: 'AAAA' },
      readLinking: { readKey: authKey },
    };
    const isAsked = ({ operationId, isAnonymous }: Operation): boolean => isAnonymous && operationId in bodies;
    for (const [operationId, body] of Object.entries(bodies))
      await askAll(cut, { body }, (one) =>
        isAsked(one) && one.operationId === operationId ? 'unavailable' : undefined,
      );
    const others = (one: Operation): boolean => !ALWAYS_UP.includes(one.operationId) && !isAsked(one);
    await askAll(cut, { token }, (one) => (others(one) ? 'unavailable' : undefined));
    await cut.stop();
  });
});

/** Asks as somebody. */
const asking =
  (person: TestUser): Asking =>
  (method, path, request = {}) =>
    ask(request.isAnonymous === true ? undefined : person, method, path, request);

function publicKey(): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  return x!;
}

describe('what a route is for, it also refuses:', () => {
  it('registering and signing in', () => refuseAtSignIn(ask, ada!));

  it('refreshing', () => refuseAtRefresh(ask, eve!));

  it('changing the secret, and deleting the account', async () => {
    await refuseAtAccount(ask, await TestUser.register(relay));
  });

  it('sessions, devices and keys', async () => {
    await ask(ada, 'DELETE', `/auth/sessions/${v7()}`);
    await ask(ada, 'PATCH', `/devices/${v7()}`, { body: { name: 'x' } });
    await ask(ada, 'DELETE', `/devices/${v7()}`);
    await ask(ada, 'GET', '/users/nobody-here/devices');
    await ask(ada, 'GET', '/keys/me');
    await ask(ada, 'GET', '/keys/nobody-here');
    await ask(ada, 'GET', '/keys/nobody-here/history');
    const first = { algorithm: 'ed25519', publicKey: publicKey() };
    await ask(ada, 'PUT', '/keys/me', { body: first });
    const next = { algorithm: 'ed25519', publicKey: publicKey(), version: 1 };
    const reset = { reset: true, authKey: secret() };
    await ask(ada, 'PUT', '/keys/me', { body: { ...next, version: 7 } });
    await ask(ada, 'PUT', '/keys/me', { body: { ...next, signature: Buffer.alloc(64).toString('base64url') } });
    await ask(ada, 'PUT', '/keys/me', { body: { ...next, ...reset } });
  });

  it('device lists and key packages', async () => {
    await ask(ada, 'GET', '/devices/list');
    const lister = await listed(relay);
    const { user, key, list } = lister;
    await ask(user, 'PUT', '/devices/list', { body: signed({ ...list, keyVersion: 2 }, key) });
    await ask(user, 'PUT', '/devices/list', { body: signed(nextList(list), newKey()) });
    const keyPackages = keyPackagesOf(relay, { user, mls: newKey() }).map((body) => ({ body }));
    await ask(user, 'POST', '/devices/me/key-packages', { body: { keyPackages } });
    await ask(ada, 'POST', '/users/nobody-here/key-packages/claim', { body: {} });
  });

  it('the vault', () => refuseAtVault(asking(ada!)));

  it('recovering an account', async () => {
    const person = await TestUser.register(relay);
    await refuseAtRecovery(asking(person), person, relay);
  });

  it('second factors', () => refuseAtMfa(ask));

  it('whatever lets an account in that is to be deleted', () => refuseWhatIsToBeDeleted(ask));

  it('what only admins may', () => refuseAtAdmin(ask));

  it('linking a device', () => refuseAtLinking(asking(ada!), asking(eve!)));

  it('waking a device', () => refuseAtPush(asking(eve!)));

  it('reporting somebody', () => refuseAtReports(ask, { ada: ada!, grace: grace!, eve: eve! }));

  it('attachments', async () => {
    await refuseAtAttachments((operationId, code) => void seen.add(`${operationId} ${code}`));
  });

  it('people', async () => {
    await ask(ada, 'GET', '/users/nobody-here');
    await ask(ada, 'GET', '/contacts/nobody-here');
    await ask(ada, 'PUT', '/contacts/nobody-here', { body: { state: 'blocked' } });
  });

  it('conversations', () => refuseAtConversations(ask, { ada: ada!, grace: grace!, eve: eve! }));

  it('members and metadata', () => refuseAtMembers(ask, { ada: ada!, grace: grace!, eve: eve! }));

  it('commits, welcomes, and messages of MLS groups', async () => {
    await askOfGroup(ask, { ada: ada!, grace: grace!, eve: eve! });
  });

  it('messages and receipts', () => refuseAtMessages(ask, { ada: ada!, grace: grace!, eve: eve! }));

  it('more than there is room for', async () => {
    const quotas =
      'vaultBytesPerAccount=1,devicesPerAccount=1,keyPackagesPerDevice=1,conversationsPerAccount=1,membersPerConversation=2';
    const at = await TestRelay.start({ environment: { QUOTAS: quotas } });
    const people = await Promise.all([0, 1, 2].map(() => TestUser.register(at)));
    const [owner, second, third] = people as [TestUser, TestUser, TestUser];
    const { username, authKey } = owner;
    await ask(owner, 'POST', '/devices', { at, body: { name: 'Two' } });
    await ask(undefined, 'POST', '/auth/login', { at, body: { username, authKey, device: { name: 'Two' } } });
    await ask(owner, 'PUT', '/vault/x', { at, headers: { 'if-none-match': '*' }, body: { body: 'AAAA' } });
    const body = completion(username, await withRecovery(owner));
    await ask(undefined, 'POST', '/auth/recovery/complete', { at, body });
    const { body: group } = await ask(owner, 'POST', '/conversations', { at, body: { kind: 'group', members: [] } });
    await ask(owner, 'POST', '/conversations', { at, body: { kind: 'direct', with: second.username } });
    await ask(owner, 'POST', '/messages', { at, body: { ...draftOf('x'), to: second.username } });
    const three = [owner.username, third.username];
    await ask(second, 'POST', '/conversations', { at, body: { kind: 'group', members: three } });
    await ask(second, 'POST', '/conversations', { at, body: { kind: 'group', members: [] } });
    const add = async (...members: string[]): Promise<unknown> =>
      ask(owner, 'POST', `/conversations/${group.id}/members`, { at, body: { members } });
    await add(second.username);
    await add(second.username, third.username);
    await askOfFullGroup(ask, at);
    const lister = await listed(at);
    const keyPackages = keyPackagesOf(at, lister, 2).map((body) => ({ body }));
    await ask(lister.user, 'POST', '/devices/me/key-packages', { at, body: { keyPackages } });
    await at.stop();
  });
});

describe('the document', () => {
  it('promises no refusal that was not answered above', () => {
    const promised = documented().filter(
      (pair) => !pair.endsWith(` ${NEVER}`) && !ALWAYS_UP.some((id) => pair === `${id} unavailable`),
    );
    expect(promised.length).toBeGreaterThan(250);
    expect(promised.filter((pair) => !seen.has(pair))).toEqual([]);
  });
});
