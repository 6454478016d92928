import './cheap-argon2.js';
import { MemoryStore, type RelayRefusal, Sealpost, type SdkEvent } from '#sdk';
import { TestRelay, until } from '#testing';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';
import { AuthenticatorApp } from './second-factors.js';
import { freshName } from './signing-in.js';

/** What admins do for a whole relay, and what everybody notices of it, by the SDK. */

const relay = TestRelay.duringTests();
const PASSWORD = 'correct horse battery staple';
const opened: Sealpost[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function device(): Promise<Sealpost> {
  const sealpost = new Sealpost({ url: relay.url, store: await MemoryStore.open() });
  opened.push(sealpost);
  return sealpost;
}

async function somebody(invitation?: string): Promise<Sealpost> {
  const sealpost = await device();
  await sealpost.register({
    username: freshName(),
    password: PASSWORD,
    ...(invitation === undefined ? {} : { invitation }),
  });
  return sealpost;
}

async function admin(): Promise<Sealpost> {
  const sealpost = await somebody();
  await relay.part(AdminsStore).grant(sealpost.self.username, relay.clock.now());
  const { id, secret } = await sealpost.mfa.addTotp(PASSWORD, 'Phone');
  await sealpost.mfa.confirmTotp(id, new AuthenticatorApp(relay, secret).code());
  return sealpost;
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as RelayRefusal).code,
  );

it('an admin invites somebody, who registers by the code, and nobody else does', async () => {
  const { admin: operations } = await admin();
  expect(await operations.settings()).toEqual({ registration: 'open', retentionMaxDays: null });
  expect(await operations.setRegistration('invite')).toEqual({ registration: 'invite', retentionMaxDays: null });
  expect(await (await device()).registration()).toBe('invite');
  const { code, id } = await operations.invite({ note: 'Grace', uses: 1, expiresInSeconds: 3_600 });
  await somebody(code);
  expect(await codeOf(somebody(code))).toBe('invitation_invalid');
  expect(await codeOf(somebody())).toBe('invitation_required');
  const { items } = await operations.invitations();
  expect(items).toMatchObject([{ id, note: 'Grace', uses: 1, usesLeft: 0 }]);
  await operations.revokeInvitation(id);
  expect((await operations.invitations()).items).toEqual([]);
  await operations.setRegistration('closed');
  expect(await codeOf(somebody())).toBe('registration_closed');
  await operations.setRegistration('open');
});

it('what an admin announces everybody hears of and reads, until it is withdrawn', async () => {
  const [ada, grace] = [await admin(), await somebody()];
  await grace.settled();
  expect(await grace.announcements.list()).toEqual([]);
  const heard: SdkEvent['kind'][] = [];
  grace.listen(({ kind }) => heard.push(kind));
  const announcement = await ada.admin.announce({ severity: 'urgent', text: 'Now', textDe: 'Jetzt' });
  await until(() => heard.includes('announcements'), 'the announcement is heard of', 20_000);
  expect(await grace.announcements.list()).toEqual([announcement]);
  expect(announcement).toMatchObject({ severity: 'urgent', text: 'Now', textEn: null, textDe: 'Jetzt' });
  heard.length = 0;
  await ada.admin.withdrawAnnouncement(announcement.id);
  await until(() => heard.includes('announcements'), 'its end is heard of', 20_000);
  expect(await grace.announcements.list()).toEqual([]);
});

it('an admin reads numbers of the relay, and whoever is none is refused', async () => {
  const [ada, grace] = [await admin(), await somebody()];
  const { accounts, activeAccounts, version } = await ada.admin.statistics();
  expect(accounts).toBeGreaterThan(1);
  expect([version, Object.keys(activeAccounts)]).toEqual([
    expect.stringMatching(/^\d+\.\d+\.\d+/),
    ['day', 'week', 'month'],
  ]);
  const own = await ada.admin.securityEvents({ username: grace.self.username });
  expect(own.items.map(({ kind, username }) => [kind, username]).at(-1)).toEqual([
    'account_registered',
    grace.self.username,
  ]);
  expect((await ada.admin.securityEvents()).items.length).toBeGreaterThan(own.items.length);
  expect(await codeOf(grace.admin.securityEvents())).toBe('forbidden');
  expect(await codeOf(grace.admin.statistics())).toBe('forbidden');
  expect(await codeOf(grace.admin.setRegistration('closed'))).toBe('forbidden');
  relay.clock.advance(301_000);
  expect(await codeOf(ada.admin.setRegistration('closed'))).toBe('mfa_required');
});
