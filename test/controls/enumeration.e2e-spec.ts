import { call, people, recordEvidence, type Reply, scaled, TestRelay, type TestUser } from '#testing';
import { draftsOf, groupOf } from '../e2e/sending.js';
import { renew } from '../e2e/renewal.js';
import { secret } from '../e2e/signing-in.js';

const HOUR_MS = 3_600_000;
const TRIES = scaled({ ci: 500, gate: 10_000 });
const WITHIN_MS = scaled({ ci: 60_000, gate: 600_000 });
/** What anybody may learn in an hour: 100 at once, and one more each quarter of an hour. */
const BUDGET = 104;
const KDF = { algorithm: 'pbkdf2-sha256', salt: 'A'.repeat(22), iterations: 600_000 };

/** Every limit but those that are for strangers. */
const environment = {
  LIMITS: ['register', 'loginAddress', 'anonymous', 'requests', 'messages', 'conversations', 'refresh']
    .map((id) => `${id}=1000000/1`)
    .join(','),
};
const relay = TestRelay.duringTests({ environment });
/** Tells the salts that registering needs, at nobody's expense. */
let scout: TestRelay;
let eve: TestUser;
let own: string;

beforeAll(async () => {
  scout = await TestRelay.start({ beside: relay });
  [eve] = await people(scout, 1);
  own = await groupOf(eve, []);
  await relay.query(
    `INSERT INTO accounts (id, username, display_name, auth_hash, kdf, created_at)
     SELECT gen_random_uuid(), 'somebody-' || n, 'x', 'x', $1, now() FROM generate_series(0, $2::integer) n`,
    [KDF, TRIES],
  );
});
afterAll(() => scout.stop());

const asEve = (method: string, path: string, body?: unknown): Promise<Reply> =>
  call(relay, method, `/v1${path}`, { body, token: eve.token });

/** Every way in which the relay says something about a name. */
const WAYS: Readonly<Record<string, (name: string) => Promise<Reply>>> = {
  kdf: (name) => call(relay, 'GET', `/v1/auth/kdf?username=${name}`),
  register: async (username) => {
    const { body: kdf } = await call(scout, 'GET', `/v1/auth/kdf?username=${username}`);
    const body = { username, authKey: secret(), kdf, device: { name: 'x' } };
    return call(relay, 'POST', '/v1/auth/register', { body });
  },
  profile: (name) => asEve('GET', `/users/${name}`),
  devices: (name) => asEve('GET', `/users/${name}/devices`),
  claim: (name) => asEve('POST', `/users/${name}/key-packages/claim`, {}),
  key: (name) => asEve('GET', `/keys/${name}`),
  history: (name) => asEve('GET', `/keys/${name}/history`),
  contact: (name) => asEve('PUT', `/contacts/${name}`, { state: 'accepted' }),
  direct: (name) => asEve('POST', '/conversations', { kind: 'direct', with: name }),
  to: (name) => asEve('POST', '/messages', { ...draftsOf(1)[0], to: name }),
  group: (name) => asEve('POST', '/conversations', { kind: 'group', members: [name] }),
  members: (name) => asEve('POST', `/conversations/${own}/members`, { members: [name] }),
};

describe('one account and one address together', () => {
  it(
    `learn of ${BUDGET} strangers at most in an hour, over all ways together (C-34)`,
    async () => {
      const learned: string[] = [];
      const ways = Object.entries(WAYS);
      for (let n = 0; n < TRIES; n++) {
        const [way, ask] = ways[n % ways.length]!;
        // Half of them exist, for each way.
        const name = Math.floor(n / ways.length) % 2 === 0 ? `somebody-${n}` : `nobody-${n}`;
        const { status } = await ask(name);
        if (status !== 429) learned.push(way);
        relay.clock.advance(HOUR_MS / TRIES);
        if (n % Math.ceil(TRIES / 10) === 0) await renew(relay, eve);
      }
      recordEvidence('C-34', { tries: TRIES, learned: learned.length, budget: BUDGET });
      expect(new Set(learned).size).toBe(ways.length);
      expect([learned.length >= BUDGET - 1, learned.length <= BUDGET]).toEqual([true, true]);
    },
    WITHIN_MS,
  );

  it('learn no more by naming many in one request (C-34)', async () => {
    const members = Array.from({ length: 100 }, (_none, n) => `somebody-${n}`);
    expect((await asEve('POST', '/conversations', { kind: 'group', members })).status).toBe(429);
    expect((await asEve('POST', `/conversations/${own}/members`, { members })).status).toBe(429);
  });

  it('go on asking about contacts and those they share a conversation with, for nothing (C-34)', async () => {
    const [contact, member] = await people(scout, 2);
    await scoutAsEve('PUT', `/contacts/${contact.username}`, { state: 'accepted' });
    await scoutAsEve('POST', `/conversations/${own}/members`, { members: [member.username] });
    for (let round = 0; round < 2 * BUDGET; round++)
      for (const { username } of [contact, member]) expect((await asEve('GET', `/users/${username}`)).status).toBe(200);
    // There may be room for one stranger again.
    await asEve('GET', '/users/somebody-0');
    expect((await asEve('GET', '/users/somebody-0')).status).toBe(429);
  });
});

/** At the relay that counts nothing. */
const scoutAsEve = (method: string, path: string, body: unknown): Promise<Reply> =>
  call(scout, method, `/v1${path}`, { body, token: eve.token });
