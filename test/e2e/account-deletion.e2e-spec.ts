import { call, pair, people, TestRelay, TestUser } from '#testing';
import { WebPushService } from './web-push-service.js';
import { auditLines } from './audit-log.js';
import { add, rolesOf, startDirect } from './conversing.js';
import { askDeletion, DAY_MS, deleteDue, GRACE_MS, letGraceEnd, signIn, statusOf, WITH_GRACE } from './deleting.js';
import { keyPackagesOf, listed } from './device-lists.js';
import { PROMPTLY } from './promptly.js';
import { groupOf } from './sending.js';
import { secret } from './signing-in.js';

const service = WebPushService.duringTests();
let relay: TestRelay;
beforeAll(async () => {
  const environment = { ...WITH_GRACE, PUSH_ALLOWED_ORIGINS: service.origin, PUSH_CONTACT: 'mailto:post@example.org' };
  relay = await TestRelay.start({ environment });
});
afterAll(() => relay.stop());

/** What the audit log has of somebody, the oldest first. */
async function auditOf({ accountId }: TestUser): Promise<string[]> {
  const events = await auditLines(relay, 'export');
  return events.filter((event) => event.accountId === accountId).map(({ kind, actor }) => `${kind} ${actor}`);
}

describe('an account that is to be deleted', () => {
  it('loses its sessions, its sockets and its wake-ups at once, and nothing else', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const other = await bob.onNewDevice();
    await service.wake(bob);
    const socket = await other.socket();
    expect((await askDeletion(bob)).status).toBe(204);
    for (const device of [bob, other]) expect((await device.request('GET', '/auth/me')).status).toBe(401);
    expect(await socket.hear('session:revoked')).toEqual([{ reason: 'account_deletion_pending' }]);
    await socket.closed(PROMPTLY);
    const left = `SELECT (SELECT count(*)::int FROM push_registrations WHERE account_id = $1) AS wakeups,
      (SELECT count(*)::int FROM devices WHERE account_id = $1 AND revoked_at IS NULL) AS devices`;
    expect(await relay.query(left, [bob.accountId])).toEqual([{ wakeups: 0, devices: 2 }]);
    expect(await rolesOf(ada, conversationId)).toHaveProperty(bob.username);
    expect(await auditOf(bob)).toContain('account_deletion_asked owner');
  });

  it('needs the secret to be asked for, as before', async () => {
    const [user] = await people(relay, 1);
    expect((await askDeletion(user, { authKey: secret() })).body.code).toBe('invalid_credentials');
    expect((await askDeletion(user, { now: 'yes' })).body.code).toBe('invalid_request');
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
  });

  it('is told of to whoever has the secret, and to nobody else', async () => {
    const [user] = await people(relay, 1);
    await askDeletion(user);
    const dueAt = new Date(relay.clock.millis() + GRACE_MS);
    const { status, body } = await signIn(relay, user);
    expect([status, body.code]).toEqual([403, 'account_deletion_pending']);
    expect(Math.abs(Date.parse(body.deletionDueAt) - dueAt.getTime())).toBeLessThan(60_000);
    for (const cancelDeletion of [true, false]) {
      const wrong = await signIn(relay, user, { authKey: secret(), cancelDeletion });
      expect([wrong.status, wrong.body.code, wrong.body.deletionDueAt]).toEqual([
        401,
        'invalid_credentials',
        undefined,
      ]);
    }
    expect(await statusOf(relay, user)).toBe('active');
  });

  it('leaves no session behind when it is not kept', async () => {
    const [user] = await people(relay, 1);
    await askDeletion(user);
    await signIn(relay, user, { deviceId: undefined, device: { name: 'third' } });
    const open = `SELECT (SELECT count(*)::int FROM sessions WHERE account_id = $1 AND revoked_at IS NULL) AS sessions,
      (SELECT count(*)::int FROM devices WHERE account_id = $1) AS devices`;
    expect(await relay.query(open, [user.accountId])).toEqual([{ sessions: 0, devices: 1 }]);
  });

  it('is there for those who know it, and for strangers it is gone', async () => {
    const { ada, bob } = await pair(relay);
    const [eve] = await people(relay, 1);
    await askDeletion(bob);
    expect((await ada.request('GET', `/users/${bob.username}`)).status).toBe(200);
    expect((await ada.request('GET', `/users/${bob.username}/devices`)).status).toBe(200);
    for (const path of ['', '/devices']) {
      const gone = await eve.request('GET', `/users/${bob.username}${path}`);
      expect([gone.status, gone.body.code]).toEqual([404, 'not_found']);
    }
    expect((await eve.request('PUT', `/contacts/${bob.username}`, { state: 'accepted' })).status).toBe(404);
  });

  it('is in no new conversation, and goes on in those it has', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const [grace] = await people(relay, 1);
    const shared = await groupOf(ada, [bob]);
    await ada.request('PUT', `/contacts/${bob.username}`, { state: 'accepted' });
    const empty = await groupOf(grace, [ada]);
    await askDeletion(bob);
    expect((await ada.send(conversationId)).status).toBe(201);
    expect((await ada.send(shared)).status).toBe(201);
    expect((await startDirect(ada, bob)).body.id).toBe(conversationId);
    expect((await startDirect(grace, bob)).body.code).toBe('not_found');
    expect((await add(grace, empty, bob)).body.code).toBe('not_found');
    // A friend is refused as well, and by the same answer.
    const members = [bob.username];
    expect((await ada.request('POST', '/conversations', { kind: 'group', members })).body.code).toBe('not_found');
  });

  it('gives out no key packages: to those who know it as if it had none', async () => {
    const lister = await listed(relay);
    const [ada, eve] = await people(relay, 2);
    const keyPackages = keyPackagesOf(relay, lister, 2).map((body) => ({ body }));
    expect((await lister.user.request('POST', '/devices/me/key-packages', { keyPackages })).status).toBe(200);
    await ada.directWith(lister.user);
    await askDeletion(lister.user);
    const path = `/users/${lister.user.username}/key-packages/claim`;
    const { status, body } = await ada.request('POST', path, {});
    expect([status, body.keyPackages, body.without]).toEqual([200, [], [lister.user.deviceId]]);
    expect((await eve.request('POST', path, {})).status).toBe(404);
  });

  it('keeps its name from everybody, meanwhile and after', async () => {
    const [user] = await people(relay, 1);
    const { username } = user;
    const taken = (): Promise<unknown> => TestUser.register(relay, { username }).catch((error: unknown) => error);
    await askDeletion(user);
    expect(String(await taken())).toContain('username_taken');
    await letGraceEnd(relay);
    expect(String(await taken())).toContain('username_taken');
    expect(await statusOf(relay, user)).toBe('deleted');
  });
});

