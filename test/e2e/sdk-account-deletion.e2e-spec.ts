import './cheap-argon2.js';
import { MemoryDisk, MemoryStore, type PendingDeletion, Sealpost } from '#sdk';
import { TestRelay, until } from '#testing';
import { DAY_MS, deleteDue } from './deleting.js';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { PASSWORD, SdkDevice } from './sdk-devices.js';
import { AuthenticatorApp } from './second-factors.js';

/** What apps see and do when the account of one of three people is deleted. */

const relay = TestRelay.duringTests({ environment: { ACCOUNT_DELETION_GRACE_DAYS: '1' } });
const apps = SdkApps.duringTests(relay);

/** Ada's group, in which Grace and then Alan are as well. */
async function scene() {
  const [ada, grace, alan] = await apps.everyone('ada', 'grace', 'alan');
  const { id } = await ada.sealpost.conversations.group([grace.username], { title: 'Engines' });
  await ada.sealpost.conversations.add(id, [alan.username]);
  for (const app of [grace, alan]) await app.ready(id);
  return { ada, grace, alan, id };
}

const namesIn = async ({ sealpost }: SdkApp, id: string): Promise<string[]> =>
  (await sealpost.conversations.get(id)).members.map(({ username, role }) => `${username} ${role}`);

/** How many devices of somebody are in the MLS group, as the relay counts. */
async function leavesOf(accountId: string, id: string): Promise<number> {
  const sql = 'SELECT count(*)::int AS leaves FROM mls_leaves WHERE conversation_id = $1 AND account_id = $2';
  const [row] = await relay.query<{ leaves: number }>(sql, [id, accountId]);
  return row!.leaves;
}

/** Sends and reads, so that all is as it should be among those who are left. */
async function talk(from: SdkApp, to: SdkApp, id: string, text: string): Promise<void> {
  await from.sealpost.messages.send(id, text);
  await to.reads(id, text);
}

async function letGraceEnd(): Promise<void> {
  relay.clock.advance(2 * DAY_MS);
  await deleteDue(relay);
}

const keep = (): Promise<boolean> => Promise.resolve(true);

describe('somebody who thinks again', () => {
  it('finds the same device as before, and what was written meanwhile', async () => {
    const { ada, grace, id } = await scene();
    const { dueAt } = await ada.sealpost.deleteAccount(PASSWORD);
    expect(Math.abs(Date.parse(dueAt!) - Date.now() - DAY_MS)).toBeLessThan(120_000);
    await grace.sealpost.messages.send(id, 'where are you?');
    await grace.sealpost.settled();
    await ada.sealpost.unlock(PASSWORD);
    await expect(ada.sealpost.signInAgain(PASSWORD)).rejects.toMatchObject({ code: 'account_deletion_pending' });
    const told: PendingDeletion[] = [];
    const refuse = (pending: PendingDeletion): Promise<boolean> => {
      told.push(pending);
      return Promise.resolve(false);
    };
    const refused: unknown = await ada.sealpost
      .signInAgain(PASSWORD, PASSWORD, { keepAccount: refuse })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'account_deletion_pending', deletionDueAt: told[0]?.dueAt });
    expect(Math.abs(Date.parse(told[0]!.dueAt) - Date.parse(dueAt!))).toBeLessThan(120_000);
    await ada.sealpost.signInAgain(PASSWORD, PASSWORD, { keepAccount: keep });
    await ada.reads(id, 'where are you?');
    await talk(ada, grace, id, 'still here');
    await letGraceEnd();
    expect(await namesIn(ada, id)).toContain(`${ada.username} owner`);
  });

  it('may do so from a new device, and by the recovery code', async () => {
    const ada = await apps.registered('ada');
    const { username } = ada;
    const code = await ada.sealpost.setUpRecovery(PASSWORD);
    await ada.sealpost.deleteAccount(PASSWORD);
    const fresh = await apps.on(new SdkDevice(relay, username));
    await expect(fresh.sealpost.signIn({ username, password: PASSWORD })).rejects.toMatchObject({
      code: 'account_deletion_pending',
    });
    await fresh.sealpost.signIn({ username, password: PASSWORD }, { keepAccount: keep });
    expect(fresh.sealpost.self.username).toBe(username);
    await fresh.sealpost.deleteAccount(PASSWORD);
    const third = await apps.on(new SdkDevice(relay, username));
    await third.sealpost.recover({ username, code, newPassword: `${PASSWORD}!` }, { keepAccount: keep });
    expect(await third.sealpost.profile()).toMatchObject({ displayName: username });
  });

  it('shows a second factor once, and is asked once', async () => {
    const ada = await apps.registered('ada');
    const { id, secret } = await ada.sealpost.mfa.addTotp(PASSWORD, 'Phone');
    const app = new AuthenticatorApp(relay, secret);
    await ada.sealpost.mfa.confirmTotp(id, app.code());
    await ada.sealpost.deleteAccount(PASSWORD);
    await ada.sealpost.unlock(PASSWORD);
    const asked: string[] = [];
    await ada.sealpost.signInAgain(PASSWORD, PASSWORD, {
      secondFactor: () => {
        asked.push('factor');
        return Promise.resolve({ kind: 'totp', code: app.nextCode() });
      },
      keepAccount: () => {
        asked.push('keep');
        return Promise.resolve(true);
      },
    });
    expect(asked).toEqual(['factor', 'keep']);
    expect((await ada.sealpost.sessions.list()).filter(({ current }) => current)).toHaveLength(1);
  });
});

