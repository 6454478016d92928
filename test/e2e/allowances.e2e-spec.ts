import { draftOf, TestRelay, TestUser } from '#testing';
import { Limiter } from '../../apps/relay/src/platform/limits/limiter.js';
import { UNLIMITED } from '../controls/unlimited.js';
import { eventsOf, kindsOf } from './audit-log.js';
import { Attacher } from './attaching.js';
import { operatingAdmin } from './operating-admin.js';

/** What admins let a single account do otherwise than all. */

/** They guard secrets and strangers: what an admin lets an account do leaves them alone. */
const guards = ['totpAccount', 'strangersAccount', 'identityKeys', 'mfaChallenges'] as const;

const environment = {
  // Slow to fill again: a test on a slow machine is not to find one token more.
  LIMITS: [UNLIMITED.LIMITS, 'messages=4/100000', 'profile=4/100000', 'events=8/100000']
    .concat(guards.map((id) => `${id}=1000/100000`))
    .join(','),
  QUOTAS: 'attachmentBytesPerAccount=100,attachmentBytesPerAccountAndDay=100',
};
const relay = TestRelay.duringTests({ environment });
let admin: TestUser;
let ada: TestUser;
let grace: TestUser;
let chat: string;

beforeEach(async () => {
  admin = await operatingAdmin(relay);
  [ada, grace] = [await TestUser.register(relay), await TestUser.register(relay)];
  chat = await ada.directWith(grace);
});

/** How many of ten messages are taken. */
async function sent(user: TestUser): Promise<number> {
  const replies = [];
  for (let n = 0; n < 10; n++)
    replies.push(await user.request('POST', `/conversations/${chat}/messages`, draftOf(`n${String(n)}`)));
  return replies.filter(({ status }) => status === 201).length;
}

const setLimits = (user: TestUser, percent: number, change: object = {}) =>
  admin.request('PUT', `/admin/users/${user.username}/limits`, { percent, ...change });

describe('the limits of an account', () => {
  it('are those of all, or as much larger or smaller as an admin says', async () => {
    expect(await sent(ada)).toBe(4);
    expect((await setLimits(grace, 200)).status).toBe(200);
    expect(await sent(grace)).toBe(8);
    const eve = await TestUser.register(relay);
    chat = await eve.directWith(grace);
    expect((await setLimits(eve, 50)).status).toBe(200);
    expect(await sent(eve)).toBe(2);
  });

  it('hold for what counts by account and for sockets, too, and for a device that is new', async () => {
    await setLimits(ada, 200);
    const profile = async (): Promise<number> => (await ada.request('PATCH', '/auth/me', { displayName: 'A' })).status;
    for (let n = 0; n < 8; n++) expect(await profile()).toBe(200);
    expect(await profile()).toBe(429);
    const typing = async (user: TestUser): Promise<number> => {
      const socket = await user.socket();
      let taken = 0;
      while (taken < 20 && (await socket.emit('typing', { conversationId: chat, active: true })).ok) taken++;
      socket.close();
      return taken;
    };
    expect([await typing(grace), await typing(ada)]).toEqual([8, 16]);
  });

  it('are those of all again once the time is over, or an admin lifts them', async () => {
    await setLimits(ada, 200, { expiresIn: 60 });
    relay.clock.advance(60_000);
    await setLimits(grace, 1_000);
    expect(await sent(ada)).toBe(4);
    const { body } = await admin.request('GET', `/admin/users/${ada.username}/allowance`);
    expect(body).toEqual({ attachmentBytes: null, attachmentBytesPerDay: null, limits: null });
    expect((await admin.request('DELETE', `/admin/users/${grace.username}/limits`)).status).toBe(204);
    expect(await sent(grace)).toBe(4);
  });

  it('leave alone what keeps secrets from being guessed, and strangers from being looked up', async () => {
    // Has asked about nobody yet.
    const eve = await TestUser.register(relay);
    await setLimits(eve, 1_000);
    const limiter = relay.part(Limiter);
    for (const id of guards) {
      const { burst } = limiter.bucket(id);
      expect((await limiter.draw(id, eve.accountId, burst)).allowed).toBe(true);
      expect((await limiter.draw(id, eve.accountId)).allowed).toBe(false);
    }
  });

  it.each([[{ percent: 9 }], [{ percent: 1_001 }], [{ percent: 50.5 }], [{ percent: 100, expiresIn: 59 }], [{}]])(
    'have bounds: not %j',
    async (body) => {
      const reply = await admin.request('PUT', `/admin/users/${ada.username}/limits`, body);
      expect([reply.status, reply.body.code]).toEqual([400, 'invalid_request']);
    },
  );
});

describe('the quotas of attachments of an account', () => {
  const upload = async (user: TestUser, length: number): Promise<unknown> => {
    const attacher = new Attacher(relay, user);
    return attacher.begin({ conversationId: chat, length }).then(
      () => 'begun',
      () => 'refused',
    );
  };
  const setQuotas = (attachmentBytes: number | null, attachmentBytesPerDay: number | null) =>
    admin.request('PUT', `/admin/users/${ada.username}/quotas`, { attachmentBytes, attachmentBytesPerDay });

  it('are those of all, or what an admin says, each for itself', async () => {
    expect(await upload(ada, 101)).toBe('refused');
    expect((await setQuotas(300, 200)).body).toMatchObject({ attachmentBytes: 300, attachmentBytesPerDay: 200 });
    expect(await upload(ada, 201)).toBe('refused');
    expect(await upload(ada, 150)).toBe('begun');
    expect(await upload(ada, 51)).toBe('refused');
    expect(await upload(grace, 101)).toBe('refused');
    await setQuotas(300, null);
    expect(await upload(ada, 1)).toBe('refused');
    await setQuotas(0, null);
    expect(await upload(ada, 1)).toBe('refused');
    await setQuotas(null, 1_000);
    expect(await upload(ada, 1)).toBe('refused');
  });

  it('go with the account', async () => {
    await setQuotas(300, 200);
    await ada.request('DELETE', '/auth/me', { authKey: ada.authKey });
    expect(await relay.query('SELECT 1 FROM account_allowances WHERE account_id = $1', [ada.accountId])).toEqual([]);
  });
});

it('whoever is no admin changes nothing, nobody gives what nobody has, and each change is put down for both', async () => {
  const path = `/admin/users/${ada.username}`;
  expect((await ada.request('PUT', `${path}/limits`, { percent: 1_000 })).body.code).toBe('forbidden');
  expect((await admin.request('PUT', '/admin/users/nobody-here/limits', { percent: 100 })).body.code).toBe('not_found');
  const before = (await kindsOf(ada)).length;
  await setLimits(ada, 200);
  await admin.request('PUT', `${path}/quotas`, { attachmentBytes: 1, attachmentBytesPerDay: null });
  await admin.request('DELETE', `${path}/limits`);
  const done = { actor: 'admin', accountId: ada.accountId, deviceId: null, subjectId: null };
  expect((await eventsOf(ada)).slice(before)).toMatchObject([
    { kind: 'limits_set', ...done },
    { kind: 'quotas_set', ...done },
    { kind: 'limits_set', ...done },
  ]);
  const doing = { actor: 'owner', accountId: admin.accountId, subjectId: ada.accountId };
  expect((await eventsOf(admin)).slice(-3)).toMatchObject([
    { kind: 'admin_set_limits', ...doing },
    { kind: 'admin_set_quotas', ...doing },
    { kind: 'admin_set_limits', ...doing },
  ]);
});
