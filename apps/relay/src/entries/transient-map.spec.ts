import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TransientMap } from './transient-map.js';

type Collect = (options?: { type: 'minor' }) => void;
interface AnyMap {
  set(key: string, value: object): unknown;
  delete(key: string): unknown;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as Collect;

const ENTRIES = 40_000;
/** Parsed, since V8 would soon allocate in the old generation what a place in the code makes, were it seen to survive. */
const ENTRY = JSON.stringify(new Array<number>(100).fill(0));
const AT_ONCE = 8;
const MIB = 1024 * 1024;

describe('a map of what comes and goes', () => {
  it('finds what was set last and not deleted, under any key', () => {
    const map = new TransientMap<string, { n: number }>();
    for (const key of ['a', '__proto__', 'constructor', '']) {
      expect(map.get(key)).toBeUndefined();
      map.set(key, { n: 1 });
      map.set(key, { n: 2 });
      expect(map.get(key)).toEqual({ n: 2 });
    }
    expect(map.values()).toHaveLength(4);
    map.delete('__proto__');
    map.delete('absent');
    expect(map.get('__proto__')).toBeUndefined();
    expect(map.values()).toHaveLength(3);
  });

  it('leaves nothing behind for a full collection, as a Map does', () => {
    expect(mebibytesLeft(new Map())).toBeGreaterThan(12);
    expect(mebibytesLeft(new TransientMap())).toBeLessThan(6);
  });
});

/** What the old generation has grown by after many short lives. */
function mebibytesLeft(map: AnyMap): number {
  // The map itself gets old first, as that of a relay has.
  map.set('first', {});
  collect();
  collect({ type: 'minor' });
  map.delete('first');
  const before = oldBytes();
  for (let n = 0; n < ENTRIES; n++) {
    map.set(`key ${n}`, JSON.parse(ENTRY) as object);
    map.delete(`key ${n - AT_ONCE}`);
    if (n % 2_000 === 0) collect({ type: 'minor' });
  }
  return (oldBytes() - before) / MIB;
}

function oldBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name }) => space_name === 'old_space' || space_name === 'large_object_space')
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}
