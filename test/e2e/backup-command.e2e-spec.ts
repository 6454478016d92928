import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestUser } from '#testing';
import { Installation, remembers } from './installation.js';

/** `npm run doctor`, `backup` and `restore`, as an operator has them who has cloned the relay. */

jest.setTimeout(180_000);

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.make();
  await installation.build();
}, 300_000);
afterEach(() => installation.quiet());
afterAll(() => installation.remove());

describe('the commands of an operator', () => {
  it('say what they cannot do where there is no relay yet, and make nothing', async () => {
    expect(await installation.backup(['nothing'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no database in .data') as string,
    });
    expect(await installation.restore(['nothing'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no manifest.json in nothing') as string,
    });
    expect(await installation.doctor()).toMatchObject({
      code: 1,
      out: expect.stringContaining('fail  database: cannot be asked: there is no database in .data') as string,
    });
  });

  it('bring a relay to another major version of its database, as docs/upgrading.md says, with nobody signed out', async () => {
    const first = installation.start();
    const ada = await TestUser.register({ url: await first.url() });
    expect((await installation.doctor()).out).toContain('ok    database: PostgreSQL ');
    await installation.quiet();
    expect(await installation.doctor()).toMatchObject({ code: 0, err: '' });
    expect(await installation.backup(['saved'])).toMatchObject({ code: 0, err: '' });
    expect(await installation.backup(['--verify', 'saved'])).toMatchObject({ code: 0, err: '' });

    const data = join(installation.dataFolder, 'postgres');
    const version = Number(await readFile(join(data, 'PG_VERSION'), 'utf8'));
    await writeFile(join(data, 'PG_VERSION'), `${String(version - 1)}\n`);
    const refused = installation.start();
    expect(await refused.exited).toBe(1);
    expect(refused.said).toContain(`was made by PostgreSQL ${String(version - 1)}, and this is ${String(version)}`);
    expect(refused.said).toContain('npm run restore -- FOLDER --moved');

    await rename(data, `${data}.old`);
    expect(await installation.restore(['saved', '--moved'])).toMatchObject({ code: 0, err: '' });
    const second = installation.start();
    expect(await remembers(await second.url(), ada)).toBe(true);
    expect(await installation.restore(['saved'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is already in use by process') as string,
    });
  });
});
