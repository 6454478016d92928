import { call, draftOf, type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { administering, adminOf } from '../e2e/admins.js';
import { addTotp, ORIGIN } from '../e2e/second-factors.js';
import { groupOf } from '../e2e/sending.js';
import { secret } from '../e2e/signing-in.js';
import { filled, type Operation, operationsOf } from '../operations.js';

/**
 * That admins see no content and no social graph. Every route for them is on this list, with all that its answer may hold: one
 * that is new, or says more, has to be put here.
 */
const USER = [
  'accountId',
  'admin',
  'createdAt',
  'devices',
  'displayName',
  'lastSeenDay',
  'secondFactor',
  'sessions',
  'state',
  'storedBytes',
  'suspension',
  'suspension.at',
  'suspension.by',
  'suspension.reason',
  'username',
];
const RESET = ['askedAt', 'askedBy', 'expiresAt', 'id', 'username'];
const SETTINGS = ['registration', 'retentionMaxDays'];
const INVITATION = ['createdAt', 'expiresAt', 'id', 'note', 'uses', 'usesLeft'];
const ALLOWANCE = ['attachmentBytes', 'attachmentBytesPerDay', 'limits', 'limits.percent', 'limits.until'];
/** Sums of the whole relay. */
const STATISTICS = [
  'accounts',
  'activeAccounts',
  'activeAccounts.day',
  'activeAccounts.month',
  'activeAccounts.week',
  'at',
  'attachmentBytes',
  'attachments',
  'conversations',
  'databaseBytes',
  'devices',
  'messages',
  'pushes',
  'pushes.failed',
  'pushes.sent',
  'uptimeSeconds',
  'version',
];
/** Without the ids of devices and sessions, and without any account but the own and the one that an admin did something to. */
const AUDIT_EVENT = ['accountId', 'actor', 'at', 'count', 'hash', 'kind', 'previousHash', 'seq', 'subject', 'username'];
const listOf = (fields: readonly string[]): string[] => [
  'items',
  ...fields.map((name) => `items.${name}`),
  'nextCursor',
];

const SIGHT: Readonly<Record<string, readonly string[]>> = {
  'GET /v1/admin/audit': listOf(AUDIT_EVENT),
  'GET /v1/admin/users': listOf(USER),
  'GET /v1/admin/users/{username}': USER,
  'PUT /v1/admin/users/{username}/suspension': [],
  'DELETE /v1/admin/users/{username}/suspension': [],
  'DELETE /v1/admin/users/{username}/sessions': [],
  'GET /v1/admin/mfa-resets': listOf(RESET),
  'POST /v1/admin/mfa-resets': RESET,
  'POST /v1/admin/mfa-resets/{id}/approve': [],
  'DELETE /v1/admin/mfa-resets/{id}': [],
  'GET /v1/admin/settings': SETTINGS,
  'PUT /v1/admin/settings/registration': SETTINGS,
  'PUT /v1/admin/settings/retention': SETTINGS,
  'GET /v1/admin/invitations': listOf(INVITATION),
  'POST /v1/admin/invitations': ['code', ...INVITATION],
  'DELETE /v1/admin/invitations/{id}': [],
  'POST /v1/admin/announcements': ['createdAt', 'expiresAt', 'id', 'severity', 'text', 'textDe', 'textEn'],
  'DELETE /v1/admin/announcements/{id}': [],
  'GET /v1/admin/users/{username}/allowance': ALLOWANCE,
  'PUT /v1/admin/users/{username}/quotas': ALLOWANCE,
  'PUT /v1/admin/users/{username}/limits': ALLOWANCE,
  'DELETE /v1/admin/users/{username}/limits': [],
  'GET /v1/admin/statistics': STATISTICS,
};

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface DocumentedOperation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN } });
let document: Document;
let operations: Operation[];
beforeAll(async () => {
  document = (await call(relay, 'GET', '/openapi.json')).body as Document;
  operations = await operationsOf(relay);
});

