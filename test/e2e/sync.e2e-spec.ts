import { draftOf, people, TestRelay, TestSocket, TestUser } from '#testing';
import { v7 } from 'uuid';
import { draftsOf, groupOf, sendUntilPlaced } from './sending.js';

interface SyncBody {
  readonly incarnation: string;
  readonly revision: number;
  readonly more: boolean;
  readonly changes: readonly { revision: number; what: string; subject: string }[];
  readonly conversations: readonly {
    conversationId: string;
    headSeq: number;
    upTo: number;
    items: readonly { seq?: number; id: string; gap?: { from: number; to: number; reason: string } }[];
  }[];
}

const BUDGET_BYTES = 512 * 1024;

const relay = TestRelay.duringTests();
const { clock } = relay;

async function sync(user: TestUser, request: object = {}): Promise<SyncBody> {
  const { status, body } = await user.request('POST', '/sync', { revision: 0, cursors: {}, ...request });
  expect(status).toBe(200);
  return body;
}

/** Every page until there is no more; a page that brings nothing is a failure. */
async function syncPages(user: TestUser): Promise<SyncBody[]> {
  const pages: SyncBody[] = [];
  const cursors: Record<string, number> = {};
  for (let more = true, revision = 0; more;) {
    const page = await sync(user, { revision, cursors });
    if (page.more) expect(page.changes.length + page.conversations.flatMap(({ items }) => items).length).not.toBe(0);
    for (const { conversationId, upTo } of page.conversations) cursors[conversationId] = upTo;
    pages.push(page);
    ({ more, revision } = page);
  }
  return pages;
}

function entriesOf(pages: readonly SyncBody[], conversationId: string): { seq?: number; id: string }[] {
  const found = pages
    .flatMap(({ conversations }) => conversations)
    .filter((one) => one.conversationId === conversationId);
  return found.flatMap(({ items }) => items);
}

