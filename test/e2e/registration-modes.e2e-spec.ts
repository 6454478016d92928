import { randomBytes } from 'node:crypto';
import { call, TestRelay, TestUser, until } from '#testing';
import { eventsOf, kindsOf } from './audit-log.js';
import { operatingAdmin, tryToRegister } from './operating-admin.js';
import { freshName } from './signing-in.js';

const relay = TestRelay.duringTests();
let admin: TestUser;

beforeAll(async () => {
  admin = await operatingAdmin(relay);
});

async function setMode(registration: string, by = admin): Promise<void> {
  const { status, body } = await by.request('PUT', '/admin/settings/registration', { registration });
  expect([status, body]).toMatchObject([200, { registration }]);
}

interface Invited {
  readonly id: string;
  readonly code: string;
}

async function invite(change: Record<string, unknown> = {}): Promise<Invited> {
  const { status, body } = await admin.request('POST', '/admin/invitations', { uses: 1, ...change });
  expect(status).toBe(201);
  return body as Invited;
}

async function usesLeft({ id }: Invited): Promise<number | undefined> {
  const { body } = await admin.request('GET', '/admin/invitations');
  return (body.items as { id: string; usesLeft: number }[]).find((one) => one.id === id)?.usesLeft;
}

async function outcome(change: Parameters<typeof tryToRegister>[1] = {}): Promise<unknown> {
  const { status, body } = await tryToRegister(relay, change);
  return status === 201 ? 'registered' : body.code;
}

const otherCode = (): string => randomBytes(16).toString('base64url');

describe('while registration is open', () => {
  beforeAll(() => setMode('open'));

  it('everybody may register, and an invitation is not used up by it', async () => {
    const invited = await invite();
    expect(await outcome()).toBe('registered');
    expect(await outcome({ invitation: invited.code })).toBe('registered');
    expect(await outcome({ invitation: otherCode() })).toBe('registered');
    expect(await usesLeft(invited)).toBe(1);
  });

  it('what the server tells clients says so', async () => {
    expect((await call(relay, 'GET', '/v1/server')).body).toMatchObject({ registration: 'open' });
  });
});

describe('while registration is closed', () => {
  beforeAll(() => setMode('closed'));

  it('nobody may register, with or without an invitation, and nobody learns which names are taken', async () => {
    const invited = await invite();
    expect(await outcome()).toBe('registration_closed');
    expect(await outcome({ invitation: invited.code })).toBe('registration_closed');
    expect(await outcome({ username: admin.username })).toBe('registration_closed');
    expect((await call(relay, 'GET', '/v1/server')).body).toMatchObject({ registration: 'closed' });
  });

  it('it is so after a restart, too, whatever the environment says', async () => {
    await relay.restart();
    expect(await outcome()).toBe('registration_closed');
  });
});

describe('while registering takes an invitation', () => {
  beforeAll(() => setMode('invite'));

  it('one without, with a wrong or with a malformed code is refused, and learns of no name', async () => {
    expect((await call(relay, 'GET', '/v1/server')).body).toMatchObject({ registration: 'invite' });
    expect(await outcome()).toBe('invitation_required');
    expect(await outcome({ username: admin.username })).toBe('invitation_required');
    expect(await outcome({ invitation: otherCode() })).toBe('invitation_invalid');
    expect(await outcome({ username: admin.username, invitation: otherCode() })).toBe('invitation_invalid');
    for (const invitation of ['', 'short', `${otherCode()}AA`])
      expect(await outcome({ invitation })).toBe('invalid_request');
  });

  it('an invitation lets one person in, and no second one', async () => {
    const invited = await invite({ note: 'The new ones of the choir' });
    expect(await outcome({ invitation: invited.code })).toBe('registered');
    expect(await outcome({ invitation: invited.code })).toBe('invitation_invalid');
    expect(await usesLeft(invited)).toBe(0);
  });

  it('of twelve at once who want the three places of one, exactly three come in', async () => {
    const { code: invitation } = await invite({ uses: 3 });
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => outcome({ invitation })));
    expect(outcomes.filter((one) => one === 'registered')).toHaveLength(3);
    expect(outcomes.filter((one) => one === 'invitation_invalid')).toHaveLength(9);
  });

  it('whoever wants a name that is taken has not used it up', async () => {
    const invited = await invite();
    expect(await outcome({ username: admin.username, invitation: invited.code })).toBe('username_taken');
    expect(await usesLeft(invited)).toBe(1);
    expect(await outcome({ invitation: invited.code })).toBe('registered');
  });

  it('one that has expired or was revoked lets nobody in', async () => {
    const brief = await invite({ expiresIn: 60 });
    relay.clock.advance(60_000);
    expect(await outcome({ invitation: brief.code })).toBe('invitation_invalid');
    const revoked = await invite();
    expect((await admin.request('DELETE', `/admin/invitations/${revoked.id}`)).status).toBe(204);
    expect(await outcome({ invitation: revoked.code })).toBe('invitation_invalid');
    expect((await admin.request('DELETE', `/admin/invitations/${revoked.id}`)).body.code).toBe('not_found');
  });

  it('the code is told once: neither the list nor the database nor the log has it', async () => {
    const { id, code } = await invite({ note: 'Grace' });
    await tryToRegister(relay, { username: freshName(), invitation: code });
    const listed = await admin.request('GET', '/admin/invitations');
    expect(listed.body.items).toContainEqual(expect.objectContaining({ id, note: 'Grace' }));
    const rows = await relay.query('SELECT row_to_json(i)::text AS row FROM registration_invitations i');
    const hex = Buffer.from(code, 'base64url').toString('hex');
    for (const text of [JSON.stringify(listed.body), JSON.stringify(rows), relay.logLines.join('\n')]) {
      expect(text).not.toContain(code);
      expect(text).not.toContain(hex);
    }
  });

  it('the list goes on page by page', async () => {
    for (let n = 0; n < 3; n++) await invite({ note: `n${String(n)}` });
    const first = await admin.request('GET', '/admin/invitations?limit=2');
    const next = await admin.request('GET', `/admin/invitations?limit=1&cursor=${String(first.body.nextCursor)}`);
    const notes = [...first.body.items, ...next.body.items].map(({ note }: { note: string }) => note);
    expect(notes).toEqual(['n2', 'n1', 'n0']);
  });
});