/** Every field that a shape may have, at whichever depth. */
function fieldsIn(schema: Schema, under = ''): string[] {
  const { $ref, properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = schema;
  const named = $ref === undefined ? [] : fieldsIn(document.components.schemas[$ref.split('/').at(-1)!]!, under);
  const own = Object.entries(properties).flatMap(([name, inner]) => [
    `${under}${name}`,
    ...fieldsIn(inner, `${under}${name}.`),
  ]);
  const others = [...anyOf, ...oneOf, ...allOf, ...(items === undefined ? [] : [items])];
  return [...named, ...own, ...others.flatMap((other) => fieldsIn(other, under))];
}

function answerOf({ responses }: DocumentedOperation): string[] {
  const shapes = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .flatMap(([, { content = {} }]) => Object.values(content).map(({ schema }) => schema));
  return [...new Set(shapes.flatMap((schema) => fieldsIn(schema)))].sort();
}

const isForAdmins = ({ security = [] }: DocumentedOperation): boolean =>
  security.some((schemes) => Object.values(schemes).flat().includes('admin'));

describe('the contract', () => {
  it('has no route for admins, and no field in their answers, that is not on the list', () => {
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
    );
    const admins = documented.filter(({ operation }) => isForAdmins(operation));
    expect(Object.fromEntries(admins.map(({ route, operation }) => [route, answerOf(operation)]))).toEqual(
      Object.fromEntries(Object.entries(SIGHT).map(([route, fields]) => [route, [...fields].sort()])),
    );
    // Below this path there is nothing else, and nothing like it elsewhere.
    const isBelow = ({ route }: { route: string }): boolean => route.includes(' /v1/admin/');
    expect(documented.filter(isBelow).map(({ route }) => route)).toEqual(admins.map(({ route }) => route));
  });
});

/** People with something to hide: whom they know, what they are in, and what they said. */
interface Seeded {
  readonly ada: TestUser;
  readonly canaries: readonly string[];
}

async function seeded(): Promise<Seeded> {
  const [ada, grace, hedy] = [
    await TestUser.register(relay),
    await TestUser.register(relay),
    await TestUser.register(relay),
  ];
  const group = await groupOf(ada, [grace, hedy]);
  const direct = await ada.directWith(grace);
  const drafts = [draftOf(`sealed ${secret()}`), draftOf(`sealed ${secret()}`)];
  await ada.request('POST', `/conversations/${group}/messages`, drafts[0]);
  await ada.request('POST', `/conversations/${direct}/messages`, drafts[1]);
  await ada.request('PUT', `/contacts/${grace.username}`, { state: 'accepted' });
  await ada.request('PUT', `/contacts/${hedy.username}`, { state: 'blocked' });
  const body = secret();
  await call(relay, 'PUT', '/v1/vault/canary', { token: ada.token, headers: { 'if-none-match': '*' }, body: { body } });
  await addTotp(relay, ada);
  const said = drafts.flatMap(({ id, ciphertext }) => [id, ciphertext]);
  const peers = [grace, hedy].flatMap(({ username, accountId, deviceId }) => [username, accountId, deviceId]);
  return { ada, canaries: [group, direct, body, ada.deviceId, ada.signedIn.sessionId, ...said, ...peers] };
}

type Ask = (user: TestUser, method: string, path: string, body?: unknown) => Promise<Reply>;