describe('a sync', () => {
  test('keeps to its budget of bytes, and goes on from page to page until all is there, once and in order', async () => {
    const [ada, bob] = await people(relay, 2);
    const logs = [await ada.directWith(bob), await groupOf(ada, [bob]), await groupOf(ada, [bob])];
    const sent = new Map<string, string[]>();
    for (const log of logs) {
      const large = draftsOf(8).map((draft) => ({
        ...draft,
        ciphertext: Buffer.alloc(64 * 1024).toString('base64url'),
      }));
      for (const draft of large) await sendUntilPlaced(ada, log, draft);
      sent.set(
        log,
        large.map(({ id }) => id),
      );
    }
    const pages = await syncPages(bob);
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(JSON.stringify(page).length).toBeLessThan(BUDGET_BYTES + 16 * 1024);
    for (const [log, ids] of sent) {
      const entries = entriesOf(pages, log);
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_entry, index) => index + 1));
      expect(entries.map(({ id }) => id).slice(-8)).toEqual(ids);
    }
  });

  test('gives fifty entries of each conversation at a time, and says where its head is', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await ada.directWith(bob);
    for (const draft of draftsOf(120)) await sendUntilPlaced(ada, conversationId, draft);
    const pages = await syncPages(bob);
    expect(pages.map(({ conversations, more }) => [conversations[0]!.upTo, conversations[0]!.headSeq, more])).toEqual([
      [50, 120, true],
      [100, 120, true],
      [120, 120, false],
    ]);
  });

  test('tells of every conversation that moved, also when there are more than it can page through', async () => {
    const ada = await TestUser.register(relay);
    for (let nth = 0; nth < 104; nth++) await groupOf(ada, []);
    const pages = await syncPages(ada);
    expect(pages[0]!.conversations).toHaveLength(104);
    expect(pages.flatMap(({ conversations }) => conversations.flatMap(({ items }) => items))).toHaveLength(104);
    expect(pages.map(({ more }) => more)).toEqual([true, false]);
  });

  test('is silent about what has not moved', async () => {
    const [ada, bob] = await people(relay, 2);
    const [moved, still] = [await ada.directWith(bob), await groupOf(ada, [bob])];
    const { cursors } = await bob.syncAll();
    await sendUntilPlaced(ada, moved, draftOf('news'));
    const { revision } = await sync(bob);
    const news = await sync(bob, { revision, cursors });
    expect(news.conversations.map(({ conversationId }) => conversationId)).toEqual([moved]);
    expect([news.changes, news.revision, news.more, still in cursors]).toEqual([[], revision, false, true]);
  });

  test('shows an ex-member the log up to where the stay ended, and no later head', async () => {
    const [ada, bob] = await people(relay, 2);
    const group = await groupOf(ada, [bob]);
    await sendUntilPlaced(ada, group, draftOf('2'));
    await ada.request('DELETE', `/conversations/${group}/members`, { members: [bob.username] });
    await sendUntilPlaced(ada, group, draftOf('4'));
    const [page] = await syncPages(bob);
    expect(page!.conversations).toMatchObject([{ conversationId: group, headSeq: 3, upTo: 3 }]);
    expect(entriesOf([page!], group).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  test('tells who returned what they may read of both stays, and that there is a gap between', async () => {
    const [ada, bob] = await people(relay, 2);
    const group = await groupOf(ada, [bob]);
    const members = `/conversations/${group}/members`;
    await ada.request('DELETE', members, { members: [bob.username] });
    for (const draft of draftsOf(3)) await sendUntilPlaced(ada, group, draft);
    await ada.request('POST', members, { id: v7(), members: [bob.username] });
    await sendUntilPlaced(ada, group, draftOf('7'));
    const items = (await sync(bob)).conversations[0]!.items;
    expect(items.map(({ seq, gap }) => seq ?? gap)).toEqual([1, 2, { from: 3, to: 5, reason: 'not_member' }, 6, 7]);
  });

  test.each([
    { revision: -1 },
    { revision: 0.5 },
    { cursors: [] },
    { cursors: { nonsense: 1 } },
    { cursors: { [v7()]: -1 } },
    { cursors: { [v7()]: '1' } },
    { incarnation: 'nonsense' },
    { limit: 1e9 },
  ])('that asks for what there is not is refused: %j', async (request) => {
    const ada = await TestUser.register(relay);
    const { status, body } = await ada.request('POST', '/sync', { revision: 0, cursors: {}, ...request });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  test('over the socket is the same as over HTTP', async () => {
    const [ada, bob] = await people(relay, 2);
    await sendUntilPlaced(ada, await ada.directWith(bob), draftOf('either way'));
    const socket = await bob.socket();
    expect(await socket.emit('sync', { revision: 0, cursors: {} })).toEqual({ ok: true, ...(await sync(bob)) });
    socket.close();
  });
});

describe('changes outside the logs', () => {
  test('come after the revision a device has dealt with, each thing once, at its newest', async () => {
    const [ada, bob, cleo] = await people(relay, 3);
    const contact = (peer: TestUser, state: string) => ada.request('PUT', `/contacts/${peer.username}`, { state });
    await contact(bob, 'accepted');
    await contact(cleo, 'accepted');
    const first = await sync(ada);
    await contact(bob, 'blocked');
    const second = await sync(ada, { revision: first.revision });
    const whole = await sync(ada);
    const peers = ({ changes }: SyncBody) =>
      changes.filter(({ what }) => what === 'contacts').map(({ subject }) => subject);
    expect([peers(first), peers(second), peers(whole)]).toEqual([
      [bob.accountId, cleo.accountId],
      [bob.accountId],
      [cleo.accountId, bob.accountId],
    ]);
    expect(second.revision).toBeGreaterThan(first.revision);
    expect((await sync(ada, { revision: second.revision })).changes).toEqual([]);
  });

  test('continue on the next page when there are many', async () => {
    const ada = await TestUser.register(relay);
    const { revision } = await sync(ada);
    await relay.query(
      `INSERT INTO account_changes (account_id, what, subject, revision)
       SELECT $1, 'profile', gen_random_uuid(), $2 + n FROM generate_series(1, 1200) n`,
      [ada.accountId, revision],
    );
    const pages = await syncPages(ada);
    const revisions = pages.flatMap(({ changes }) => changes.map((change) => change.revision));
    expect(pages.length).toBeGreaterThan(2);
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    expect(revisions.slice(-1200)).toEqual(Array.from({ length: 1200 }, (_none, index) => revision + index + 1));
  });

  test('are pushed with the revision by which sync tells them', async () => {
    const [ada, bob] = await people(relay, 2);
    const socket = await ada.socket();
    await ada.request('PUT', `/contacts/${bob.username}`, { state: 'accepted' });
    const [pushed] = await socket.hear('account:changed');
    expect((await sync(ada)).changes).toContainEqual(pushed);
    socket.close();
  });
});

describe('a cursor', () => {
  const kept = async (user: TestUser): Promise<number | undefined> => {
    const [row] = await relay.query<{ seq: string }>('SELECT seq FROM cursors WHERE device_id = $1', [user.deviceId]);
    return row === undefined ? undefined : Number(row.seq);
  };

  test('is kept as the greatest that a device has sent, and never beyond the head', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await ada.directWith(bob);
    for (const draft of draftsOf(5)) await sendUntilPlaced(ada, conversationId, draft);
    const { incarnation } = await sync(bob);
    const seen = [];
    for (const seq of [2, 4, 3, 1_000_000]) {
      await sync(bob, { incarnation, cursors: { [conversationId]: seq } });
      seen.push(await kept(bob));
    }
    expect(seen).toEqual([2, 4, 4, 5]);
  });

  test('of another life of the database is not kept, and the reply says which life this is', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await ada.directWith(bob);
    for (const draft of draftsOf(3)) await sendUntilPlaced(ada, conversationId, draft);
    const before = await sync(bob);
    await sync(bob, { incarnation: before.incarnation, cursors: { [conversationId]: 1 } });
    await relay.query('UPDATE relay SET incarnation = gen_random_uuid()');
    const after = await sync(bob, { incarnation: before.incarnation, cursors: { [conversationId]: 3 } });
    expect(after.incarnation).not.toBe(before.incarnation);
    expect(await kept(bob)).toBe(1);
    await sync(bob, { incarnation: after.incarnation, cursors: { [conversationId]: 2 } });
    expect(await kept(bob)).toBe(2);
  });
});

test('a socket is greeted with the life of the database, at the latest ten seconds after it changed', async () => {
  const ada = await TestUser.register(relay);
  const greeting = async () => {
    const socket = await TestSocket.connect(relay.url, ada.token);
    const [ready] = await socket.hear('ready');
    socket.close();
    return ready!.incarnation;
  };
  expect(await greeting()).toMatch(/^[0-9a-f-]{36}$/);
  await relay.query('UPDATE relay SET incarnation = gen_random_uuid()');
  clock.advance(10_001);
  expect(await greeting()).toBe((await sync(ada)).incarnation);
});
