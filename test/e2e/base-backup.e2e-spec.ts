import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draftOf, pair, recordEvidence, scaled, type TestDatabase, TestRelay, type TestUser, until } from '#testing';
import { findNobody, isRoot } from '../../apps/relay/src/platform/database/embedded/run-as.js';
import { runRestore } from '../../apps/relay/src/restore-command.js';
import { ran } from './backing-up.js';
import { DebianPostgres, hasDebianPostgres } from './debian-postgres.js';
import { type Placed, sendUntilPlaced } from './sending.js';

/** A relay on a PostgreSQL that its operator backs up with pg_basebackup and archived WAL, as docs/operations.md has it. */

const WRITERS = 4;
const BEFORE = scaled({ ci: 60, gate: 400 });

/** Sends for as long as it is left to. */
class Load {
  readonly acknowledged: Placed[] = [];
  private isOn = true;
  private readonly writers: Promise<void>[];

  constructor(sender: TestUser, conversationId: string) {
    this.writers = Array.from({ length: WRITERS }, async () => {
      while (this.isOn) this.acknowledged.push(await sendUntilPlaced(sender, conversationId, draftOf('under load')));
    });
  }

  async more(count: number): Promise<void> {
    const goal = this.acknowledged.length + count;
    await until(() => this.acknowledged.length > goal, 'the writers are busy', 120_000);
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await Promise.all(this.writers);
  }
}

const databaseOn = (postgres: DebianPostgres): TestDatabase => ({
  applicationUrl: postgres.url('app'),
  ownerUrl: postgres.url('owner'),
  drop: () => Promise.resolve(),
});

async function incarnationOf(user: TestUser): Promise<string> {
  const { body } = await user.request('POST', '/sync', { revision: 0, cursors: {} });
  return body.incarnation as string;
}

(hasDebianPostgres ? describe : describe.skip)('a base backup that is taken under load (needs PostgreSQL 15)', () => {
  let archive: string;
  let postgres: DebianPostgres;
  let relay: TestRelay;

  beforeAll(async () => {
    const account = isRoot() ? await findNobody() : undefined;
    archive = await mkdtemp(join(tmpdir(), 'sealpost-wal-'));
    if (account !== undefined) await chown(archive, account.uid, account.gid);
    const archiving = ['archive_mode=on', `archive_command=test ! -f ${archive}/%f && cp %p ${archive}/%f`];
    postgres = await DebianPostgres.start(account, archiving);
    relay = await TestRelay.start({ database: databaseOn(postgres) });
  });
  afterAll(async () => {
    await relay.stop();
    await postgres.stop();
    await rm(archive, { recursive: true, force: true });
  });

  /** What a relay on a restored server has of a log, after the operator's command. */
  async function restoredLog(
    server: DebianPostgres,
    { sender, conversationId }: { sender: TestUser; conversationId: string },
  ): Promise<Map<string, number>> {
    const database = databaseOn(server);
    const { applicationUrl: DATABASE_URL, ownerUrl: MIGRATION_DATABASE_URL } = database;
    const settings = { ...relay.settings, DATABASE_URL, MIGRATION_DATABASE_URL };
    expect(await ran(runRestore, ['--in-place'], settings)).toMatchObject({
      code: 0,
      out: expect.stringContaining('begins a new life') as string,
    });
    const other = await TestRelay.start({ database, clock: relay.clock });
    try {
      expect((await sender.towards(other).request('GET', '/auth/me')).status).toBe(401);
      const again = await sender.towards(other).onNewDevice();
      expect(await incarnationOf(again)).not.toBe(await incarnationOf(sender));
      const rows = await other.query<{ seq: string; id: string }>(
        'SELECT seq, id FROM entries WHERE conversation_id = $1 ORDER BY seq',
        [conversationId],
      );
      expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_row, index) => index + 1));
      expect((await again.send(conversationId, 'it goes on')).body.seq).toBe(rows.length + 1);
      return new Map(rows.map(({ id, seq }) => [id, Number(seq)]));
    } finally {
      await other.stop();
      await server.stop();
    }
  }

  it('has every message that was acknowledged before, and with the archived WAL every later one, each at its place (R-18)', async () => {
    const { ada: sender, conversationId } = await pair(relay);
    const load = new Load(sender, conversationId);
    await load.more(BEFORE);
    const before = load.acknowledged.slice();
    const [alone, withWal] = [await postgres.baseBackup(), await postgres.baseBackup()];
    await load.more(40);
    await load.stop();
    const [segment] = (await postgres.query('SELECT pg_walfile_name(pg_switch_wal()) AS name')) as { name: string }[];
    await until(
      async () =>
        (await postgres.query(`SELECT FROM pg_stat_archiver WHERE last_archived_wal >= '${segment!.name}'`)).length > 0,
      'the last of the WAL is archived',
      60_000,
    );

    const found = await restoredLog(await postgres.startOn(alone), { sender, conversationId });
    for (const { id, seq } of before) expect(found.get(id)).toBe(seq);
    for (const { id, seq } of load.acknowledged) expect([seq, undefined]).toContain(found.get(id));
    const all = await restoredLog(await postgres.startOn(withWal, archive), { sender, conversationId });
    expect(all.size).toBe(load.acknowledged.length);
    for (const { id, seq } of load.acknowledged) expect(all.get(id)).toBe(seq);
    recordEvidence('R-18', { beforeBaseBackup: before.length, withWal: all.size });
  });
});
