import { call, TestRelay, TestUser } from '#testing';
import pg from 'pg';
import { audit, auditLines, putDown, signToday } from './audit-log.js';

const DAY = 86_400_000;

let relay: TestRelay;

beforeEach(async () => {
  relay = await TestRelay.start();
});
afterEach(() => relay.stop());

const happened = (times: number, on = relay): Promise<void> => putDown(on, times);
const signed = (on = relay): Promise<void> => signToday(on);
const verify = () => audit(relay, 'verify');

describe('a checkpoint', () => {
  it('is signed once a day, also by several relays at once, and not before there is anything', async () => {
    await signed();
    expect(await auditLines(relay, 'checkpoints')).toEqual([]);
    const other = await TestRelay.start({ beside: relay });
    try {
      for (let day = 0; day < 3; day++) {
        await happened(day);
        await Promise.all([signed(), signed(other), signed(), signed(other)]);
        relay.clock.advance(DAY);
      }
    } finally {
      await other.stop();
    }
    const shown = (await auditLines(relay, 'checkpoints')) as unknown as { number: number; seq: number }[];
    expect(shown.map(({ number, seq }) => [number, seq])).toEqual([
      [1, 1],
      [2, 3],
    ]);
    expect((await verify()).code).toBe(0);
  });

  it('is shown to whoever is signed in, newest first, by the key that the server shows', async () => {
    const user = await TestUser.register(relay);
    await signed();
    relay.clock.advance(5 * 60_000 + DAY);
    await signed();
    const reader = await TestUser.register(relay);
    const first = await reader.request('GET', '/audit/checkpoints?limit=1');
    const second = await reader.request('GET', `/audit/checkpoints?limit=1&cursor=${first.body.nextCursor}`);
    const shown = [...first.body.items, ...second.body.items];
    expect([shown.map(({ number }) => number), second.body.nextCursor]).toEqual([[2, 1], null]);
    expect(shown.reverse()).toEqual(await auditLines(relay, 'checkpoints'));
    const { body: server } = await call(relay, 'GET', '/v1/server');
    expect(server.auditKey).toEqual({ algorithm: 'ed25519', publicKey: shown[0].publicKey });
    expect(user.accountId).not.toBe(reader.accountId);
  });
});

describe('the role that the relay runs as', () => {
  async function asApplication(sql: string): Promise<unknown> {
    const client = new pg.Client({ connectionString: relay.database.applicationUrl });
    await client.connect();
    try {
      return await client.query(sql).then(
        ({ rowCount }) => rowCount,
        (error: unknown) => (error as { code?: string }).code,
      );
    } finally {
      await client.end();
    }
  }

  it.each([
    'UPDATE audit_events SET kind = kind',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'INSERT INTO audit_events SELECT * FROM audit_events',
    'SELECT * FROM audit_events FOR UPDATE',
    'ALTER TABLE audit_events DISABLE TRIGGER USER',
    'DROP TABLE audit_events',
    'DROP TRIGGER audit_events_only_grow ON audit_events',
    'CREATE OR REPLACE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$',
    'UPDATE audit_checkpoints SET day = day',
    'DELETE FROM audit_checkpoints',
    'TRUNCATE audit_checkpoints',
  ])('may not: %s', async (sql) => {
    await happened(2);
    await signed();
    expect(await asApplication(sql)).toBe('42501');
    expect((await verify()).code).toBe(0);
  });

  it('may not for a moment either, while another relay starts', async () => {
    await happened(1);
    const client = new pg.Client({ connectionString: relay.database.applicationUrl });
    await client.connect();
    const answers = new Set<unknown>();
    const start = { isOver: false };
    const other = TestRelay.start({ beside: relay }).finally(() => (start.isOver = true));
    while (!start.isOver)
      answers.add(
        await client.query('DELETE FROM audit_events WHERE false').then(
          () => 'done',
          (error: unknown) => (error as { code?: string }).code,
        ),
      );
    await client.end();
    await (await other).stop();
    expect([...answers]).toEqual(['42501']);
  });

  it('may read, and append what is well-formed', async () => {
    await happened(2);
    expect(await asApplication('SELECT seq FROM audit_events')).toBe(2);
    const append = (kind: string) =>
      asApplication(`SELECT append_audit_event(now(), ${kind}, 'relay', NULL, NULL, NULL, NULL, NULL)`);
    expect(await append(`'signed_in'`)).toBe(1);
    expect(await append(`E'signed_in\\nactor:owner'`)).toBe('23514');
    expect((await verify()).text).toContain('3 records');
  });

  it('nor may the owner, unless the schema is changed first', async () => {
    await happened(1);
    await signed();
    for (const table of ['audit_events', 'audit_checkpoints'])
      for (const sql of [`UPDATE ${table} SET hash = hash`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
        await expect(relay.query(sql)).rejects.toThrow('the audit log is only ever added to');
  });
});

describe('writers at once', () => {
  it('of two relays leave one unbroken chain, with all that happened in it once', async () => {
    const other = await TestRelay.start({ beside: relay });
    try {
      const users = await Promise.all([relay, other].map((on) => TestUser.register(on)));
      await Promise.all([
        ...[relay, other].flatMap((on) => Array.from({ length: 10 }, () => happened(10, on))),
        ...users.flatMap((user) => Array.from({ length: 5 }, () => user.onNewDevice())),
      ]);
      const events = await auditLines(relay, 'export');
      expect(events.filter(({ kind }) => kind === 'retention_run')).toHaveLength(200);
      expect(events.filter(({ kind }) => kind === 'signed_in')).toHaveLength(10);
      expect((await verify()).text).toContain(`${2 + 200 + 20} records`);
    } finally {
      await other.stop();
    }
  });

  it('wait for a transaction that has put down something, and follow whichever way it ends', async () => {
    await happened(1);
    const client = await relay.connection();
    const APPEND = `SELECT append_audit_event(now(), 'retention_run', 'relay', NULL, NULL, NULL, NULL, 7)`;
    try {
      for (const end of ['COMMIT', 'ROLLBACK']) {
        await client.query('BEGIN');
        await client.query(APPEND);
        const waiting = happened(1);
        await client.query(end);
        await waiting;
      }
    } finally {
      client.release();
    }
    const counts = (await auditLines(relay, 'export')).map(({ count }) => count);
    expect(counts).toEqual([1, 7, 1, 1]);
    expect((await verify()).code).toBe(0);
  });
});
