import './cheap-argon2.js';
import { v7 } from 'uuid';
import { encodeContent } from '#protocol';
import { TestRelay } from '#testing';
import { DeviceSession } from '../../libs/sdk/src/device-session.js';
import { changing, Person } from './hostile-relay.js';
import { sweep } from './retention.js';
import {
  ReportScene,
  file,
  newest,
  oddMessage,
  opened,
  rawReport,
  reportsBy,
  reportsCommand,
  sendsOdd,
} from './reporting.js';

const relay = TestRelay.duringTests();
const scene = ReportScene.duringTests(relay);
let [ada, grace, mallory]: [Person, Person, Person] = [undefined as never, undefined as never, undefined as never];
beforeAll(() => ({ ada, grace, mallory } = scene));
const group = (...others: Person[]) => scene.group(...others);
const said = (id: string, text?: string) => scene.said(id, text);
const against = (id: string, ...messages: object[]) => scene.against(id, ...messages);

async function verdicts(id: string, ...messageIds: string[]): Promise<string[]> {
  const report = await file(grace, { username: mallory.username, conversationId: id, messageIds });
  return report.messages.map(({ verdict }) => verdict);
}

const text = (said: string): string => Buffer.from(encodeContent({ kind: 'text', text: said })).toString('base64url');

describe('a report of a message', () => {
  it('that was sent so is verified, and shows the operator that message and nothing else', async () => {
    const id = await group();
    const first = await said(id, 'not this');
    const second = await said(id, 'but this');
    const report = await file(grace, {
      ...{ username: mallory.username, conversationId: id, messageIds: [second], text: 'He does not stop.' },
    });
    expect(report).toMatchObject({ username: mallory.username, reason: 'threats', state: 'open', resolvedAt: null });
    expect(report.messages).toEqual([{ messageId: second, verdict: 'verified' }]);
    const { out } = await reportsCommand(relay, 'show', report.id);
    expect(JSON.parse(out)).toMatchObject({
      ...{ reporter: grace.username, reported: mallory.username, words: 'He does not stop.', conversationId: id },
      messages: [{ messageId: second, verdict: 'verified', content: '{"v":1,"kind":"text","text":"but this"}' }],
    });
    expect(out).not.toContain(first);
    expect(out).not.toContain('not this');
  });

  it('holds also after the device was started again, and from another device of the account that had it', async () => {
    const id = await group();
    const other = await grace.another();
    await grace.sync();
    await mallory.sync();
    const messageId = await said(id);
    await other.sync();
    expect((await file(other, { ...against(id), messageIds: [messageId] })).messages[0]!.verdict).toBe('verified');
    await other.stop();
    const account = await other.device.unlock();
    const session = new DeviceSession(account, { pollMs: 2 ** 31 - 1 });
    const again = reportsBy({ account, session });
    const { messages } = await again.file({ ...against(id), reason: 'other', messageIds: [messageId] });
    expect(messages).toEqual([{ messageId, verdict: 'verified' }]);
    await session.stop();
  });

  it('holds for content that another implementation has written', async () => {
    const id = await group();
    const written = '{ "text": "hi", "kind": "text", "later": [1], "v": 1 }';
    const messageId = await sendsOdd(mallory, id, { written });
    await grace.sync();
    expect((await grace.reads(id)).at(-1)).toBe('hi');
    expect(await verdicts(id, messageId)).toEqual(['verified']);
  });

  it('that was not sent so is refused: other content, another key, another sender, another message', async () => {
    const id = await group(ada);
    const [messageId, other] = [await said(id), await said(id)];
    await ada.sync();
    const shown = await opened(grace, id, messageId);
    expect(await rawReport(grace, against(id, shown))).toBe('verified');
    const key = Buffer.alloc(32, 1).toString('base64url');
    const forgeries = [
      { ...shown, content: text('I know where you live!') },
      { ...shown, frankingKey: key },
      { ...shown, messageId: other },
    ];
    for (const forged of forgeries) expect(await rawReport(grace, against(id, forged))).toBe('invalid_report');
    expect(await rawReport(grace, { ...against(id, shown), username: ada.username })).toBe('invalid_report');
    // One of many is enough, and nothing of it is kept.
    const [before] = await relay.query<{ count: string }>('SELECT count(*) FROM reports');
    expect(await rawReport(grace, against(id, await opened(grace, id, other), forgeries[0]!))).toBe('invalid_report');
    expect(await relay.query('SELECT count(*) FROM reports')).toEqual([before]);
  });

  it('of which the sender has another device is of the device that sent it', async () => {
    const id = await group();
    const other = await mallory.another();
    await grace.sync();
    await other.sync();
    await other.send(id, 'from my phone');
    await grace.sync();
    expect(await verdicts(id, await newest(grace, id))).toEqual(['verified']);
    await other.stop();
  });

  it('that could not be seen is not found, whether there is one or not', async () => {
    const elsewhere = await mallory.session.conversations.group([ada.username]);
    await ada.sync();
    await mallory.send(elsewhere.id, 'not for Grace');
    await ada.sync();
    const messageId = await newest(ada, elsewhere.id);
    const shown = await opened(ada, elsewhere.id, messageId);
    expect(await rawReport(grace, against(elsewhere.id, shown))).toBe('not_found');
    expect(await rawReport(grace, against(v7(), shown))).toBe('not_found');

    const id = await group(ada);
    await mallory.send(id, 'while Grace is in');
    await mallory.session.conversations.remove(id, [grace.username]);
    await mallory.send(id, 'while she is not');
    await ada.sync();
    await grace.sync();
    const [late, early] = await ada.session.messages.history(id, { limit: 2 });
    expect(await rawReport(grace, against(id, await opened(ada, id, early!.id!)))).toBe('verified');
    expect(await rawReport(grace, against(id, await opened(ada, id, late!.id!)))).toBe('not_found');
    expect(await rawReport(grace, against(id, { ...shown, messageId: v7() }))).toBe('not_found');
  });

  it('that is a commit, and none at all, is not found', async () => {
    const id = await group();
    const shown = await opened(grace, id, await said(id));
    const [commit] = await relay.query<{ id: string }>(
      'SELECT id FROM entries WHERE conversation_id = $1 AND kind = 3 LIMIT 1',
      [id],
    );
    expect(await rawReport(grace, against(id, { ...shown, messageId: commit!.id }))).toBe('not_found');
  });

  it('that is erased cannot be verified, and is filed nevertheless', async () => {
    const id = await group();
    const agreed = await mallory.account.relay.call((api) =>
      api.PUT('/v1/conversations/{id}/retention', {
        params: { path: { id } },
        body: { id: v7(), expireAfter: 60, afterDelivery: false },
      }),
    );
    expect(agreed.seq).toBeGreaterThan(0);
    const messageId = await said(id, 'soon gone');
    const shown = await opened(grace, id, messageId);
    relay.clock.advance(61_000);
    // Over, though it is still there.
    expect(await rawReport(grace, against(id, shown))).toBe('unverifiable');
    await sweep(relay);
    expect(await rawReport(grace, against(id, shown))).toBe('unverifiable');
    relay.clock.advance(2 * 86_400_000);
    await sweep(relay);
    expect(await relay.query('SELECT 1 FROM entries WHERE id = $1', [messageId])).toEqual([]);
    expect(await rawReport(grace, against(id, shown))).toBe('unverifiable');
  });

  it('without a key, as of an archive, is filed and called unverifiable', async () => {
    const id = await group();
    const { messageId, content } = await opened(grace, id, await said(id));
    expect(await rawReport(grace, against(id, { messageId, content }))).toBe('unverifiable');
  });
});