/** What admins ask of the relay, and may let an account have. */
async function askOfServer(ask: Ask, admin: TestUser, username: string): Promise<void> {
  await ask(admin, 'GET', '/admin/statistics');
  await ask(admin, 'GET', '/admin/settings');
  await ask(admin, 'PUT', '/admin/settings/registration', { registration: 'open' });
  await ask(admin, 'PUT', '/admin/settings/retention', { maxDays: null });
  const { body: invitation } = await ask(admin, 'POST', '/admin/invitations', { uses: 1 });
  await ask(admin, 'GET', '/admin/invitations');
  await ask(admin, 'DELETE', `/admin/invitations/${String(invitation.id)}`);
  const { body: announced } = await ask(admin, 'POST', '/admin/announcements', { severity: 'info', text: 'x' });
  await ask(admin, 'DELETE', `/admin/announcements/${String(announced.id)}`);
  await ask(admin, 'GET', `/admin/users/${username}/allowance`);
  const quotas = { attachmentBytes: null, attachmentBytesPerDay: null };
  await ask(admin, 'PUT', `/admin/users/${username}/quotas`, quotas);
  await ask(admin, 'PUT', `/admin/users/${username}/limits`, { percent: 200 });
  await ask(admin, 'DELETE', `/admin/users/${username}/limits`);
}

describe('an admin', () => {
  it('is shown no peer, no conversation, no ciphertext and no device of anybody, on any route', async () => {
    const [root, other] = [await adminOf(relay), await adminOf(relay)];
    const { ada, canaries } = await seeded();
    const { username } = ada;
    const replies: Reply[] = [];
    const ask: Ask = async (user, method, path, body) => {
      const reply = await user.request(method, path, body);
      expect([method, path, reply.status < 300]).toEqual([method, path, true]);
      replies.push(reply);
      return reply;
    };
    await ask(root.user, 'GET', `/admin/audit?username=${username}`);
    await ask(root.user, 'GET', `/admin/users?search=${username}`);
    await ask(root.user, 'GET', `/admin/users/${username}`);
    const { body: first } = await ask(root.user, 'POST', '/admin/mfa-resets', { username });
    await ask(other.user, 'GET', '/admin/mfa-resets');
    await ask(other.user, 'DELETE', `/admin/mfa-resets/${String(first.id)}`);
    const { body: again } = await ask(root.user, 'POST', '/admin/mfa-resets', { username });
    await ask(other.user, 'POST', `/admin/mfa-resets/${String(again.id)}/approve`);
    await ask(root.user, 'PUT', `/admin/users/${username}/suspension`, { reason: 'x' });
    await ask(root.user, 'GET', `/admin/users/${username}`);
    await ask(root.user, 'DELETE', `/admin/users/${username}/suspension`);
    await ask(root.user, 'DELETE', `/admin/users/${username}/sessions`);
    await askOfServer(ask, root.user, username);
    const asked = replies.length;
    expect(asked).toBeGreaterThanOrEqual(Object.keys(SIGHT).length);
    const text = JSON.stringify(replies.map(({ body, headers }) => [body, [...headers]]));
    // What is to be seen is there, so what is not would be found, too.
    expect(text).toContain(username);
    expect(canaries.filter((canary) => text.includes(canary))).toEqual([]);
  });

  it('gets on every other route what anybody gets, and is no member of what others are in', async () => {
    const [root, stranger] = [await TestUser.register(relay), await TestUser.register(relay)];
    const { ada, canaries } = await seeded();
    await administering(relay, root);
    const [conversationId = ''] = canaries;
    const { body: log } = await ada.request('GET', `/conversations/${conversationId}/messages`);
    const values = { id: conversationId, conversationId, messageId: log.items[0].id as string, username: ada.username };
    const readings = operations.filter(({ method, path }) => method === 'GET' && !path.startsWith('/v1/admin/'));
    for (const { path } of readings.filter(({ path }) => path.startsWith('/v1/') && path.includes('{'))) {
      const url = filled(path, { ...values, attachmentId: v7(), name: 'canary' });
      const [asAdmin, asStranger] = [
        await call(relay, 'GET', url, { token: root.token }),
        await call(relay, 'GET', url, { token: stranger.token }),
      ];
      expect([path, asAdmin.status, asAdmin.body?.code]).toEqual([path, asStranger.status, asStranger.body?.code]);
    }
    const sent = await root.send(conversationId);
    expect([sent.status, sent.body]).toMatchObject([404, { code: 'not_found' }]);
  });
});