describe('keeping it', () => {
  it('takes the right secret and the word for it, and leaves all as it was', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const before = await ada.send(conversationId, 'meanwhile');
    await askDeletion(bob);
    const { status, body } = await signIn(relay, bob, { cancelDeletion: true });
    expect([status, body.device.id]).toEqual([200, bob.deviceId]);
    bob.signedIn = body;
    expect((await bob.syncAll()).items[conversationId]?.map(({ id }) => id)).toContain(before.body.id);
    expect(await auditOf(bob)).toEqual([
      'account_registered owner',
      'account_deletion_asked owner',
      'signed_in owner',
      'account_deletion_cancelled owner',
    ]);
    await letGraceEnd(relay);
    expect(await statusOf(relay, bob)).toBe('active');
  });

  it('is nothing special where nothing is to be deleted', async () => {
    const [user] = await people(relay, 1);
    expect((await signIn(relay, user, { cancelDeletion: true })).status).toBe(200);
    expect(await auditOf(user)).toEqual(['account_registered owner', 'signed_in owner']);
  });

  it('is over on the day', async () => {
    const [user] = await people(relay, 1);
    await askDeletion(user);
    relay.clock.advance(GRACE_MS);
    const late = await signIn(relay, user, { cancelDeletion: true });
    expect([late.status, late.body.code]).toEqual([401, 'invalid_credentials']);
  });

  it('may be done once more, and asked for once more', async () => {
    const [user] = await people(relay, 1);
    for (let n = 0; n < 2; n++) {
      await askDeletion(user);
      user.signedIn = (await signIn(relay, user, { cancelDeletion: true })).body;
    }
    expect((await user.request('GET', '/auth/me')).status).toBe(200);
  });
});

