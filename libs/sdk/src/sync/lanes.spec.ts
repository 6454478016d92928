import { Lanes } from './lanes.js';

/** A promise, and what settles it. */
function deferred(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let [resolve, reject] = [(): void => undefined, (_error: Error): void => undefined];
  const promise = new Promise<void>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
}

describe('a lane', () => {
  it('does one thing at a time, in the order in which it was asked', async () => {
    const lanes = new Lanes();
    const first = deferred();
    const done: string[] = [];
    const all = [
      lanes.run('one', async () => {
        await first.promise;
        done.push('first');
      }),
      lanes.run('one', () => Promise.resolve(done.push('second'))),
      lanes.run('other', () => Promise.resolve(done.push('elsewhere'))),
    ];
    await all[2];
    first.resolve();
    await Promise.all(all);
    expect(done).toEqual(['elsewhere', 'first', 'second']);
  });

  it('goes on after a failure, of which only the one who asked hears', async () => {
    const lanes = new Lanes();
    const failing = lanes.run('one', () => Promise.reject(new Error('a fault')));
    const next = lanes.run('one', () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('a fault');
    await expect(next).resolves.toBe('done');
  });
});
