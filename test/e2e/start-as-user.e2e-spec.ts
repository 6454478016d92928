import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TestUser } from '#testing';
import { findNobody, isRoot } from '../../apps/relay/src/platform/database/embedded/run-as.js';
import { type Account, Installation, remembers } from './installation.js';

jest.setTimeout(120_000);

/** Built and started anew, which takes long: in CI, which is root, others start as whoever runs them. */
describe('as an ordinary user, in a home of their own', () => {
  let nobody: Account | undefined;
  let theirs: Installation;
  beforeAll(async () => {
    nobody = isRoot() ? await findNobody() : undefined;
    if (isRoot() && nobody === undefined) throw new Error('there is no user "nobody" to try it as');
    theirs = await Installation.make(nobody);
    await theirs.build();
  }, 300_000);
  afterAll(() => theirs.remove());

  it('starts, serves, and finds its data again', async () => {
    const first = theirs.start({}, 'npm');
    const person = await TestUser.register({ url: await first.url() });
    expect((await stat(join(theirs.dataFolder, 'postgres'))).uid).toBe(nobody?.uid ?? process.getuid?.());
    await theirs.quiet();
    const second = theirs.start();
    expect(await remembers(await second.url(), person)).toBe(true);
    second.signal('SIGTERM');
    expect(await second.exited).toBe(0);
  });
});