describe('when the time is over', () => {
  it('the relay deletes it by itself, and hands over what it owned', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    // The one who came first inherits. Of two who come at once, an id decides that no test knows.
    const group = await groupOf(ada, [grace]);
    await add(ada, group, alan);
    await askDeletion(ada);
    await deleteDue(relay);
    expect(await statusOf(relay, ada)).toBe('active');
    await letGraceEnd(relay);
    expect(await statusOf(relay, ada)).toBe('deleted');
    const later = await grace.onNewDevice();
    expect(await rolesOf(later, group)).toEqual({ [grace.username]: 'owner', [alan.username]: 'member' });
    expect((await later.request('GET', `/users/${ada.username}`)).status).toBe(404);
    expect((await signIn(relay, ada, { cancelDeletion: true })).body.code).toBe('invalid_credentials');
    expect((await auditOf(ada)).slice(-2)).toEqual(['account_deletion_asked owner', 'account_deleted relay']);
    const row = 'SELECT deletion_due_at, auth_hash FROM accounts WHERE id = $1';
    expect(await relay.query(row, [ada.accountId])).toEqual([{ deletion_due_at: null, auth_hash: null }]);
  });

  it('two relays do it once', async () => {
    const beside = await TestRelay.start({ beside: relay, environment: WITH_GRACE });
    const users = await people(relay, 5);
    for (const user of users) await askDeletion(user);
    relay.clock.advance(GRACE_MS + DAY_MS);
    await Promise.all([relay, beside].map(deleteDue));
    await beside.stop();
    for (const user of users) {
      const deleted = (await auditOf(user)).filter((event) => event === 'account_deleted relay');
      expect(deleted).toHaveLength(1);
    }
  });

  it('one that cannot be deleted does not keep the others waiting', async () => {
    const users = await people(relay, 3);
    for (const user of users) await askDeletion(user);
    const [stuck, ...others] = users;
    await relay.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'injected'; END $$`);
    await relay.query(
      `CREATE TRIGGER fail BEFORE UPDATE ON accounts FOR EACH ROW
       WHEN (OLD.id = '${stuck.accountId}' AND NEW.status = 'deleted') EXECUTE FUNCTION fail()`,
    );
    try {
      await letGraceEnd(relay);
    } finally {
      await relay.query('DROP FUNCTION fail CASCADE');
    }
    for (const user of others) expect(await statusOf(relay, user)).toBe('deleted');
    expect(await statusOf(relay, stuck)).toBe('active');
    await deleteDue(relay);
    expect(await statusOf(relay, stuck)).toBe('deleted');
  });

  it('a restart in between changes nothing', async () => {
    const [kept, lost] = await people(relay, 2);
    await askDeletion(kept);
    await askDeletion(lost);
    await relay.restart();
    expect((await signIn(relay, lost)).body.code).toBe('account_deletion_pending');
    expect((await signIn(relay, kept, { cancelDeletion: true })).status).toBe(200);
    await letGraceEnd(relay);
    await relay.restart();
    expect([await statusOf(relay, kept), await statusOf(relay, lost)]).toEqual(['active', 'deleted']);
  });
});

describe('at once', () => {
  it('is what the owner may choose', async () => {
    const [user] = await people(relay, 1);
    expect((await askDeletion(user, { now: true })).status).toBe(204);
    expect(await statusOf(relay, user)).toBe('deleted');
    expect((await signIn(relay, user, { cancelDeletion: true })).body.code).toBe('invalid_credentials');
    expect((await auditOf(user)).at(-1)).toBe('account_deleted owner');
  });

  it('is what the operator may choose for everybody, and clients know which', async () => {
    const strict = await TestRelay.start({ environment: { ACCOUNT_DELETION_GRACE_DAYS: '0' } });
    const [user] = await people(strict, 1);
    expect((await call(strict, 'GET', '/v1/server')).body.deletionGraceDays).toBe(0);
    expect((await call(relay, 'GET', '/v1/server')).body.deletionGraceDays).toBe(14);
    await askDeletion(user);
    expect(await statusOf(strict, user)).toBe('deleted');
    await strict.stop();
  });
});