describe('a sender who commits to nothing, or to something else,', () => {
  it('is refused by the relay if there is no commitment', async () => {
    const id = await group();
    expect(await sendsOdd(mallory, id, { isUnfranked: true })).toBe('invalid_request');
  });

  it.each([
    ['another key than the one inside', { key: new Uint8Array(32) }],
    ['other content', { committed: { content: new TextEncoder().encode('{"v":1,"kind":"text","text":"hello"}') } }],
    ['another message', { committed: { messageId: v7() } }],
    ['another conversation', { committed: { conversationId: v7() } }],
    ['another sender', { committed: { senderAccountId: v7() } }],
    ['another device', { committed: { senderDeviceId: v7() } }],
  ])('is not read: %s', async (_what, odd) => {
    const id = await group();
    await sendsOdd(mallory, id, odd);
    await grace.sync();
    expect((await grace.reads(id)).at(-1)).toBe('[unfranked]');
    await ada.session.conversations.direct(grace.username);
    const messageId = await newest(grace, id);
    await expect(file(grace, { ...against(id), messageIds: [messageId] })).rejects.toThrow(
      expect.objectContaining({ code: 'unknown_message' }),
    );
  });

  it('is not read without a commitment once there are any, though the relay lets it through', async () => {
    const id = await group();
    await said(id);
    const unfranked = await oddMessage(mallory, id, { isUnfranked: true });
    await mallory.send(id, 'in place of this');
    await grace.lyingAbout(
      id,
      changing('message', (entry) => ({ ...entry, ...unfranked })),
      () => grace.sync(),
    );
    expect((await grace.reads(id)).at(-1)).toBe('[unfranked]');
  });
});

