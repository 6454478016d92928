import { TestUser } from '#testing';
import { Installation } from './installation.js';

/** `npm run admin`, as an operator has it who has cloned the relay. */

jest.setTimeout(120_000);

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.make();
  await installation.build();
}, 300_000);
afterEach(() => installation.quiet());
afterAll(() => installation.remove());

const said = (out: string, code = 0): object => ({ code, out: `${out}\n`, err: '' });

describe('npm run admin', () => {
  it('makes the first admin, and takes that away, whether the relay runs or not; the account hears of it', async () => {
    const relay = installation.start();
    const ada = await TestUser.register({ url: await relay.url() }, { username: 'ada' });
    const isAdmin = async (): Promise<boolean> => (await ada.request('GET', '/auth/me')).body.admin as boolean;
    expect([await isAdmin(), await installation.admin(['list'])]).toEqual([false, { code: 0, out: '', err: '' }]);

    expect(await installation.admin(['grant', 'ada'])).toEqual(said('ada is an admin now.'));
    expect(await installation.admin(['grant', 'ada'])).toEqual(said('ada was an admin already.'));
    expect(await installation.admin(['grant', 'nobody'])).toEqual(said('Nobody is called nobody.', 1));
    expect((await installation.admin(['list'])).out).toMatch(/^ada since \d{4}-\d\d-\d\dT[\d:.]+Z\n$/);
    expect(await isAdmin()).toBe(true);
    const { body } = await ada.request('POST', '/sync', { revision: 0, cursors: {} });
    expect(body.changes).toContainEqual({
      revision: expect.any(Number) as number,
      what: 'profile',
      subject: ada.accountId,
    });
    await installation.quiet();

    expect(await installation.admin(['revoke', 'ada'])).toEqual(said('ada is no admin any more.'));
    expect(await installation.admin(['revoke', 'ada'])).toEqual(said('ada was no admin.'));
    const log = (await installation.audit(['export'])).out.trim().split('\n');
    const granted = { actor: 'operator', accountId: ada.accountId, deviceId: null, sessionId: null, subjectId: null };
    expect(log.map((line) => JSON.parse(line) as object).slice(-2)).toMatchObject([
      { kind: 'admin_granted', ...granted },
      { kind: 'admin_revoked', ...granted },
    ]);
    expect((await installation.audit(['verify'])).code).toBe(0);
  });

  it.each([
    [[], {}, 'A command is missing.'],
    [['grand', 'ada'], {}, 'There is no command grand.'],
    [['grant'], {}, 'The name of an account is missing.'],
    [['grant', 'ada', 'grace'], {}, 'What is grace?'],
    [['list', 'ada'], {}, 'What is ada?'],
    [['revoke', 'Ada Lovelace'], {}, 'Ada Lovelace is no name of an account.'],
    [['list'], { DATABASE_URL: 'postgresql://app:swordfish@127.0.0.1:1/relay' }, 'ECONNREFUSED'],
    [['list'], { DATA_DIR: 'elsewhere' }, 'there is no database in elsewhere'],
  ])('says why it cannot, without a secret: %j %j', async (args, settings, why) => {
    const { code, out, err } = await installation.admin(args, settings);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
    expect(err).not.toContain('swordfish');
  });
});
