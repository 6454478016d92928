import { type Reply, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { MfaResetSweepService } from '../../apps/relay/src/admin/mfa-reset-sweep.service.js';
import { adminOf, stepUp } from './admins.js';
import { auditLines, eventsOf } from './audit-log.js';
import { letFactorAge, login, ORIGIN, type Protected, recoveryCode, withTotp } from './second-factors.js';
import { renew } from './renewal.js';

/** Resets of second factors: one admin asks, and another agrees. */

const DAY_MS = 86_400_000;

const relay = TestRelay.duringTests({ environment: { PUBLIC_URL: ORIGIN } });
let asker: Protected;
let approver: Protected;
let lost: Protected;

beforeEach(async () => {
  [asker, approver, lost] = [await adminOf(relay), await adminOf(relay), await withTotp(relay)];
});

const ask = (admin: Protected, user: TestUser): Promise<Reply> =>
  admin.user.request('POST', '/admin/mfa-resets', { username: user.username });
const approve = (admin: Protected, id: string): Promise<Reply> =>
  admin.user.request('POST', `/admin/mfa-resets/${id}/approve`);
const decline = (admin: Protected, id: string): Promise<Reply> =>
  admin.user.request('DELETE', `/admin/mfa-resets/${id}`);
const asked = async (): Promise<string> => (await ask(asker, lost.user)).body.id as string;
const waiting = async (): Promise<{ id: string }[]> =>
  (await approver.user.request('GET', '/admin/mfa-resets?limit=200')).body.items as { id: string }[];
const outcome = ({ status, body }: Reply): unknown[] => [status, body?.code];
const takesFactor = async (): Promise<boolean> => (await login(relay, lost.user)).body.code === 'mfa_required';

describe('a reset of second factors', () => {
  it('happens once another admin agrees; then signing in takes the password alone, and the vault is as it was', async () => {
    await lost.user.request('PUT', '/vault/settings', { body: 'AAAA' });
    const reply = await ask(asker, lost.user);
    expect(reply.body).toEqual({
      id: expect.any(String) as string,
      username: lost.user.username,
      askedBy: asker.user.username,
      askedAt: expect.any(String) as string,
      expiresAt: expect.any(String) as string,
    });
    expect(Date.parse(reply.body.expiresAt) - Date.parse(reply.body.askedAt)).toBe(DAY_MS);
    expect([reply.status, await takesFactor()]).toEqual([201, true]);
    const kept = `SELECT (SELECT auth_hash FROM accounts WHERE id = $1) AS hash,
      (SELECT jsonb_agg(to_jsonb(v)) FROM vault_items v WHERE account_id = $1) AS vault`;
    const before = await relay.query(kept, [lost.user.accountId]);

    expect((await approve(approver, reply.body.id)).status).toBe(204);
    expect((await login(relay, lost.user)).status).toBe(200);
    expect(await relay.query(kept, [lost.user.accountId])).toEqual(before);
    const { body: state } = await lost.user.request('GET', '/auth/mfa');
    expect(state).toMatchObject({ factors: [], recoveryCodesLeft: 0, trustedDevices: [] });
    // What was shown before the reset opens nothing any more.
    expect(
      await relay.query('SELECT 1 FROM sessions WHERE account_id = $1 AND factor_at IS NOT NULL', [
        lost.user.accountId,
      ]),
    ).toEqual([]);
    expect(outcome(await approve(approver, reply.body.id))).toEqual([404, 'not_found']);
  });

  it('is not for whoever asked to agree to, nor for whose factors they are', async () => {
    expect(outcome(await approve(asker, await asked()))).toEqual([403, 'forbidden']);
    const own = (await ask(asker, approver.user)).body.id as string;
    expect(outcome(await approve(approver, own))).toEqual([403, 'forbidden']);
    expect(outcome(await approve(lost, own))).toEqual([403, 'forbidden']);
    expect(await takesFactor()).toBe(true);
    const third = await adminOf(relay);
    expect((await approve(third, own)).status).toBe(204);
    // Whose factors were reset adds one before acting again.
    expect(outcome(await ask(approver, lost.user))).toEqual([403, 'mfa_not_set_up']);
  });

  it('is refused a day later, also before it is swept away, and then asked for anew', async () => {
    const id = await asked();
    relay.clock.advance(DAY_MS);
    for (const admin of [asker, approver]) {
      await renew(relay, admin.user);
      await stepUp(admin);
    }
    expect([outcome(await approve(approver, id)), (await waiting()).map((one) => one.id).includes(id)]).toEqual([
      [404, 'not_found'],
      false,
    ]);
    const stored = `SELECT id FROM mfa_resets WHERE account_id = $1`;
    const again = await ask(asker, lost.user);
    expect(await relay.query(stored, [lost.user.accountId])).toEqual([{ id: again.body.id }]);
    relay.clock.advance(DAY_MS);
    await relay.part(MfaResetSweepService).sweep();
    expect(await relay.query(stored, [lost.user.accountId])).toEqual([]);
  });

  it('waits once for each account, and only where there is something to reset', async () => {
    await asked();
    expect(outcome(await ask(approver, lost.user))).toEqual([409, 'conflict']);
    const bare = await TestUser.register(relay);
    expect(outcome(await ask(asker, bare))).toEqual([409, 'conflict']);
    expect(outcome(await asker.user.request('POST', '/admin/mfa-resets', { username: 'nobody-at-all' }))).toEqual([
      404,
      'not_found',
    ]);
    expect(outcome(await approve(approver, v7()))).toEqual([404, 'not_found']);
    expect(outcome(await decline(approver, v7()))).toEqual([404, 'not_found']);
  });

  it('counts for nothing once whoever asked is no admin any more, or suspended', async () => {
    const id = await asked();
    await relay.query('UPDATE accounts SET admin_since = NULL WHERE id = $1', [asker.user.accountId]);
    expect(outcome(await approve(approver, id))).toEqual([404, 'not_found']);
    const third = await adminOf(relay);
    const other = (await ask(third, lost.user)).body.id as string;
    await approver.user.request('PUT', `/admin/users/${third.user.username}/suspension`, { reason: 'x' });
    expect([outcome(await approve(approver, other)), await takesFactor()]).toEqual([[404, 'not_found'], true]);
  });

  it.each(['asker', 'approver'])('is declined, or taken back, by the %s', async (who) => {
    const id = await asked();
    expect((await decline(who === 'asker' ? asker : approver, id)).status).toBe(204);
    expect(outcome(await approve(approver, id))).toEqual([404, 'not_found']);
    expect(await takesFactor()).toBe(true);
  });

  it('is agreed to once, of two who agree at once', async () => {
    const third = await adminOf(relay);
    const id = await asked();
    const replies = await Promise.all([approve(approver, id), approve(third, id)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([204, 404]);
  });

  it('takes a factor that was shown a short while ago, of both admins', async () => {
    letFactorAge(relay);
    expect(outcome(await ask(asker, lost.user))).toEqual([401, 'mfa_required']);
    await stepUp(asker);
    const id = await asked();
    await renew(relay, approver.user);
    letFactorAge(relay);
    expect(outcome(await approve(approver, id))).toEqual([401, 'mfa_required']);
  });

  it('is told to whose factors they are, at once and in the log, without by whom', async () => {
    const socket = await lost.user.socket();
    const id = await asked();
    await approve(approver, id);
    const heard = await socket.hear('account:changed', 2);
    expect(heard).toMatchObject([{ what: 'mfa' }, { what: 'mfa' }]);
    socket.close();
    const about = { actor: 'admin', accountId: lost.user.accountId, deviceId: null, sessionId: null, subjectId: null };
    expect((await eventsOf(lost.user)).slice(-2)).toMatchObject([
      { kind: 'mfa_reset_asked', ...about },
      { kind: 'mfa_reset', ...about },
    ]);
    const subject = { actor: 'owner', subjectId: lost.user.accountId };
    expect((await eventsOf(asker.user)).slice(-1)).toMatchObject([{ kind: 'admin_asked_mfa_reset', ...subject }]);
    expect((await eventsOf(approver.user)).slice(-1)).toMatchObject([{ kind: 'admin_reset_mfa', ...subject }]);
    const declined = (await ask(asker, asker.user)).body.id as string;
    await decline(asker, declined);
    expect((await eventsOf(asker.user)).slice(-4).map(({ kind }) => kind)).toEqual([
      'mfa_reset_asked',
      'admin_asked_mfa_reset',
      'mfa_reset_declined',
      'admin_declined_mfa_reset',
    ]);
    expect((await auditLines(relay, 'export')).length).toBeGreaterThan(10);
  });

  it('is gone with the account', async () => {
    await asked();
    const { user, recoveryCodes } = lost;
    expect(recoveryCodes.map(recoveryCode)).toHaveLength(10);
    expect((await user.request('DELETE', '/auth/me', { authKey: user.authKey })).status).toBe(204);
    expect(await relay.query('SELECT 1 FROM mfa_resets WHERE account_id = $1', [user.accountId])).toEqual([]);
  });
});

describe('the list of resets', () => {
  it('has the open ones, the oldest first, page by page', async () => {
    await relay.query('DELETE FROM mfa_resets');
    const ids = [await asked()];
    for (let n = 0; n < 4; n++) ids.push((await ask(asker, (await withTotp(relay)).user)).body.id as string);
    const found: string[] = [];
    let cursor = '';
    do {
      const { body } = await approver.user.request('GET', `/admin/mfa-resets?limit=2${cursor}`);
      found.push(...body.items.map((one: { id: string }) => one.id));
      cursor = body.nextCursor === null ? '' : `&cursor=${String(body.nextCursor)}`;
    } while (cursor !== '');
    expect(found).toEqual(ids);
  });
});
