import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRelay } from '#testing';
import { signToday } from './audit-log.js';
import { CliPeople, CliProcess, CliUser, type Ended } from './cli-process.js';

const relay = TestRelay.duringTests();
const started: CliProcess[] = [];
let directory: string;
let people: CliPeople;

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sealpost-cli-device-'));
  people = new CliPeople(relay.url, directory);
  // Builds it, once for all.
  expect(await CliProcess.start(['--help']).end()).toMatchObject({ code: 0, err: '' });
});
afterEach(async () => {
  for (const process of started.splice(0)) await process.stop('SIGKILL');
});
afterAll(() => rm(directory, { recursive: true }));

const registered = (who: string): Promise<CliUser> => people.registered(who);

describe('a device', () => {
  it('sends nothing without the relay, keeps it, and reads what it has', async () => {
    const [ada, grace] = await Promise.all([registered('ada'), registered('grace')]);
    await ada.does('send', grace.username, 'before');
    const [{ id }] = JSON.parse(await ada.does('export')).conversations;
    const nowhere = ['--url', 'http://127.0.0.1:9'];
    expect(await ada.run('send', id, 'kept', ...nowhere)).toMatchObject({
      code: 0,
      err: 'It is kept, and leaves with the next command that can send it.',
    });
    expect((await ada.run('history', id, ...nowhere)).out).toContain('before');
    await ada.does('groups');
    const listener = grace.start('listen');
    started.push(listener);
    await listener.prints('kept');
  });

  it('lists its security events, and what the relay signed of them', async () => {
    const ada = await registered('ada');
    await signToday(relay);
    const lines = (await ada.does('security')).split('\n');
    expect(lines.map((line) => line.split('  ')[1])).toEqual([
      'device list signed',
      'identity key set',
      'account registered',
    ]);
    const [newest = ''] = (await ada.does('security', '--json')).split('\n');
    expect(JSON.parse(newest)).toMatchObject({ kind: 'device_list_signed', actor: 'owner' });
    expect(JSON.parse(await ada.does('security', 'checkpoints'))).toMatchObject({ number: 1 });
  });

  it('is called something else, and has another password', async () => {
    const ada = await registered('ada');
    const [{ id }] = [JSON.parse(await ada.does('devices', '--json'))];
    await ada.does('devices', 'rename', id, 'kitchen', 'table');
    expect(await ada.does('devices')).toContain('kitchen table (this one)');
    const file = join(directory, 'new-password');
    await writeFile(file, 'a new battery staple\n');
    await ada.does('password', '--new-password-file', file);
    expect(await ada.run('groups')).toMatchObject({ code: 1, err: 'The password is wrong.' });
    await ada.does('groups', '--password-file', file);
  });

  it('is recovered by its code, once', async () => {
    const ada = await registered('ada');
    const [code, forgotten] = [join(directory, 'code'), join(directory, 'forgotten')];
    await writeFile(code, await ada.does('recovery'));
    await writeFile(forgotten, 'a later password\n');
    const recover = (home: string): Promise<Ended> =>
      new CliUser(ada.username, join(directory, home)).run(
        ...['recover', '--username', ada.username, '--url', relay.url],
        ...['--code-file', code, '--password-file', forgotten],
      );
    const { code: exit, out, err } = await recover('recovered');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).toMatch(/^The next recovery code: \S/);
    expect(await recover('again')).toMatchObject({ code: 1 });
  });

  it('is for its owner only, and empty after signing out', async () => {
    const ada = await registered('ada');
    expect((await stat(join(directory, ada.username))).mode & 0o777).toBe(0o700);
    await ada.does('sign-out');
    expect(await ada.run('groups')).toMatchObject({ code: 1 });
    await ada.does('sign-in', '--username', ada.username, '--url', relay.url);
    await ada.does('groups');
  });
});
