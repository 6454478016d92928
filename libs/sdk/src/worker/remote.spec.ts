import type { Sealpost } from '#sdk';
import { GROUPS, type RemoteGroup, type WorkerSealpost } from './remote.js';

/** Both are checked by the compiler: what it does not accept here, a page could not do. */

type Group = (typeof GROUPS)[number];
type Method = (...given: never[]) => unknown;
type Names<T, Kind> = { [Name in keyof T]: T[Name] extends Kind ? Name : never }[keyof T];
/** What stays behind, of each part. */
type Kept = { [Name in Group]: Exclude<keyof Sealpost[Name], keyof RemoteGroup<Sealpost[Name]>> }[Group];
type Same<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

const holds = <T extends true>(): T | undefined => undefined;

describe('the facade of a worker', () => {
  it('is a Sealpost, but for what no page asks', () => {
    // Its own methods, all of them.
    holds<
      Same<Pick<WorkerSealpost, Names<Sealpost, Method> | 'self'>, Pick<Sealpost, Names<Sealpost, Method> | 'self'>>
    >();
    // Of its parts: whatever is there that is no method belongs into `GROUPS`.
    holds<Same<Exclude<keyof Sealpost, Names<Sealpost, Method> | 'self'>, Group>>();
    // A method that neither resolves nor is iterated does not cross. Those that may stay behind are named.
    holds<[Kept] extends ['judge' | 'isPrivate'] ? true : false>();
    // What is written for one works with the other.
    holds<
      Pick<Sealpost, Names<Sealpost, Method> | 'self'> extends Pick<WorkerSealpost, Names<Sealpost, Method>>
        ? true
        : false
    >();
    expect(new Set(GROUPS).size).toBe(GROUPS.length);
  });
});
