import type { Sealpost } from '#sdk';
import { GROUPS, type RemoteGroup, type WorkerSealpost } from './remote.js';

/** Both are checked by the compiler: what it does not accept here, a page could not do. */

type Group = (typeof GROUPS)[number];
type Method = (...given: never[]) => unknown;
type Names<T, Kind> = { [Name in keyof T]: T[Name] extends Kind ? Name : never }[keyof T];
type Own = Names<Sealpost, Method> | 'self';
/** What stays behind, of each part. */
type Kept = { [Name in Group]: Exclude<keyof Sealpost[Name], keyof RemoteGroup<Sealpost[Name]>> }[Group];
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

/** Of these the compiler takes nothing but `true`. */
const proven: [
  // Its own methods, all of them.
  Same<Pick<WorkerSealpost, Own>, Pick<Sealpost, Own>>,
  // Of its parts: whatever is there that is no method belongs into `GROUPS`.
  Same<Exclude<keyof Sealpost, Own>, Group>,
  // A method that neither resolves nor is iterated does not cross. Those that may stay behind are named.
  [Kept] extends ['judge' | 'isPrivate'] ? true : false,
] = [true, true, true];

describe('the facade of a worker', () => {
  it('is a Sealpost, but for what no page asks', () => {
    expect(proven).not.toContain(false);
    expect(new Set(GROUPS).size).toBe(GROUPS.length);
  });
});