describe('a group whose owner’s account is deleted', () => {
  it('is told beforehand to whom it goes, and goes to them', async () => {
    const { ada, grace, alan, id } = await scene();
    const { graceDays, handovers } = await ada.sealpost.deletionPlan();
    expect([graceDays, handovers.length]).toEqual([1, 1]);
    expect(handovers[0]).toMatchObject({ conversationId: id, title: 'Engines' });
    expect(handovers[0]!.heirs.map(({ username }) => username)).toEqual([grace.username]);
    expect(handovers[0]!.members.map(({ username }) => username).sort()).toEqual(
      [alan.username, grace.username].sort(),
    );
    await ada.sealpost.deleteAccount(PASSWORD, { now: true });
    const isHeir = async (): Promise<boolean> => (await namesIn(alan, id)).includes(`${grace.username} owner`);
    await until(isHeir, 'the heir owns the group', 20_000);
  });

  it('goes to somebody else, if its owner gave it away before', async () => {
    const { ada, alan, id } = await scene();
    await ada.sealpost.conversations.giveRole(id, alan.username, 'owner');
    expect((await ada.sealpost.deletionPlan()).handovers).toEqual([]);
    await ada.sealpost.deleteAccount(PASSWORD, { now: true });
    const isLeft = async (): Promise<boolean> => !(await namesIn(alan, id)).some((one) => one.startsWith(ada.username));
    await until(isLeft, 'the owner of before is gone', 20_000);
    expect(await namesIn(alan, id)).toContain(`${alan.username} owner`);
  });

  it('loses its devices, also when nobody was there to see it', async () => {
    const { ada, grace, alan, id } = await scene();
    const second = await apps.signedIn(ada);
    await second.ready(id);
    const { accountId } = ada.sealpost.self;
    await until(async () => (await leavesOf(accountId, id)) === 2, 'both devices are in the group', 20_000);
    await second.stop();
    await ada.sealpost.deleteAccount(PASSWORD);
    for (const app of [grace, alan]) await app.stop();
    await letGraceEnd();
    expect(await leavesOf(accountId, id)).toBe(2);
    const later = [await apps.restarted(grace), await apps.restarted(alan)] as const;
    await until(async () => (await leavesOf(accountId, id)) === 0, 'the devices are out of the group', 30_000);
    await talk(later[0], later[1], id, 'among ourselves');
    await talk(later[1], later[0], id, 'indeed');
    expect((await namesIn(later[1], id)).sort()).toEqual([`${alan.username} member`, `${grace.username} owner`].sort());
    expect(later.flatMap(({ failures }) => failures)).toEqual([]);
  });

  it('goes on as it is while the account can be kept', async () => {
    const { ada, grace, alan, id } = await scene();
    const { accountId } = ada.sealpost.self;
    await ada.sealpost.deleteAccount(PASSWORD);
    await talk(grace, alan, id, 'meanwhile');
    const later = await apps.restarted(grace);
    await talk(later, alan, id, 'and after a start');
    expect(await leavesOf(accountId, id)).toBe(1);
    expect(await namesIn(later, id)).toContain(`${ada.username} owner`);
    expect(later.failures).toEqual([]);
  });
});

describe('what a device has stored', () => {
  it('stays, locked, while the account can be kept', async () => {
    const ada = await apps.registered('ada');
    await ada.sealpost.deleteAccount(PASSWORD);
    expect(await ada.sealpost.storedAccount()).toMatchObject({ username: ada.username });
    expect(() => ada.sealpost.self).toThrow(expect.objectContaining({ code: 'locked' }));
  });

  it('goes with an account that is deleted at once, as its owner or the operator says', async () => {
    const ada = await apps.registered('ada');
    expect(await ada.sealpost.deleteAccount(PASSWORD, { now: true })).toEqual({ dueAt: null });
    expect(await (await apps.reopened(ada)).sealpost.storedAccount()).toBeUndefined();
    const strict = await TestRelay.start({ environment: { ACCOUNT_DELETION_GRACE_DAYS: '0' } });
    const disk = new MemoryDisk();
    const device = new Sealpost({ url: strict.url, store: await MemoryStore.open(disk) });
    await device.register({ username: 'grace', password: PASSWORD });
    expect(await device.deleteAccount(PASSWORD)).toEqual({ dueAt: null });
    const again = new Sealpost({ url: strict.url, store: await MemoryStore.open(disk) });
    expect(await again.storedAccount()).toBeUndefined();
    await again.close();
    await strict.stop();
  });
});
