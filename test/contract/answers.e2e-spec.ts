import { generateKeyPairSync } from 'node:crypto';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { call, draftOf, type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';

interface Answer {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { operationId: string; responses: Readonly<Record<string, Answer>> }>>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, { type?: string; properties?: object }>> };
}

const relay = TestRelay.duringTests();
let document: Document;
let ajv: Ajv2020;
const answered = new Set<string>();

beforeAll(async () => {
  document = (await call(relay, 'GET', '/openapi.json')).body;
  ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'urn:sealpost:document', components: { schemas: closed(document.components.schemas) } });
});

/** Lets nothing pass that is not documented. */
function closed(schemas: Document['components']['schemas']): object {
  const entries = Object.entries(schemas).map(([name, schema]) => [name, { ...schema, additionalProperties: false }]);
  return Object.fromEntries(entries);
}

function validatorOf(schema: object): ValidateFunction {
  const absolute = JSON.stringify(schema).replaceAll('"#/components', '"urn:sealpost:document#/components');
  return ajv.compile(JSON.parse(absolute) as object);
}

/** Asks, and holds the answer against what the document says of it. */
async function ask(person: TestUser | undefined, method: string, path: string, body?: unknown): Promise<Reply> {
  const token = person === undefined ? {} : { token: person.token };
  const reply = await call(relay, method, path, { body, ...token });
  const { operationId, responses } = operationFor(method, path);
  const documented = responses[String(reply.status)] ?? (reply.status >= 400 ? responses.default : undefined);
  const type = reply.headers.get('content-type')?.split(';')[0] ?? '';
  const where = `${operationId} ${String(reply.status)}`;
  expect([where, documented !== undefined]).toEqual([where, true]);
  if (documented?.content === undefined) expect([where, reply.body]).toEqual([where, undefined]);
  else {
    const validate = validatorOf(documented.content[type]!.schema);
    validate(reply.body);
    expect([where, mistakes(validate)]).toEqual([where, []]);
  }
  if (reply.status < 400) answered.add(operationId);
  return reply;
}

function mistakes({ errors }: ValidateFunction): string[] {
  return (errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}

function operationFor(method: string, path: string): Document['paths'][string][string] {
  const plain = path.split('?')[0]!;
  const matching = Object.entries(document.paths)
    .filter(([template]) => new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(plain))
    // "/keys/me" is also a "/keys/{username}": fewer parameters win, as they do in the relay.
    .sort(([one], [other]) => one.split('{').length - other.split('{').length);
  const found = matching
    .map(([, methods]) => methods[method.toLowerCase()])
    .find((operation) => operation !== undefined);
  if (found === undefined) throw new Error(`the document has no ${method} ${plain}`);
  return found;
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
    await ask(ada, 'GET', `/v1/conversations/${body.id}`);
    await ask(ada, 'DELETE', `/v1/conversations/${body.id}/members`, { members: [grace.username] });
    await ask(ada, 'POST', `/v1/conversations/${body.id}/leave`);
    await ask(grace, 'GET', `/v1/conversations/${body.id}`);
    await ask(ada, 'GET', '/v1/conversations?limit=1');
    await ask(grace, 'GET', `/v1/conversations/${body.id}/messages`);
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

  it('about its health', async () => {
    await ask(undefined, 'GET', '/health/live');
    await ask(undefined, 'GET', '/health/ready');
  });

  it('for every operation there is: each was asked above, and succeeded', () => {
    const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    expect(all.map(({ operationId }) => operationId).filter((id) => !answered.has(id))).toEqual([]);
  });

  it('and would be noticed if it were not', () => {
    const validate = validatorOf({ $ref: '#/components/schemas/ProfileDto' });
    expect(validate({ accountId: v7(), username: 'ada', displayName: 'Ada' })).toBe(true);
    expect(validate({ accountId: v7(), username: 'ada', displayName: 'Ada', email: 'a@b' })).toBe(false);
    expect(validate({ accountId: v7(), username: 'ada' })).toBe(false);
  });
});
