import { TestRelay, TestSocket, TestUser } from '#testing';
import { AnnouncementsService } from '../../apps/relay/src/announcements/announcements.service.js';
import { eventsOf } from './audit-log.js';
import { operatingAdmin } from './operating-admin.js';

/** What admins see of a whole relay, and tell everybody on it. */

const relay = TestRelay.duringTests();
let admin: TestUser;
let grace: TestUser;

beforeAll(async () => {
  admin = await operatingAdmin(relay);
  grace = await TestUser.register(relay);
});

describe('the statistics', () => {
  const read = async (): Promise<Record<string, unknown>> => {
    // What was counted is kept for a minute.
    relay.clock.advance(60_000);
    const { status, body } = await admin.request('GET', '/admin/statistics');
    expect(status).toBe(200);
    return body as Record<string, unknown>;
  };

  it('count what there is', async () => {
    const before = await read();
    const [ada, eve] = [await TestUser.register(relay), await TestUser.register(relay)];
    await ada.onNewDevice();
    const chat = await ada.directWith(eve);
    await ada.send(chat, 'one');
    await eve.send(chat, 'two');
    const after = await read();
    const grown = Object.fromEntries(
      ['accounts', 'devices', 'conversations', 'messages'].map((name) => [
        name,
        Number(after[name]) - Number(before[name]),
      ]),
    );
    expect(grown).toEqual({ accounts: 2, devices: 3, conversations: 1, messages: 2 });
    expect(Number(after.databaseBytes)).toBeGreaterThan(1_000_000);
    expect(after).toMatchObject({ attachments: 0, attachmentBytes: 0, pushes: { sent: 0, failed: 0 } });
    expect(Number(after.uptimeSeconds) - Number(before.uptimeSeconds)).toBeGreaterThanOrEqual(60);
  });

  it('do not count accounts that are deleted, nor devices that are revoked', async () => {
    const ada = await TestUser.register(relay);
    const second = await ada.onNewDevice();
    const before = await read();
    await ada.request('DELETE', `/devices/${second.deviceId}`);
    const without = await read();
    await ada.request('DELETE', '/auth/me', { authKey: ada.authKey });
    const after = await read();
    expect([before, without, after].map(({ accounts, devices }) => [accounts, devices])).toEqual([
      [before.accounts, before.devices],
      [before.accounts, Number(before.devices) - 1],
      [Number(before.accounts) - 1, Number(before.devices) - 2],
    ]);
  });

  it('tell how many were here, and not of a few, whose days that would be', async () => {
    const small = await TestRelay.start();
    const own = await operatingAdmin(small);
    const few = (await own.request('GET', '/admin/statistics')).body;
    for (let n = 0; n < 4; n++) await TestUser.register(small);
    small.clock.advance(60_000);
    const enough = (await own.request('GET', '/admin/statistics')).body;
    small.clock.advance(60_000);
    await small.query('UPDATE devices SET last_seen_day = last_seen_day - 10');
    const later = (await own.request('GET', '/admin/statistics')).body;
    expect([few.activeAccounts, enough.activeAccounts, later.activeAccounts]).toEqual([
      { day: null, week: null, month: null },
      { day: 5, week: 5, month: 5 },
      { day: 0, week: 0, month: 5 },
    ]);
    await small.stop();
  });

  it('are counted once a minute, however often somebody asks', async () => {
    const { accounts } = await read();
    await TestUser.register(relay);
    const again = await admin.request('GET', '/admin/statistics');
    expect(again.body.accounts).toBe(accounts);
    expect((await read()).accounts).toBe(Number(accounts) + 1);
  });

  it('are not for everybody, and name nobody', async () => {
    expect((await grace.request('GET', '/admin/statistics')).body.code).toBe('forbidden');
    const told = JSON.stringify(await read());
    for (const word of [admin.username, admin.accountId, grace.username, grace.accountId])
      expect(told).not.toContain(word);
  });
});

const NEWS = { severity: 'warning', text: 'Update on Sunday.', textDe: 'Am Sonntag ein Update.' };