describe('through two relays of one database', () => {
  it('what is set through one counts at the other at once, and the other says so within seconds', async () => {
    const beside = await TestRelay.start({ beside: relay });
    await setMode('closed');
    expect((await tryToRegister(beside)).body.code).toBe('registration_closed');
    const told = async (): Promise<unknown> => (await call(beside, 'GET', '/v1/server')).body.registration;
    await until(async () => (await told()) === 'closed', 'the other relay says so', 10_000);
    await beside.stop();
    await setMode('open');
  });
});

describe('a relay whose environment says how it begins', () => {
  it('begins so, and goes on as an admin has said', async () => {
    const invited = await TestRelay.start({ environment: { REGISTRATION: 'closed' } });
    expect((await tryToRegister(invited)).body.code).toBe('registration_closed');
    expect((await call(invited, 'GET', '/v1/server')).body).toMatchObject({ registration: 'closed' });
    await invited.query(`UPDATE server_settings SET registration = 'open'`);
    expect((await tryToRegister(invited)).status).toBe(201);
    await invited.stop();
  });

  it('lets nobody in by a mode that it does not know', async () => {
    const later = await TestRelay.start();
    await later.query(`UPDATE server_settings SET registration = 'by_lot'`);
    expect((await tryToRegister(later)).body.code).toBe('registration_closed');
    await later.stop();
  });
});

describe('who may invite', () => {
  it('nobody but admins, and they not without a second factor; nothing is done then', async () => {
    await setMode('open');
    const stranger = await TestUser.register(relay);
    const asked: [string, string, object?][] = [
      ['GET', '/admin/settings'],
      ['PUT', '/admin/settings/registration', { registration: 'closed' }],
      ['GET', '/admin/invitations'],
      ['POST', '/admin/invitations', { uses: 1 }],
      ['DELETE', `/admin/invitations/${stranger.accountId}`],
    ];
    for (const [method, path, body] of asked)
      expect((await stranger.request(method, path, body)).body.code).toBe('forbidden');
    relay.clock.advance(301_000);
    expect((await admin.request('PUT', '/admin/settings/registration', { registration: 'closed' })).body.code).toBe(
      'mfa_required',
    );
    expect((await call(relay, 'GET', '/v1/server')).body).toMatchObject({ registration: 'open' });
  });

  it('each action is put down, with who did it and what it was done to, and nothing that was refused', async () => {
    const other = await operatingAdmin(relay);
    const before = (await kindsOf(other)).length;
    await setMode('invite', other);
    const { body } = await other.request('POST', '/admin/invitations', { uses: 1 });
    await other.request('DELETE', `/admin/invitations/${String(body.id)}`);
    await other.request('DELETE', `/admin/invitations/${String(body.id)}`);
    await setMode('open', other);
    const subject = { actor: 'owner', accountId: other.accountId, subjectId: body.id as string };
    expect((await eventsOf(other)).slice(before)).toMatchObject([
      { kind: 'admin_set_registration', actor: 'owner', subjectId: null },
      { kind: 'admin_made_invitation', ...subject },
      { kind: 'admin_revoked_invitation', ...subject },
      { kind: 'admin_set_registration', actor: 'owner', subjectId: null },
    ]);
  });
});