describe('a message from before there were commitments', () => {
  it('is read as it was, and reported without proof', async () => {
    const id = await group();
    const { id: messageId, ciphertext } = await oddMessage(mallory, id, { isUnfranked: true });
    await mallory.send(id, 'in place of this');
    const before = { id: messageId, body: Buffer.from(ciphertext, 'base64url') };
    await relay.query(
      `UPDATE entries SET id = $2, body = $3 WHERE conversation_id = $1 AND kind = 0 AND seq = (
         SELECT max(seq) FROM entries WHERE conversation_id = $1 AND kind = 0)`,
      [id, before.id, before.body],
    );
    await grace.sync();
    expect((await grace.reads(id)).at(-1)).toBe('odd');
    expect(await verdicts(id, messageId)).toEqual(['unverifiable']);
    const guess = Buffer.alloc(32).toString('base64url');
    const shown = { messageId, content: text('odd'), frankingKey: guess };
    expect(await rawReport(grace, against(id, shown))).toBe('unverifiable');
  });
});

describe('a report', () => {
  it('of somebody, without any message, is filed also for whoever only asks', async () => {
    const { id } = await mallory.session.conversations.direct(grace.username);
    const { username } = mallory;
    expect(await rawReport(grace, { username })).toBe('filed');
    expect(await rawReport(grace, { username, conversationId: id })).toBe('filed');
  });

  it('is refused where it makes no sense', async () => {
    const id = await group();
    const { username } = mallory;
    const shown = await opened(grace, id, await said(id));
    const many = Array.from({ length: 21 }, () => ({ ...shown, messageId: v7() }));
    const refusals: [object, string][] = [
      [{ username: grace.username }, 'invalid_request'],
      [{ username: `nobody-${v7().slice(-8)}` }, 'not_found'],
      [{ username, messages: [shown] }, 'invalid_request'],
      [against(id, shown, shown), 'invalid_request'],
      [against(id, ...many), 'invalid_request'],
      [{ username, reason: 'dislike' }, 'invalid_request'],
      [{ username, text: 'x'.repeat(2_001) }, 'invalid_request'],
      [{ username, text: '\u0000' }, 'invalid_request'],
      [against(id, { ...shown, frankingKey: 'AAAA' }), 'invalid_request'],
      [{ username: ada.username, conversationId: id }, 'not_found'],
    ];
    for (const [report, code] of refusals) expect([report, await rawReport(grace, report)]).toEqual([report, code]);
  });

  it('is one, however often it comes, and its id is nobody else’s', async () => {
    const id = v7();
    const { username } = mallory;
    expect(await rawReport(grace, { id, username })).toBe('filed');
    expect(await rawReport(grace, { id, username })).toBe('filed');
    expect(await relay.query('SELECT 1 FROM reports WHERE id = $1', [id])).toHaveLength(1);
    expect(await rawReport(ada, { id, username })).toBe('id_reused');
  });

  it('blocks as well, if that is wished', async () => {
    const [rude] = (await Person.several(relay, 1)) as [Person];
    await file(grace, { username: rude.username, block: true });
    const blocked = (await grace.session.contacts.list()).filter(({ isBlocked }) => isBlocked);
    expect(blocked.map(({ username }) => username)).toEqual([rude.username]);
    await rude.stop();
  });

  it('comes at most so often', async () => {
    const strict = await TestRelay.start({ beside: relay, environment: { LIMITS: 'reports=2/86400' } });
    const [eager, ...others] = (await Person.several(strict, 3)) as [Person, Person, Person];
    const codes = [];
    for (const { username } of [others[0], others[1], others[0]]) codes.push(await rawReport(eager, { username }));
    expect(codes).toEqual(['filed', 'filed', 'rate_limited']);
    for (const person of [eager, ...others]) await person.stop();
    await strict.stop();
  });

  it('is put down among the security events of whoever filed it, and nobody else’s', async () => {
    const [person] = (await Person.several(relay, 1)) as [Person];
    const about = async (who: Person): Promise<string[]> => {
      const { items } = await who.account.relay.call((api) => api.GET('/v1/audit', { params: { query: {} } }));
      return items.map(({ kind }) => kind);
    };
    const before = await about(mallory);
    await file(person, { username: mallory.username });
    expect((await about(person))[0]).toBe('report_filed');
    expect(await about(mallory)).toEqual(before);
    await person.stop();
  });
});
