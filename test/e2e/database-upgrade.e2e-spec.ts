import { join } from 'node:path';
import { people, TestRelay } from '#testing';
import { startEmbeddedPostgres } from '../../apps/relay/src/platform/database/embedded/embedded-postgres.js';
import { checked, restored, Vaults } from './backing-up.js';
import { DebianPostgres, hasDebianPostgres } from './debian-postgres.js';
import { findNobody, isRoot } from '../../apps/relay/src/platform/database/embedded/run-as.js';

/** From an older major version of PostgreSQL to the embedded one, as docs/upgrading.md has it. */

const vaults = Vaults.duringTests();

(hasDebianPostgres ? describe : describe.skip)('a backup of a relay on PostgreSQL 15', () => {
  let postgres: DebianPostgres;
  beforeAll(async () => {
    postgres = await DebianPostgres.start(isRoot() ? await findNobody() : undefined);
  });
  afterAll(() => postgres.stop());

  it('is restored into the embedded PostgreSQL, whose folder is made; whoever was signed in still is', async () => {
    const old = { applicationUrl: postgres.url('app'), ownerUrl: postgres.url('owner'), drop: () => Promise.resolve() };
    const before = await TestRelay.start({ database: old });
    const [ada, grace] = await people(before, 2);
    const conversationId = await ada.directWith(grace);
    const sent = await ada.send(conversationId, 'from 15');
    const folder = await vaults.backUp(before);
    await before.stop();
    expect((await checked(folder)).code).toBe(0);

    const directory = join(await vaults.folder(), 'data');
    const { DATABASE_URL: _app, MIGRATION_DATABASE_URL: _owner, ...settings } = before.settings;
    expect(await restored(folder, { ...settings, DATA_DIR: directory }, '--moved')).toMatchObject({ code: 0 });

    const server = await startEmbeddedPostgres({ directory, log: () => undefined });
    const after = await TestRelay.start({
      database: { ...server, drop: () => Promise.resolve() },
      clock: before.clock,
    });
    try {
      const { items } = await grace.towards(after).syncAll();
      expect(items[conversationId]).toContainEqual(
        expect.objectContaining({ id: sent.body.id as string, seq: sent.body.seq as number }),
      );
    } finally {
      await after.stop();
      await server.stop();
    }
  });
});