describe('announcements', () => {
  const announce = async (change: Record<string, unknown> = {}): Promise<string> => {
    const { status, body } = await by.request('POST', '/admin/announcements', { ...NEWS, ...change });
    expect(status).toBe(201);
    return String(body.id);
  };
  const shown = async (user: TestUser): Promise<Record<string, unknown>[]> =>
    (await user.request('GET', '/announcements')).body.items as Record<string, unknown>[];
  let by: TestUser;

  beforeEach(async () => {
    [by, grace] = [await operatingAdmin(relay), await TestUser.register(relay)];
    for (const { id } of await shown(by)) await by.request('DELETE', `/admin/announcements/${String(id)}`);
  });

  it('are read by everybody, newest first, until they expire or are withdrawn', async () => {
    const first = await announce();
    const second = await announce({ severity: 'urgent', textEn: 'Two\nlines', expiresIn: 60 });
    expect(await shown(grace)).toMatchObject([
      { id: second, severity: 'urgent', text: NEWS.text, textEn: 'Two\nlines', textDe: NEWS.textDe },
      { id: first, severity: 'warning', text: NEWS.text, textEn: null, textDe: NEWS.textDe },
    ]);
    relay.clock.advance(60_000);
    expect(await shown(grace)).toMatchObject([{ id: first }]);
    expect((await by.request('DELETE', `/admin/announcements/${first}`)).status).toBe(204);
    expect(await shown(grace)).toEqual([]);
    expect((await by.request('DELETE', `/admin/announcements/${first}`)).body.code).toBe('not_found');
    expect((await by.request('DELETE', `/admin/announcements/${second}`)).body.code).toBe('not_found');
  });

  it('everybody who is connected hears that there are others, also through another relay', async () => {
    const beside = await TestRelay.start({ beside: relay });
    await beside.part(AnnouncementsService).list();
    const [here, there] = [await grace.socket(), await TestSocket.connect(beside.url, grace.token)];
    const id = await announce();
    await here.hear('announcements');
    await beside.part(AnnouncementsService).refresh();
    await there.hear('announcements');
    await by.request('DELETE', `/admin/announcements/${id}`);
    await here.hear('announcements', 2);
    for (const socket of [here, there]) socket.close();
    await beside.stop();
  });

  it('are not more than there is room for', async () => {
    for (let n = 0; n < 10; n++) await announce({ expiresIn: 60 + n });
    expect((await by.request('POST', '/admin/announcements', NEWS)).body.code).toBe('conflict');
    relay.clock.advance(60_000);
    await announce();
    expect(await shown(grace)).toHaveLength(10);
  });

  it.each([
    [{ severity: 'loud' }],
    [{ text: '' }],
    [{ text: 'x'.repeat(1_001) }],
    [{ text: 'bell \u0007' }],
    [{ textDe: '' }],
    [{ expiresIn: 59 }],
    [{ expiresIn: 366 * 86_400 + 1 }],
  ])('have a form: not %j', async (change) => {
    const { status, body } = await by.request('POST', '/admin/announcements', { ...NEWS, ...change });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  it('come from admins only, with a second factor, and each is put down', async () => {
    expect((await grace.request('POST', '/admin/announcements', NEWS)).body.code).toBe('forbidden');
    const id = await announce();
    expect((await grace.request('DELETE', `/admin/announcements/${id}`)).body.code).toBe('forbidden');
    await by.request('DELETE', `/admin/announcements/${id}`);
    const subject = { actor: 'owner', accountId: by.accountId, subjectId: id };
    expect((await eventsOf(by)).slice(-2)).toMatchObject([
      { kind: 'admin_announced', ...subject },
      { kind: 'admin_withdrew_announcement', ...subject },
    ]);
    relay.clock.advance(301_000);
    expect((await by.request('POST', '/admin/announcements', NEWS)).body.code).toBe('mfa_required');
    expect(await shown(grace)).toEqual([]);
  });
});
