import { readdir } from 'node:fs/promises';
import { TestUser } from '#testing';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../apps/relay/src/platform/database/embedded/embedded-postgres.js';
import { Installation } from './installation.js';

/** `npm run audit`, as an operator has it who has cloned the relay. */

jest.setTimeout(120_000);

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.make();
  await installation.build();
}, 300_000);
afterEach(() => installation.quiet());
afterAll(() => installation.remove());

const WHOLE = { code: 0, out: 'The audit log is whole: 1 records, none signed yet.\n', err: '' };

describe('npm run audit', () => {
  it('makes nothing where there is no relay yet', async () => {
    expect(await installation.audit(['verify'])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('there is no database in .data') as string,
    });
    expect(await readdir(installation.folder)).not.toContain('.data');
  });

  it('reads the log of a relay that runs, and of one that does not, and says what was changed', async () => {
    const relay = installation.start();
    await TestUser.register({ url: await relay.url() });
    expect(await installation.audit(['verify'])).toEqual(WHOLE);
    expect(JSON.parse((await installation.audit(['export'])).out)).toMatchObject({
      seq: 1,
      kind: 'account_registered',
    });
    await installation.quiet();
    expect(await installation.audit(['verify'])).toEqual(WHOLE);

    const database = await startEmbeddedPostgres({ directory: installation.dataFolder, log: () => undefined });
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query('ALTER TABLE audit_events DISABLE TRIGGER USER');
    await owner.query(`UPDATE audit_events SET kind = 'signed_in'`);
    await owner.end();
    await database.stop();
    expect(await installation.audit(['verify'])).toMatchObject({ code: 1, err: '' });
  });

  it.each([
    [['verify', '--kept', 'missing.ndjson'], {}, 'ENOENT'],
    [['verify'], { DATABASE_URL: 'postgresql://app:swordfish@127.0.0.1:1/relay' }, 'ECONNREFUSED'],
    [['verify'], { DATABASE_URL: 'mysql://localhost' }, 'DATABASE_URL'],
    [['verfy'], {}, 'There is no command verfy.'],
    [['verify', '--kep', 'x'], {}, "Unknown option '--kep'"],
  ])('says why it cannot, without a secret: %j %j', async (args, settings, why) => {
    const { code, out, err } = await installation.audit(args, settings);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
    expect(err).not.toContain('swordfish');
  });
});
