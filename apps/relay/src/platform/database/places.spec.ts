import { Unavailable } from '../errors/refusal.js';
import { Places } from './places.js';

/** Work that ends when a test says so. */
function deeds(): { begun: number[]; ends: (() => void)[]; of: (n: number) => () => Promise<number> } {
  const [begun, ends]: [number[], (() => void)[]] = [[], []];
  const of = (n: number) => (): Promise<number> => {
    begun.push(n);
    return new Promise((resolve) => ends.push(() => resolve(n)));
  };
  return { begun, ends, of };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('places at the database', () => {
  it('are held by so many and no more, and taken in the order in which they were asked for', async () => {
    const [places, { begun, ends, of }] = [new Places(2), deeds()];
    const all = Promise.all([1, 2, 3, 4].map((n) => places.hold(of(n))));
    expect(begun).toEqual([1, 2]);
    ends[1]!();
    await turn();
    expect(begun).toEqual([1, 2, 3]);
    for (const at of [0, 2]) ends[at]!();
    await turn();
    expect(begun).toEqual([1, 2, 3, 4]);
    ends[3]!();
    await expect(all).resolves.toEqual([1, 2, 3, 4]);
  });

  it('are given on by work that failed', async () => {
    const places = new Places(1);
    await expect(places.hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(places.hold(() => Promise.resolve('yes'))).resolves.toBe('yes');
  });

  it('are waited for by nobody once the database is known to be away', async () => {
    const places = new Places(1);
    const all = [1, 2, 3].map(() => places.hold(() => Promise.reject(new Unavailable())));
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(places.hold(() => Promise.resolve('back'))).resolves.toBe('back');
  });
});
